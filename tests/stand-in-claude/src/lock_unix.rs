//! `SingletonLock`, a link to `HOST-PID`.

use super::Held;
use std::io;
use std::path::{Path, PathBuf};

/// The lock, as long as this is not dropped. One that was killed leaves it behind.
pub struct Lock {
    path: PathBuf,
}

impl Lock {
    /// Takes the lock of `profile`, also from a dead process of this computer.
    pub fn take(profile: &Path) -> io::Result<Result<Self, Held>> {
        let path = profile.join("SingletonLock");
        let host = rustix::system::uname();
        let host = host.nodename().to_string_lossy().into_owned();
        let own = format!("{host}-{}", std::process::id());
        loop {
            match fs_err::os::unix::fs::symlink(&own, &path) {
                Ok(()) => return Ok(Ok(Self { path })),
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error),
            }
            if let Some(held) = held(&path, &host) {
                return Ok(Err(held));
            }
            remove(&path)?;
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // A profile that was taken away has no lock either.
        let _gone = remove(&self.path);
    }
}

fn held(path: &Path, host: &str) -> Option<Held> {
    let target = fs_err::read_link(path).ok()?;
    let target = target.to_string_lossy();
    let (maker, pid) = target.rsplit_once('-')?;
    if maker != host {
        return Some(Held::Elsewhere);
    }
    // Of a dead process, also of one that nobody has waited for yet, this cannot be read.
    let lives = fs_err::read_link(format!("/proc/{pid}/exe")).is_ok();
    lives.then_some(Held::Running)
}

fn remove(path: &Path) -> io::Result<()> {
    match fs_err::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}
