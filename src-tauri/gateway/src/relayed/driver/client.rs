//! The relay's end of a session.

use super::inbox::{CHUNK, Inbox};
use super::outbox::Outbox;
use crate::relayed::news::Farewell;
use session::{Frame, Line};
use std::future::poll_fn;
use std::pin::Pin;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::time::timeout;

/// How long a relay may take to read what is left for it when the gateway closes.
const LEAVE: Duration = Duration::from_secs(1);

/// A relay's connection.
pub(in crate::relayed) struct Client {
    pub(super) inbox: Inbox<Pin<Box<dyn AsyncRead + Send>>>,
    pub(super) outbox: Outbox<Pin<Box<dyn AsyncWrite + Send>>>,
    presence: Presence,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Presence {
    Here,
    Gone,
}

impl Client {
    pub(in crate::relayed) fn new(
        reading: Pin<Box<dyn AsyncRead + Send>>,
        writing: Pin<Box<dyn AsyncWrite + Send>>,
    ) -> Self {
        Self {
            inbox: Inbox::new(reading),
            outbox: Outbox::new(writing),
            presence: Presence::Here,
        }
    }

    pub(super) fn is_here(&self) -> bool {
        self.presence == Presence::Here
    }

    pub(super) fn go(&mut self) {
        self.presence = Presence::Gone;
    }

    /// Sends a message as soon as the relay reads.
    pub(in crate::relayed) fn send(&mut self, frame: &Frame) {
        self.outbox.push(frame.as_bytes());
    }

    /// The next lines, while what was sent is written; `None` once the relay is gone.
    pub(in crate::relayed) async fn next(&mut self) -> Option<Vec<Line>> {
        let mut chunk = vec![0; CHUNK];
        poll_fn(|context| {
            let _pending = self.outbox.poll_write(context);
            self.inbox.poll_lines(context, &mut chunk)
        })
        .await
    }

    /// Takes leave of the relay, which is gone then.
    pub(in crate::relayed) async fn leave(&mut self, farewell: Farewell, goodbye: &str) {
        if farewell == Farewell::Bye {
            self.outbox.push(goodbye.as_bytes());
            self.outbox.push(b"\n");
        }
        let written = poll_fn(|context| self.outbox.poll_write(context));
        if timeout(LEAVE, written).await.is_err() {
            tracing::debug!("a relay did not read to the end");
        }
        self.go();
    }
}
