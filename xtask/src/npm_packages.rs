//! A folder's npm packages, as its lock file has them.

use crate::node::npm;
use crate::run::{Output, Ran, run as run_program};
use std::path::Path;
use std::time::{Duration, SystemTime};

/// A download over a slow line.
const LIMIT: Duration = Duration::from_mins(10);

/// Installs the locked packages of `folder` unless they are there: npm writes its own copy of
/// the lock file after it has installed everything. `more` is added to `npm ci`. Returns
/// `None` if nothing had to be done.
pub fn install(folder: &Path, log: &Path, more: &[&str]) -> Option<Ran> {
    let installed = modified(&folder.join("node_modules/.package-lock.json"));
    let locked = modified(&folder.join("package-lock.json"));
    if installed.is_some() && locked <= installed {
        return None;
    }
    let mut command = npm();
    command.args(["ci", "--no-audit", "--no-fund"]).args(more);
    command.current_dir(folder);
    Some(run_program(command, log, LIMIT, Output::Shown))
}

/// When a file was last changed; `None` if it is not there.
pub fn modified(path: &Path) -> Option<SystemTime> {
    fs_err::metadata(path)
        .and_then(|metadata| metadata.modified())
        .ok()
}
