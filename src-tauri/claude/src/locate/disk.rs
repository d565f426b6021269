//! What the search asks of a file system, and the real one.

use crate::patch::MAX_BYTES;
use std::io::Read;
use std::path::Path;

/// The questions the search asks of a file system.
pub trait Disk {
    /// Whether anything is at `path`, links followed.
    fn exists(&self, path: &Path) -> bool;
    /// The names in the folder `path`; empty if it cannot be listed.
    fn names(&self, path: &Path) -> Vec<String>;
    /// The content of the file `path`; none if it cannot be read or is no config by its size.
    fn read(&self, path: &Path) -> Option<Vec<u8>>;
}

/// The real file system.
pub struct FileSystem;

impl Disk for FileSystem {
    fn exists(&self, path: &Path) -> bool {
        path.exists()
    }

    fn names(&self, path: &Path) -> Vec<String> {
        let Ok(listing) = fs_err::read_dir(path) else {
            return Vec::new();
        };
        listing
            .flatten()
            .filter_map(|entry| entry.file_name().into_string().ok())
            .collect()
    }

    fn read(&self, path: &Path) -> Option<Vec<u8>> {
        let mut bytes = Vec::new();
        let file = fs_err::File::open(path).ok()?;
        file.take(MAX_BYTES + 1).read_to_end(&mut bytes).ok()?;
        (bytes.len() as u64 <= MAX_BYTES).then_some(bytes)
    }
}
