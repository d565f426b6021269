//! Windows: no console of ours, no Ctrl-C from it.

use std::os::windows::process::CommandExt;
use std::process::Command;

/// `DETACHED_PROCESS | CREATE_NEW_PROCESS_GROUP`.
const DETACHED: u32 = 0x0000_0008 | 0x0000_0200;

pub(super) fn detach(command: &mut Command) -> &mut Command {
    command.creation_flags(DETACHED)
}
