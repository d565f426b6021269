//! The keeper's side: finding one, the hello, and reading it until it is gone.

use super::desk::{Desk, Hand};
use super::search::Search;
use super::start::{Starter, Starting};
use crate::terminal;
use control::{
    Endpoint, LONGEST_LINE, RefusalKind, RelayConnectError, RelayHello, RelayLink, RelayWelcome,
    is_bye,
};
use session::{ChildId, Event, Line, Splitter, Start};
use std::io::{self, ErrorKind, Read, Write};
use std::sync::Arc;
use std::time::Instant;

/// As much as a socket gives at once.
const CHUNK: usize = 64 * 1024;

/// Where keepers are, and what is said to them.
pub(super) struct Keepers {
    endpoint: Endpoint,
    hello: Vec<u8>,
    starter: Starter,
}

/// A keeper that serves this relay, and what it has said behind its welcome.
struct Found {
    connection: Arc<RelayLink>,
    rest: Vec<u8>,
}

/// Why there is no keeper at this moment.
#[derive(Debug, thiserror::Error)]
enum NotFound {
    /// Nobody listens, or whoever does is about to leave.
    #[error("no Zoomtray is running")]
    Nobody,
    /// It can be reached and does not serve.
    #[error("{0}")]
    Unusable(String),
}

/// One child of the session: finds a keeper, however long it takes, and serves until it is gone.
pub(super) fn serve(desk: &Arc<Desk>, child: ChildId, why: Start) {
    let found = desk.keepers().find(why);
    if desk.child_up(child, &found.connection).is_ok() {
        read(desk, child, &found);
    }
    desk.child_gone(child);
}

fn read(desk: &Arc<Desk>, child: ChildId, found: &Found) {
    let mut splitter = Splitter::default();
    let mut take_in = |bytes: &[u8]| {
        let lines = splitter.feed(bytes).into_iter();
        desk.take_in(Hand::Keeper, lines.map(|line| event(child, line)));
    };
    take_in(&found.rest);
    let mut chunk = vec![0; CHUNK];
    loop {
        match (&*found.connection).read(&mut chunk) {
            Ok(0) => return,
            Ok(length) => take_in(&chunk[..length]),
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => {
                tracing::info!(%error, "the keeper cannot be read");
                return;
            }
        }
    }
}

fn event(child: ChildId, line: Line) -> Event {
    match line {
        Line::Noise(noise) if is_bye(&noise.start) => Event::Bye,
        line => Event::FromChild(child, line),
    }
}

impl Keepers {
    pub(super) fn new(endpoint: Endpoint, hello: &RelayHello, starter: Starter) -> Self {
        Self {
            endpoint,
            hello: hello.line(),
            starter,
        }
    }

    /// Looks until there is one, and starts one where that may be.
    fn find(&self, why: Start) -> Found {
        let begun = Instant::now();
        let mut search = Search::new(why);
        let mut starting = Starting::default();
        let mut complaints = Complaints::default();
        loop {
            match self.greet() {
                Ok(found) => return found,
                Err(NotFound::Nobody) => {
                    if search.starts_now(begun.elapsed())
                        && let Err(error) = starting.begin(&self.starter)
                    {
                        complaints.say(&error.to_string());
                    }
                }
                Err(NotFound::Unusable(why)) => complaints.say(&why),
            }
            if let Err(error) = starting.outcome() {
                complaints.say(&error.to_string());
            }
            std::thread::sleep(Search::pause(begun.elapsed()));
        }
    }

    fn greet(&self) -> Result<Found, NotFound> {
        let connection = RelayLink::connect(&self.endpoint).map_err(|error| match error {
            RelayConnectError::NobodyThere => NotFound::Nobody,
            RelayConnectError::Unusable(_) => NotFound::Unusable(error.to_string()),
        })?;
        let said = (&connection)
            .write_all(&self.hello)
            .and_then(|()| first_line(&connection));
        // One that closes the connection before its welcome is leaving.
        let (line, rest) = said.map_err(|_leaving| NotFound::Nobody)?;
        let welcome =
            RelayWelcome::read(&line).map_err(|error| NotFound::Unusable(error.to_string()))?;
        match welcome.refused {
            None => Ok(Found {
                connection: Arc::new(connection),
                rest,
            }),
            Some(refusal) => Err(match refusal.kind {
                RefusalKind::NotHere | RefusalKind::Leaving => NotFound::Nobody,
                RefusalKind::Other => NotFound::Unusable(refusal.message),
            }),
        }
    }
}

/// The first line, with its end, and what has come behind it.
fn first_line(mut reader: impl Read) -> io::Result<(Vec<u8>, Vec<u8>)> {
    let mut line = Vec::new();
    let mut chunk = [0; 1024];
    while line.len() <= LONGEST_LINE {
        let length = reader.read(&mut chunk)?;
        let read = &chunk[..length];
        if let Some(end) = read.iter().position(|byte| *byte == b'\n') {
            line.extend_from_slice(&read[..=end]);
            return Ok((line, read[end + 1..].to_vec()));
        }
        if length == 0 {
            break;
        }
        line.extend_from_slice(read);
    }
    Err(ErrorKind::UnexpectedEof.into())
}

/// What is said on standard error, which Claude keeps as the server's log: nothing twice in a
/// row.
#[derive(Default)]
struct Complaints {
    last: String,
}

impl Complaints {
    fn say(&mut self, why: &str) {
        if self.last != why {
            why.clone_into(&mut self.last);
            terminal::note(&format!("Zoomtray's relay: {why}."));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_behind_the_first_line_is_kept() {
        let (line, rest) = first_line(&b"{}\n{\"id\":1}\n{"[..]).unwrap();
        assert_eq!(
            (&line[..], &rest[..]),
            (&b"{}\n"[..], &b"{\"id\":1}\n{"[..])
        );
        assert!(first_line(&b"{}"[..]).is_err(), "cut off");
        assert!(first_line(io::repeat(b'x')).is_err(), "without an end");
    }

    #[test]
    fn goodbye_is_told_apart_from_noise() {
        let lines = Splitter::default().feed(b"zoomtray: bye\nbye\n");
        let events: Vec<Event> = lines
            .into_iter()
            .map(|line| event(ChildId(1), line))
            .collect();
        assert!(matches!(events[..], [Event::Bye, Event::FromChild(..)]));
    }
}
