//! Folders and files that only this user may read.
//!
//! On Unix that is owner and mode. On Windows the folders lie in the user's profile, whose
//! access list they inherit; there only the kind of the entry is checked.

use std::fs::DirBuilder;
use std::path::{Path, PathBuf};

/// Why a folder or file of ours is not used.
#[derive(Debug, thiserror::Error)]
pub enum PrivateError {
    /// The entry is a link, which could lead anywhere.
    #[error("`{}` is a link; put a real {kind} there", path.display())]
    Link {
        /// The entry.
        path: PathBuf,
        /// `folder` or `file`.
        kind: &'static str,
    },
    /// The entry is something else.
    #[error("`{}` is not a {kind}; move it away", path.display())]
    OtherKind {
        /// The entry.
        path: PathBuf,
        /// `folder` or `file`.
        kind: &'static str,
    },
    /// The entry belongs to another user.
    #[error("`{}` belongs to user {owner}, not to you (user {user}); move it away", path.display())]
    ForeignOwner {
        /// The entry.
        path: PathBuf,
        /// Whose it is.
        owner: u32,
        /// Who we are.
        user: u32,
    },
    /// Other users may read or change the entry.
    #[error(
        "`{}` is open to other users (mode {mode:03o}); run `chmod {wanted:o} '{}'`",
        path.display(), path.display()
    )]
    Open {
        /// The entry.
        path: PathBuf,
        /// Its permission bits.
        mode: u32,
        /// What they should be.
        wanted: u32,
    },
    /// The folder could not be made.
    #[error("cannot make the folder `{}`: {source}", path.display())]
    Create {
        /// The folder.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The system refused; the message names the path.
    #[error("cannot use a private folder or file: {0}")]
    Io(#[from] std::io::Error),
}

/// What an entry should be.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Folder,
    File,
}

impl Kind {
    fn word(self) -> &'static str {
        match self {
            Self::Folder => "folder",
            Self::File => "file",
        }
    }

    fn fits(self, metadata: &std::fs::Metadata) -> bool {
        match self {
            Self::Folder => metadata.is_dir(),
            Self::File => metadata.is_file(),
        }
    }
}

/// Makes `path` and its missing parents with mode 0700, or checks the folder that is there:
/// a real folder, ours, closed to everybody else. An existing folder's mode is not changed,
/// because it may be one the user named for other purposes too.
pub fn private_folder(path: &Path) -> Result<(), PrivateError> {
    create(path)?;
    check(path, Kind::Folder)
}

/// Checks that the file at `path` is a real file, ours, closed to everybody else.
/// A missing file is an [`PrivateError::Io`] of kind `NotFound`.
pub fn private_file(path: &Path) -> Result<(), PrivateError> {
    check(path, Kind::File)
}

fn check(path: &Path, kind: Kind) -> Result<(), PrivateError> {
    let metadata = fs_err::symlink_metadata(path)?;
    if metadata.file_type().is_symlink() {
        return Err(PrivateError::Link {
            path: path.to_owned(),
            kind: kind.word(),
        });
    }
    if !kind.fits(&metadata) {
        return Err(PrivateError::OtherKind {
            path: path.to_owned(),
            kind: kind.word(),
        });
    }
    check_access(path, kind, &metadata)
}

#[cfg(unix)]
fn create(path: &Path) -> Result<(), PrivateError> {
    use std::os::unix::fs::DirBuilderExt;
    let mut builder = DirBuilder::new();
    builder.recursive(true).mode(0o700);
    create_with(&builder, path)
}

#[cfg(windows)]
fn create(path: &Path) -> Result<(), PrivateError> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    create_with(&builder, path)
}

/// Whatever already has the name is left to the check, which says what it is.
fn create_with(builder: &DirBuilder, path: &Path) -> Result<(), PrivateError> {
    match builder.create(path) {
        Err(source) if source.kind() != std::io::ErrorKind::AlreadyExists => {
            Err(PrivateError::Create {
                path: path.to_owned(),
                source,
            })
        }
        _ => Ok(()),
    }
}

#[cfg(unix)]
fn check_access(path: &Path, kind: Kind, metadata: &std::fs::Metadata) -> Result<(), PrivateError> {
    use std::os::unix::fs::MetadataExt;
    let (path, owner, mode) = (path.to_owned(), metadata.uid(), metadata.mode() & 0o777);
    let user = rustix::process::geteuid().as_raw();
    if owner != user {
        return Err(PrivateError::ForeignOwner { path, owner, user });
    }
    if mode & 0o077 != 0 {
        let wanted = if kind == Kind::Folder { 0o700 } else { 0o600 };
        return Err(PrivateError::Open { path, mode, wanted });
    }
    Ok(())
}

#[cfg(windows)]
#[expect(clippy::unnecessary_wraps, reason = "the Unix form can refuse")]
fn check_access(_: &Path, _: Kind, _: &std::fs::Metadata) -> Result<(), PrivateError> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_in_the_way_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("data");
        fs_err::write(&path, "x").unwrap();
        let error = private_folder(&path).unwrap_err();
        assert!(
            error.to_string().contains("data` is not a folder"),
            "{error}"
        );
    }

    #[cfg(unix)]
    mod unix {
        use super::*;
        use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};

        fn set(path: &Path, mode: u32) {
            fs_err::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
        }

        #[test]
        fn a_new_folder_and_its_parents_are_closed() {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("state/zoomtray/run");
            private_folder(&path).unwrap();
            private_folder(&path).unwrap();
            for path in [&path, path.parent().unwrap()] {
                assert_eq!(fs_err::metadata(path).unwrap().mode() & 0o777, 0o700);
            }
        }

        #[test]
        fn an_open_folder_is_refused_and_left_as_it_is() {
            let folder = tempfile::tempdir().unwrap();
            for mode in [0o755, 0o710, 0o702] {
                set(folder.path(), mode);
                let error = private_folder(folder.path()).unwrap_err();
                assert!(error.to_string().contains("chmod 700"), "{error}");
                assert!(matches!(error, PrivateError::Open { mode: found, .. } if found == mode));
                assert_eq!(
                    fs_err::metadata(folder.path()).unwrap().mode() & 0o777,
                    mode
                );
            }
        }

        #[test]
        fn a_link_is_refused() {
            let folder = tempfile::tempdir().unwrap();
            let (real, link) = (folder.path().join("real"), folder.path().join("link"));
            private_folder(&real).unwrap();
            symlink(&real, &link).unwrap();
            assert!(matches!(
                private_folder(&link),
                Err(PrivateError::Link { .. })
            ));
            symlink("nowhere", folder.path().join("dead")).unwrap();
            let dead = private_folder(&folder.path().join("dead"));
            assert!(matches!(dead, Err(PrivateError::Link { .. })), "{dead:?}");
        }

        #[test]
        fn a_foreign_folder_is_refused() {
            // The root folder belongs to root; for root itself there is a foreign owner only
            // where it can give a folder away.
            let folder = tempfile::tempdir().unwrap();
            let foreign = if rustix::process::geteuid().is_root() {
                std::os::unix::fs::chown(folder.path(), Some(4242), None).unwrap();
                folder.path()
            } else {
                Path::new("/")
            };
            let outcome = private_folder(foreign);
            assert!(
                matches!(outcome, Err(PrivateError::ForeignOwner { .. })),
                "{outcome:?}"
            );
        }

        #[test]
        fn a_file_is_checked_too() {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("secret.json");
            assert!(matches!(private_file(&path), Err(PrivateError::Io(_))));
            fs_err::write(&path, "x").unwrap();
            set(&path, 0o644);
            let error = private_file(&path).unwrap_err();
            assert!(error.to_string().contains("chmod 600"), "{error}");
            set(&path, 0o600);
            private_file(&path).unwrap();
        }
    }
}
