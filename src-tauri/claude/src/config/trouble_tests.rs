use super::*;
use std::error::Error;
use std::path::PathBuf;

/// The name of the variant.
fn name(error: &ConfigError) -> String {
    let text = format!("{error:?}");
    text.split([' ', '(']).next().unwrap().to_owned()
}

fn config() -> PathBuf {
    PathBuf::from("/c/Claude/claude_desktop_config.json")
}

#[test]
fn reading() {
    let table = [
        (ErrorKind::PermissionDenied, "Unreadable"),
        (ErrorKind::IsADirectory, "NotAFile"),
        (ErrorKind::NotADirectory, "FolderGone"),
        (ErrorKind::InvalidData, "Io"),
    ];
    for (kind, expected) in table {
        assert_eq!(
            name(&of_reading(&config(), kind.into())),
            expected,
            "{kind}"
        );
    }
}

#[test]
fn replacing() {
    let table = [
        (Step::Create, ErrorKind::StorageFull, "DiskFull"),
        (Step::Write, ErrorKind::QuotaExceeded, "DiskFull"),
        (Step::SyncFile, ErrorKind::FileTooLarge, "DiskFull"),
        (Step::Create, ErrorKind::PermissionDenied, "FolderReadOnly"),
        (
            Step::Create,
            ErrorKind::ReadOnlyFilesystem,
            "FolderReadOnly",
        ),
        (Step::Create, ErrorKind::NotFound, "FolderGone"),
        (Step::Rename, ErrorKind::NotFound, "FolderGone"),
        (Step::Rename, ErrorKind::IsADirectory, "NotAFile"),
        (Step::Rename, ErrorKind::PermissionDenied, "Replace"),
        (Step::SyncFolder, ErrorKind::StorageFull, "NotSynced"),
        (Step::SyncFolder, ErrorKind::Other, "NotSynced"),
        (Step::SyncFile, ErrorKind::Other, "Replace"),
    ];
    for (step, kind, expected) in table {
        let error = ReplaceError {
            path: config(),
            step,
            source: kind.into(),
        };
        let named = name(&of_replacing(&config(), error));
        assert_eq!(named, expected, "{step:?} {kind}");
    }
}

#[test]
fn a_disk_that_is_full_is_named_by_the_folder_that_wants_room() {
    let error = BackupError::Write(ReplaceError {
        path: PathBuf::from("/data/claude-backups/000001-claude_desktop_config.json"),
        step: Step::Write,
        source: ErrorKind::StorageFull.into(),
    });
    let said = of_backing_up(&config(), error).to_string();
    assert!(said.contains("the disk of /data/claude-backups;"), "{said}");
    assert!(
        said.contains("/c/Claude/claude_desktop_config.json was left alone"),
        "{said}"
    );
}

#[test]
fn a_file_that_another_program_holds_is_told_on_windows() {
    let error = ReplaceError {
        path: config(),
        step: Step::Rename,
        source: io::Error::from_raw_os_error(32),
    };
    let expected = if cfg!(windows) { "InUse" } else { "Replace" };
    assert_eq!(name(&of_replacing(&config(), error)), expected);
}

#[test]
fn no_first_line_repeats_the_system() {
    let secret = "a disk on fire";
    let source = || io::Error::other(secret);
    let errors = [
        of_reading(
            &config(),
            io::Error::new(ErrorKind::PermissionDenied, secret),
        ),
        of_replacing(
            &config(),
            ReplaceError {
                path: config(),
                step: Step::SyncFolder,
                source: source(),
            },
        ),
        ConfigError::Damaged {
            path: config(),
            source: source(),
        },
    ];
    for error in errors {
        assert!(!error.to_string().contains(secret), "{error}");
        assert!(error.source().is_some(), "{error}");
    }
}
