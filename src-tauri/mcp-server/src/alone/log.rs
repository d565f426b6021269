//! Lines on standard error, written by a thread of their own: a pipe that nobody reads fills up one
//! day, and must not hold up the server.

use std::io::Write;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

/// Standard error.
#[derive(Debug, Default)]
pub(super) struct Log {
    lines: Option<SyncSender<String>>,
}

/// More than comes at once; what finds no room is dropped.
const WAITING_LINES: usize = 32;

impl Log {
    /// Writes a line after those before it.
    pub(super) fn write(&mut self, line: String) {
        let lines = self.lines.get_or_insert_with(start);
        if lines.try_send(line).is_err() {
            tracing::debug!("a line for standard error was dropped: nobody reads it");
        }
    }
}

/// The thread ends with its `Log`, or with the process.
fn start() -> SyncSender<String> {
    let (lines, waiting) = sync_channel(WAITING_LINES);
    std::thread::spawn(move || write_all(&waiting));
    lines
}

fn write_all(waiting: &Receiver<String>) {
    while let Ok(line) = waiting.recv() {
        // Where standard error is closed nobody wants to read it.
        let _unread = writeln!(std::io::stderr().lock(), "{line}");
    }
}
