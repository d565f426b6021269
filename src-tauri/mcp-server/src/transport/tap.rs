//! Watches the bytes on their way to rmcp: which frames rmcp will drop for their length, and
//! where the stream ends. Changes nothing.

use super::frame::{Frame, Seen};
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use tokio::io::{AsyncRead, ReadBuf};
use tokio::sync::{mpsc, oneshot};

/// A frame that is too long and waits for an answer.
#[derive(Debug)]
pub(super) struct Refused {
    /// The JSON text of its id, if it has one.
    pub(super) id: Option<Vec<u8>>,
    /// Its length.
    pub(super) bytes: usize,
}

/// Tells when reading has ended.
pub(crate) struct Ended(oneshot::Receiver<()>);

impl Ended {
    /// Returns once there is nothing more to read.
    pub(crate) async fn wait(self) {
        // An error means that the tap is gone, and with it the reading.
        let _told_or_gone = self.0.await;
    }
}

/// A reader that is watched.
pub(super) struct Tap<R> {
    read: R,
    limit: usize,
    frame: Frame,
    refused: mpsc::UnboundedSender<Refused>,
    ended: Option<oneshot::Sender<()>>,
}

impl<R> Tap<R> {
    /// Frames of more than `limit` bytes, line end included, are reported.
    pub(super) fn new(read: R, limit: usize) -> (Self, mpsc::UnboundedReceiver<Refused>, Ended) {
        let (refused, reports) = mpsc::unbounded_channel();
        let (ended, end) = oneshot::channel();
        let tap = Self {
            read,
            limit,
            frame: Frame::default(),
            refused,
            ended: Some(ended),
        };
        (tap, reports, Ended(end))
    }

    fn watch(&mut self, bytes: &[u8]) {
        for byte in bytes {
            if let Some(seen) = self.frame.pass(*byte) {
                self.report(seen);
            }
        }
    }

    /// Responses are dropped by everybody: the sender waits for nothing.
    fn report(&mut self, seen: Seen) {
        let waits = seen.has_method || seen.id.is_none();
        if seen.bytes > self.limit && waits {
            let refused = Refused {
                id: seen.id,
                bytes: seen.bytes,
            };
            if self.refused.send(refused).is_err() {
                tracing::debug!("nobody answers a frame that is too long: the session is over");
            }
        }
    }

    fn end(&mut self) {
        if let Some(ended) = self.ended.take() {
            // Nobody waiting is fine.
            let _unheard = ended.send(());
        }
    }
}

impl<R: AsyncRead + Unpin> AsyncRead for Tap<R> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        let outcome = std::task::ready!(Pin::new(&mut self.read).poll_read(context, buffer));
        let new = buffer.filled().get(before..).unwrap_or_default();
        if outcome.is_err() || new.is_empty() {
            self.end();
        }
        self.watch(new);
        Poll::Ready(outcome)
    }
}
