//! Exclusive locks between processes, held for life.
//!
//! The lock is the system's lock on an open file, so it is let go when the holder ends,
//! however it ends, and a file left behind locks nothing. It is let go by closing the file
//! and in no other way. Who holds it stands in a second file beside it, because on Windows
//! a locked file cannot be read; that text is for messages only and may be out of date.

use std::fs::TryLockError;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Why a lock could be neither taken nor seen to be held.
#[derive(Debug, thiserror::Error)]
pub enum LockError {
    /// The lock file could not be opened; the message names the path.
    #[error("cannot open a lock: {0}")]
    Open(#[from] std::io::Error),
    /// The file system has no locks, or refused this one.
    #[error("cannot lock `{}`: {source}; use a folder on a local disk", path.display())]
    Refused {
        /// The lock file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The holder's name could not be written beside the lock; the message names the path.
    #[error("the lock was let go again: {0}")]
    Name(#[source] std::io::Error),
}

/// Who holds a lock, by its own account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holder {
    /// The process's number.
    pub pid: u32,
    /// What kind of process it is: one word.
    pub rank: String,
}

/// What came of trying.
#[derive(Debug)]
pub enum LockAttempt {
    /// The lock is ours until the value is dropped.
    Held(FileLock),
    /// Another process, or another value in this one, has it.
    Taken(Option<Holder>),
}

/// An exclusive lock. Dropping it lets go.
#[derive(Debug)]
pub struct FileLock {
    name: PathBuf,
    _file: fs_err::File,
}

impl FileLock {
    /// Tries to take the lock at `path` for a process of this `rank`, without waiting.
    /// The file is made if missing and never removed.
    pub fn try_take(path: &Path, rank: &str) -> Result<LockAttempt, LockError> {
        let file = open(path)?;
        let name = name_beside(path);
        match file.file().try_lock() {
            Ok(()) => {
                write_holder(&name, rank).map_err(LockError::Name)?;
                Ok(LockAttempt::Held(Self { name, _file: file }))
            }
            Err(TryLockError::WouldBlock) => Ok(LockAttempt::Taken(read_holder(&name))),
            Err(TryLockError::Error(source)) => Err(LockError::Refused {
                path: path.to_owned(),
                source,
            }),
        }
    }
}

impl Drop for FileLock {
    /// Removes the holder's name while the lock is still held, then closes the file.
    fn drop(&mut self) {
        // A name left behind is overwritten by the next holder.
        let _ = fs_err::remove_file(&self.name);
    }
}

fn name_beside(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".holder");
    name.into()
}

#[cfg(unix)]
fn open(path: &Path) -> std::io::Result<fs_err::File> {
    use fs_err::os::unix::fs::OpenOptionsExt;
    fs_err::OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(false)
        .mode(0o600)
        .open(path)
}

#[cfg(windows)]
fn open(path: &Path) -> std::io::Result<fs_err::File> {
    fs_err::OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(false)
        .open(path)
}

/// In place and without a sync: it is for messages, and a reader knows half a line from a line.
fn write_holder(name: &Path, rank: &str) -> std::io::Result<()> {
    let mut file = open(name)?;
    file.set_len(0)?;
    file.write_all(format!("{} {rank}\n", std::process::id()).as_bytes())
}

/// `None` if the holder has not written its whole name yet.
fn read_holder(name: &Path) -> Option<Holder> {
    let text = fs_err::read_to_string(name).ok()?;
    let (pid, rank) = text.strip_suffix('\n')?.split_once(' ')?;
    Some(Holder {
        pid: pid.parse().ok()?,
        rank: rank.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn held(path: &Path, rank: &str) -> FileLock {
        match FileLock::try_take(path, rank).unwrap() {
            LockAttempt::Held(lock) => lock,
            LockAttempt::Taken(holder) => panic!("taken by {holder:?}"),
        }
    }

    #[test]
    fn one_holds_and_the_other_learns_who() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("keeper.lock");
        let _lock = held(&path, "app");
        match FileLock::try_take(&path, "brief").unwrap() {
            LockAttempt::Taken(Some(holder)) => {
                assert_eq!(
                    holder,
                    Holder {
                        pid: std::process::id(),
                        rank: "app".to_owned()
                    }
                );
            }
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn dropping_lets_go() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("keeper.lock");
        drop(held(&path, "brief"));
        drop(held(&path, "app"));
    }

    #[test]
    fn files_left_behind_lock_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("keeper.lock");
        fs_err::write(&path, "old").unwrap();
        fs_err::write(name_beside(&path), "4242 app\n").unwrap();
        held(&path, "watch");
    }

    #[test]
    fn a_name_that_is_half_written_names_nobody() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("keeper.lock");
        let _lock = held(&path, "app");
        for half in ["", "12", "123 ap"] {
            fs_err::write(name_beside(&path), half).unwrap();
            let attempt = FileLock::try_take(&path, "brief").unwrap();
            assert!(
                matches!(attempt, LockAttempt::Taken(None)),
                "{half}: {attempt:?}"
            );
        }
    }

    #[test]
    fn a_missing_folder_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("none/keeper.lock");
        let error = FileLock::try_take(&path, "app").unwrap_err();
        assert!(error.to_string().contains("keeper.lock"), "{error}");
    }

    /// Runs as the other process of the test below: holds the lock named in the environment
    /// until its input ends.
    #[test]
    #[ignore = "child: started by another test"]
    fn hold_until_input_ends() {
        let path = std::env::var_os("LOCK_TO_HOLD").unwrap();
        let _lock = held(Path::new(&path), "watch");
        println!("\nholding");
        std::io::Read::read_to_end(&mut std::io::stdin(), &mut Vec::new()).unwrap();
    }

    #[test]
    fn a_killed_holder_holds_no_more() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("keeper.lock");
        let mut other = std::process::Command::new(std::env::current_exe().unwrap())
            .args([
                "--exact",
                "lock::tests::hold_until_input_ends",
                "--ignored",
                "--nocapture",
            ])
            .env("LOCK_TO_HOLD", &path)
            .stdin(std::process::Stdio::piped())
            .stdout(std::process::Stdio::piped())
            .spawn()
            .unwrap();
        let output = std::io::BufReader::new(other.stdout.take().unwrap());
        let held_there = std::io::BufRead::lines(output).any(|line| line.unwrap() == "holding");
        assert!(held_there, "the other process never took the lock");
        match FileLock::try_take(&path, "app").unwrap() {
            LockAttempt::Taken(Some(holder)) => {
                assert_eq!(
                    holder,
                    Holder {
                        pid: other.id(),
                        rank: "watch".to_owned()
                    }
                );
            }
            attempt => panic!("{attempt:?}"),
        }
        other.kill().unwrap();
        other.wait().unwrap();
        held(&path, "app");
    }
}
