//! Wishes as signals.

use super::Wish;
use std::io;
use tokio::signal::unix::{Signal, SignalKind, signal};

/// Holds wishes until they are asked for.
pub struct Wishes {
    quit: [Signal; 4],
    write: Signal,
    update: Signal,
}

impl Wishes {
    /// Takes them from now on.
    pub fn expect() -> io::Result<Self> {
        Ok(Self {
            quit: [
                signal(SignalKind::terminate())?,
                signal(SignalKind::interrupt())?,
                signal(SignalKind::hangup())?,
                signal(SignalKind::quit())?,
            ],
            write: signal(SignalKind::user_defined1())?,
            update: signal(SignalKind::user_defined2())?,
        })
    }

    /// Waits for the next one.
    pub async fn next(&mut self) -> Wish {
        let [term, interrupt, hangup, quit] = &mut self.quit;
        tokio::select! {
            _ = term.recv() => Wish::Quit,
            _ = interrupt.recv() => Wish::Quit,
            _ = hangup.recv() => Wish::Quit,
            _ = quit.recv() => Wish::Quit,
            _ = self.write.recv() => Wish::Write,
            _ = self.update.recv() => Wish::Update,
        }
    }
}
