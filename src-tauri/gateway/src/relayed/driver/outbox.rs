//! The writing end of a pipe, and what waits to be written.

use std::pin::Pin;
use std::task::{Context, Poll};
use tokio::io::AsyncWrite;

/// From so many bytes on, those who feed the pipe are not read any further.
const FULL: usize = 1024 * 1024;
/// From so many on a server is not read although it is what it sends that is answered here: what
/// its client sent is bounded below this, a message over [`FULL`] and all that was held included.
const FLOODED: usize = 4 * session::LONGEST_MESSAGE;

/// A pipe that is written to.
pub(super) struct Outbox<W> {
    /// None once it is broken.
    writer: Option<W>,
    waiting: Vec<u8>,
    /// How much of `waiting` is written.
    written: usize,
}

impl<W: AsyncWrite + Unpin> Outbox<W> {
    pub(super) fn new(writer: W) -> Self {
        Self {
            writer: Some(writer),
            waiting: Vec::new(),
            written: 0,
        }
    }

    /// Puts bytes behind those that wait. Those for a broken pipe are dropped.
    pub(super) fn push(&mut self, bytes: &[u8]) {
        if self.writer.is_some() {
            self.waiting.extend_from_slice(bytes);
        }
    }

    pub(super) fn is_full(&self) -> bool {
        self.waits() >= FULL
    }

    pub(super) fn is_flooded(&self) -> bool {
        self.waits() >= FLOODED
    }

    pub(super) fn is_broken(&self) -> bool {
        self.writer.is_none()
    }

    fn waits(&self) -> usize {
        self.waiting.len() - self.written
    }

    /// Writes what the pipe takes; ready once all is written or the pipe is broken.
    pub(super) fn poll_write(&mut self, context: &mut Context<'_>) -> Poll<()> {
        while self.waits() > 0 {
            let Some(writer) = &mut self.writer else {
                break;
            };
            let rest = &self.waiting[self.written..];
            match Pin::new(writer).poll_write(context, rest) {
                Poll::Ready(Ok(length)) if length > 0 => self.took(length),
                Poll::Ready(_) => self.break_off(),
                Poll::Pending => return Poll::Pending,
            }
        }
        self.flush(context)
    }

    fn flush(&mut self, context: &mut Context<'_>) -> Poll<()> {
        let Some(writer) = &mut self.writer else {
            return Poll::Ready(());
        };
        match Pin::new(writer).poll_flush(context) {
            Poll::Ready(Err(_)) => {
                self.break_off();
                Poll::Ready(())
            }
            flushed => flushed.map(|_| ()),
        }
    }

    fn took(&mut self, length: usize) {
        self.written += length;
        if self.waits() == 0 {
            self.waiting.clear();
            self.waiting.shrink_to(FULL);
            self.written = 0;
        } else if self.written >= FULL {
            self.waiting.drain(..self.written);
            self.written = 0;
        }
    }

    fn break_off(&mut self) {
        self.writer = None;
        self.waiting = Vec::new();
        self.written = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::future::poll_fn;
    use tokio::io::AsyncReadExt;

    #[tokio::test]
    async fn everything_arrives_in_order_through_a_narrow_pipe() {
        let (writer, mut reader) = tokio::io::duplex(1000);
        let mut outbox = Outbox::new(writer);
        let bytes: Vec<u8> = (0..=250).cycle().take(3 * FULL).collect();
        for piece in bytes.chunks(12_345) {
            outbox.push(piece);
        }
        assert!(outbox.is_full());
        let reading = tokio::spawn(async move {
            let mut read = Vec::new();
            reader.read_to_end(&mut read).await.unwrap();
            read
        });
        poll_fn(|context| outbox.poll_write(context)).await;
        assert!(!outbox.is_full() && outbox.waiting.capacity() <= FULL);
        drop(outbox);
        assert_eq!(reading.await.unwrap(), bytes);
    }

    #[tokio::test]
    async fn what_is_for_a_broken_pipe_is_dropped() {
        let (writer, reader) = tokio::io::duplex(10);
        drop(reader);
        let mut outbox = Outbox::new(writer);
        outbox.push(b"lost");
        poll_fn(|context| outbox.poll_write(context)).await;
        outbox.push(&vec![0; 2 * FULL]);
        assert!(outbox.is_broken() && !outbox.is_full());
    }
}
