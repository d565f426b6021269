//! An update: another version takes the program's place.

use crate::options::Update;
use std::io;
use std::path::Path;
use std::process::{Command, Stdio};

/// Puts the other version there, or takes the program away.
pub fn install(update: Update) -> io::Result<()> {
    let program = std::env::current_exe()?;
    if update == Update::Away {
        return fs_err::remove_file(&program);
    }
    let mut beside = program.clone().into_os_string();
    beside.push(".new");
    let beside = Path::new(&beside);
    fs_err::copy(&program, beside)?;
    fs_err::rename(beside, &program)
}

/// Starts the program at `path` as it was started itself, to outlive this process.
pub fn start_again(path: &Path) -> io::Result<()> {
    let mut command = Command::new(path);
    command.args(std::env::args_os().skip(1));
    let nothing = (Stdio::null(), Stdio::null(), Stdio::null());
    command.stdin(nothing.0).stdout(nothing.1).stderr(nothing.2);
    command.spawn().map(drop)
}
