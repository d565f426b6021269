//! What a refusal of the system means for the user: the kind of error and the step it happened
//! at, turned into an error that says what helps.

use super::ConfigError;
use files::{BackupError, ReplaceError, Step};
use std::io::{self, ErrorKind};
use std::path::Path;

/// The config at `path` could not be read or looked at.
pub fn of_reading(path: &Path, source: io::Error) -> ConfigError {
    let path = path.to_path_buf();
    match source.kind() {
        ErrorKind::PermissionDenied => ConfigError::Unreadable { path, source },
        ErrorKind::IsADirectory => ConfigError::NotAFile { path },
        ErrorKind::NotADirectory => of_folder_gone(&path),
        _ => ConfigError::Io(source),
    }
}

/// The config at `path` could not be replaced.
pub fn of_replacing(path: &Path, error: ReplaceError) -> ConfigError {
    let (folder, path) = (folder_of(path).to_path_buf(), path.to_path_buf());
    match (error.step, error.source.kind()) {
        (_, kind) if is_full(kind) && !error.replaced() => {
            let source = error.source;
            ConfigError::DiskFull {
                path,
                folder,
                source,
            }
        }
        (_, ErrorKind::NotFound | ErrorKind::NotADirectory) => {
            ConfigError::FolderGone { path, folder }
        }
        (Step::SyncFolder, _) => {
            let source = error.source;
            ConfigError::NotSynced { path, source }
        }
        (_, ErrorKind::ReadOnlyFilesystem) | (Step::Create, ErrorKind::PermissionDenied) => {
            let source = error.source;
            ConfigError::FolderReadOnly {
                path,
                folder,
                source,
            }
        }
        (Step::Rename, ErrorKind::IsADirectory) => ConfigError::NotAFile { path },
        (Step::Rename, _) if is_held(&error.source) => {
            let source = error.source;
            ConfigError::InUse { path, source }
        }
        _ => ConfigError::Replace(error),
    }
}

/// No backup of the config at `path` could be kept.
pub fn of_backing_up(path: &Path, error: BackupError) -> ConfigError {
    match error {
        BackupError::Write(error) if is_full(error.source.kind()) => ConfigError::DiskFull {
            path: path.to_path_buf(),
            folder: folder_of(&error.path).to_path_buf(),
            source: error.source,
        },
        error => ConfigError::Backup(error),
    }
}

/// The config's folder is not there.
pub fn of_folder_gone(path: &Path) -> ConfigError {
    ConfigError::FolderGone {
        folder: folder_of(path).to_path_buf(),
        path: path.to_path_buf(),
    }
}

fn folder_of(path: &Path) -> &Path {
    path.parent().unwrap_or(path)
}

/// No room on the disk, in the user's quota, or within the limit of the process.
fn is_full(kind: ErrorKind) -> bool {
    use ErrorKind::{FileTooLarge, QuotaExceeded, StorageFull};
    matches!(kind, StorageFull | QuotaExceeded | FileTooLarge)
}

/// Windows: sharing violation (32), lock violation (33). Elsewhere nobody can hold a file.
fn is_held(error: &io::Error) -> bool {
    cfg!(windows) && matches!(error.raw_os_error(), Some(32 | 33))
}

#[cfg(test)]
#[path = "trouble_tests.rs"]
mod tests;
