//! Who may use a file, and folders that are synced: Windows, where a file takes its folder's
//! access list.

use std::io::Result;
use std::path::Path;

/// Makes the file `path`, which must not exist.
pub(super) fn create_private(path: &Path) -> Result<fs_err::File> {
    fs_err::OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(path)
}

/// The access list is the folder's.
#[expect(clippy::unnecessary_wraps, reason = "the Unix form can fail")]
pub(super) fn copy(_: &Path, _: &fs_err::File) -> Result<()> {
    Ok(())
}

/// Windows has no such call; NTFS keeps renames in its journal.
#[expect(clippy::unnecessary_wraps, reason = "the Unix form can fail")]
pub(super) fn sync_folder(_: &Path) -> Result<()> {
    Ok(())
}
