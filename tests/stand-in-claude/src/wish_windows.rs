//! The one wish that a console program is told of.

use super::Wish;
use std::io;
use tokio::signal::windows::{CtrlC, ctrl_c};

/// Holds wishes until they are asked for.
pub struct Wishes {
    interrupt: CtrlC,
}

impl Wishes {
    /// Takes them from now on.
    pub fn expect() -> io::Result<Self> {
        Ok(Self {
            interrupt: ctrl_c()?,
        })
    }

    /// Waits for the next one.
    pub async fn next(&mut self) -> Wish {
        self.interrupt.recv().await;
        Wish::Quit
    }
}
