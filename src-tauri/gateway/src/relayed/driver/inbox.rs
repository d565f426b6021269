//! The reading end of a pipe, cut into lines.

use session::{Line, Splitter};
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use tokio::io::{AsyncRead, ReadBuf};

/// How much is read at once.
pub(super) const CHUNK: usize = 64 * 1024;

/// A pipe that is read.
pub(super) struct Inbox<R> {
    reader: R,
    splitter: Splitter,
}

impl<R: AsyncRead + Unpin> Inbox<R> {
    pub(super) fn new(reader: R) -> Self {
        Self {
            reader,
            splitter: Splitter::default(),
        }
    }

    /// The next lines, one at least; `None` at the end. A pipe that fails has ended.
    pub(super) fn poll_lines(
        &mut self,
        context: &mut Context<'_>,
        chunk: &mut [u8],
    ) -> Poll<Option<Vec<Line>>> {
        loop {
            let mut read = ReadBuf::new(chunk);
            let outcome = ready!(Pin::new(&mut self.reader).poll_read(context, &mut read));
            if outcome.is_err() || read.filled().is_empty() {
                return Poll::Ready(None);
            }
            let lines = self.splitter.feed(read.filled());
            if !lines.is_empty() {
                return Poll::Ready(Some(lines));
            }
        }
    }

    /// What is left to read, unread.
    pub(super) fn into_reader(self) -> R {
        self.reader
    }
}
