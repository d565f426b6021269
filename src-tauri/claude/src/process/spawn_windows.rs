//! Start a program that outlives this one, on Windows.

use std::io;
use std::os::windows::process::CommandExt;
use std::process::Command;

/// `DETACHED_PROCESS | CREATE_NEW_PROCESS_GROUP`: no console of ours, no Ctrl-C from it.
const DETACHED: u32 = 0x0000_0008 | 0x0000_0200;

/// Starts it. Its end is not waited for: explorer's exit status says nothing.
pub fn spawn(command: &mut Command) -> io::Result<()> {
    command.creation_flags(DETACHED).spawn().map(drop)
}
