//! Unix: a group of its own, so that no signal to the client's reaches it.

use std::os::unix::process::CommandExt;
use std::process::Command;

pub(super) fn detach(command: &mut Command) -> &mut Command {
    command.process_group(0)
}
