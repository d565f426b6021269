//! The wish that the program end: SIGTERM on Unix, Ctrl-C everywhere.

use std::io;
#[cfg(unix)]
use tokio::signal::unix::{Signal, SignalKind, signal};
#[cfg(windows)]
use tokio::signal::windows::{CtrlC, ctrl_c};

/// Holds the wish until it is asked for.
#[cfg(unix)]
pub struct End {
    term: Signal,
    interrupt: Signal,
}

#[cfg(unix)]
impl End {
    /// Takes it from now on.
    pub fn expect() -> io::Result<Self> {
        Ok(Self {
            term: signal(SignalKind::terminate())?,
            interrupt: signal(SignalKind::interrupt())?,
        })
    }

    /// Waits until it comes.
    pub async fn come(&mut self) {
        tokio::select! {
            _ = self.term.recv() => {}
            _ = self.interrupt.recv() => {}
        }
    }
}

/// Holds the wish until it is asked for.
#[cfg(windows)]
pub struct End {
    interrupt: CtrlC,
}

#[cfg(windows)]
impl End {
    /// Takes it from now on.
    pub fn expect() -> io::Result<Self> {
        Ok(Self {
            interrupt: ctrl_c()?,
        })
    }

    /// Waits until it comes.
    pub async fn come(&mut self) {
        self.interrupt.recv().await;
    }
}
