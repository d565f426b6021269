//! A relay whose entry is not known yet: each request is answered with what to do, until the
//! entry is there.

use super::driver::Client;
use super::entry::{Entries, Entry, NoEntry};
use super::news::News;
use session::answers::{error, tool_error};
use session::{Era, Kind, Line, Method};
use tokio::sync::mpsc;

/// JSON-RPC's code for errors that an implementation defines itself.
const SERVER_ERROR: i32 = -32000;

/// Where a relay is before it has a session.
pub(super) struct Lobby {
    pub(super) client: Client,
    pub(super) news: mpsc::UnboundedReceiver<News>,
    /// What a relay is told when the user quits.
    pub(super) goodbye: &'static str,
}

impl Lobby {
    /// Returns with the entry and what the client has said that is not answered; `None` once
    /// the relay is gone.
    pub(super) async fn wait_for_entry(
        &mut self,
        entries: &dyn Entries,
        name: &str,
    ) -> Option<(Entry, Vec<Line>)> {
        let mut said = Vec::new();
        loop {
            match entries.find(name).await {
                Ok(entry) => return Some((entry, said)),
                Err(why) => self.refuse(&said, &why),
            }
            said = self.next().await?;
        }
    }

    async fn next(&mut self) -> Option<Vec<Line>> {
        loop {
            tokio::select! {
                said = self.client.next() => return said,
                Some(news) = self.news.recv() => if let News::Close(farewell) = news {
                    self.client.leave(farewell, self.goodbye).await;
                    return None;
                }
            }
        }
    }

    fn refuse(&mut self, said: &[Line], why: &NoEntry) {
        for line in said {
            let Line::Message(message) = line else {
                continue;
            };
            let words = why.to_string();
            match message.kind() {
                Kind::Request {
                    id,
                    method: Method::ToolsCall,
                } => self.client.send(&tool_error(id, Era::Modern, &words)),
                Kind::Request { id, .. } => self.client.send(&error(id, SERVER_ERROR, &words)),
                _ => {}
            }
        }
    }
}
