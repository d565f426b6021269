//! Who may use a file, and folders that are synced: Unix.

use std::io::{ErrorKind, Result};
use std::os::unix::fs::{MetadataExt, PermissionsExt, fchown};
use std::path::Path;

/// The permission bits of a group.
const GROUP: u32 = 0o070;
/// The permission bits of everybody else.
const OTHERS: u32 = 0o007;

/// Makes the file `path`, which must not exist, with mode 0600.
pub(super) fn create_private(path: &Path) -> Result<fs_err::File> {
    use fs_err::os::unix::fs::OpenOptionsExt;
    fs_err::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)
}

/// Gives `file` the mode, owner and group of the file `target`, if there is one. A group that
/// this user may not give a file to is left out, and may then do what everybody may.
pub(super) fn copy(target: &Path, file: &fs_err::File) -> Result<()> {
    let wanted = match fs_err::metadata(target) {
        Ok(metadata) => metadata,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error),
    };
    let new = file.metadata()?;
    let mut permitted = wanted.mode() & 0o7777;
    if new.uid() != wanted.uid() {
        fchown(file.file(), Some(wanted.uid()), None)?;
    }
    if new.gid() != wanted.gid() && fchown(file.file(), None, Some(wanted.gid())).is_err() {
        permitted = for_another_group(permitted);
    }
    file.set_permissions(std::fs::Permissions::from_mode(permitted))
}

/// The mode of a file that has to change its group: the new one may do what everybody may.
pub(super) fn for_another_group(mode: u32) -> u32 {
    mode & !GROUP | (mode & OTHERS) << 3
}

/// Brings a rename in `folder` to the disk. Some file systems have no such call; there a
/// rename is as lasting as they make it.
pub(super) fn sync_folder(folder: &Path) -> Result<()> {
    let synced = fs_err::File::open(folder)?.sync_all();
    match synced {
        Err(error) if is_no_such_call(error.kind()) => Ok(()),
        synced => synced,
    }
}

/// What file systems answer that cannot sync a folder (EINVAL, ENOSYS, EOPNOTSUPP).
pub(super) fn is_no_such_call(kind: ErrorKind) -> bool {
    matches!(kind, ErrorKind::InvalidInput | ErrorKind::Unsupported)
}
