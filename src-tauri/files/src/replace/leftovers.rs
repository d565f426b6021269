//! What a crash leaves behind, and its removal.

use super::link::folder_of;
use super::staged::TEMPORARY;
use std::io;
use std::path::Path;

/// Removes the temporary files that a crash left in `folder`; returns how many. To be
/// called by the folder's one writer before it writes.
pub fn sweep(folder: &Path) -> io::Result<usize> {
    sweep_names(folder, |name| name.starts_with('.'))
}

/// The same for the temporary files of `file` alone, in a folder that has other writers.
pub fn sweep_beside(file: &Path) -> io::Result<usize> {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let start = format!(".{name}.");
    sweep_names(folder_of(file), |name| name.starts_with(&start))
}

fn sweep_names(folder: &Path, ours: impl Fn(&str) -> bool) -> io::Result<usize> {
    let mut removed = 0;
    for entry in fs_err::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if name.ends_with(TEMPORARY) && ours(&name) && entry.file_type()?.is_file() {
            fs_err::remove_file(entry.path())?;
            removed += 1;
        }
    }
    Ok(removed)
}
