//! Where a path leads.

use std::io::{Error, ErrorKind, Result};
use std::path::{Path, PathBuf};

/// How many links a path may lead through; the limit of Linux.
const LINKS: usize = 40;

/// The file a chain of links leads to, which need not exist.
pub fn target_of(path: &Path) -> Result<PathBuf> {
    let mut path = path.to_owned();
    for _ in 0..LINKS {
        match fs_err::symlink_metadata(&path) {
            Ok(metadata) if metadata.file_type().is_symlink() => {
                let target = fs_err::read_link(&path)?;
                path = folder_of(&path).join(target);
            }
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
            _ => return Ok(path),
        }
    }
    Err(Error::other(format!(
        "`{}` leads through too many links",
        path.display()
    )))
}

/// The folder of a file that is named by `path`.
pub(super) fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}
