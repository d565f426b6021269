//! Start a program that outlives this one, on Unix: through a command that leaves it to init.

use std::io;
use std::process::Command;

/// Runs `command`, which hands the program over and ends; an error if it says it could not.
pub fn spawn(command: &mut Command) -> io::Result<()> {
    let status = command.status()?;
    if status.success() {
        Ok(())
    } else {
        Err(io::Error::other(format!("it ended with {status}")))
    }
}
