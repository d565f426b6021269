//! New content on the disk beside its target, so that putting it there is one rename.

use super::{Mode, ReplaceError, Step, access, link, rename};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

/// The end of every temporary file's name.
pub(super) const TEMPORARY: &str = ".zoomtray-new";

/// Content that is written and synced, and waits for its name. Dropping it removes it.
#[derive(Debug)]
pub struct Staged {
    /// As the caller named the file, for messages.
    named: PathBuf,
    target: PathBuf,
    temporary: PathBuf,
}

impl Staged {
    /// Writes `bytes` beside the file that `path` leads to. `before` is called before each
    /// step; an error from it ends the work there.
    pub fn write(
        path: &Path,
        bytes: &[u8],
        mode: Mode,
        before: impl Fn(Step) -> io::Result<()>,
    ) -> Result<Self, ReplaceError> {
        let staged = Self::beside(path).map_err(at(path, Step::Create))?;
        staged.fill(bytes, mode, before)?;
        Ok(staged)
    }

    /// Puts it in the place of whatever file is there.
    pub fn put(self, before: impl Fn(Step) -> io::Result<()>) -> Result<(), ReplaceError> {
        self.take(Step::Rename, &before, || {
            rename::over(&self.temporary, &self.target)
        })?;
        self.sync(&before)
    }

    /// Puts it there if no file is; one that is there stays, with an error of kind
    /// `AlreadyExists`.
    pub fn put_new(self, before: impl Fn(Step) -> io::Result<()>) -> Result<(), ReplaceError> {
        self.take(Step::Rename, &before, || {
            rename::to_new(&self.temporary, &self.target)
        })?;
        self.sync(&before)
    }

    fn beside(path: &Path) -> io::Result<Self> {
        let target = link::target_of(path)?;
        Ok(Self {
            named: path.to_owned(),
            temporary: temporary_beside(&target)?,
            target,
        })
    }

    fn fill(
        &self,
        bytes: &[u8],
        mode: Mode,
        before: impl Fn(Step) -> io::Result<()>,
    ) -> Result<(), ReplaceError> {
        let mut file = self.take(Step::Create, &before, || self.create())?;
        self.take(Step::Write, &before, || file.write_all(bytes))?;
        self.take(Step::Access, &before, || match mode {
            Mode::Private => Ok(()),
            Mode::Keep => access::copy(&self.target, &file),
        })?;
        self.take(Step::SyncFile, &before, || file.sync_all())
    }

    fn create(&self) -> io::Result<fs_err::File> {
        // A file of this name can only be the leftover of an earlier process with our number.
        match fs_err::remove_file(&self.temporary) {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
            _ => access::create_private(&self.temporary),
        }
    }

    fn sync(&self, before: impl Fn(Step) -> io::Result<()>) -> Result<(), ReplaceError> {
        let folder = link::folder_of(&self.target);
        self.take(Step::SyncFolder, before, || access::sync_folder(folder))
    }

    fn take<T>(
        &self,
        step: Step,
        before: impl Fn(Step) -> io::Result<()>,
        work: impl FnOnce() -> io::Result<T>,
    ) -> Result<T, ReplaceError> {
        before(step)
            .and_then(|()| work())
            .map_err(at(&self.named, step))
    }
}

impl Drop for Staged {
    /// What cannot be removed now is swept later; after a rename nothing is there.
    fn drop(&mut self) {
        let _ = fs_err::remove_file(&self.temporary);
    }
}

fn at(path: &Path, step: Step) -> impl Fn(io::Error) -> ReplaceError {
    move |source| ReplaceError::new(path, step, source)
}

/// `.NAME.PID-COUNT.zoomtray-new`: unlike any other name this process or another uses now.
pub(super) fn temporary_beside(target: &Path) -> io::Result<PathBuf> {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let name = target
        .file_name()
        .ok_or_else(|| io::Error::other(format!("`{}` names no file", target.display())))?;
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    let mut temporary = std::ffi::OsString::from(".");
    temporary.push(name);
    temporary.push(format!(".{}-{count}{TEMPORARY}", std::process::id()));
    Ok(link::folder_of(target).join(temporary))
}
