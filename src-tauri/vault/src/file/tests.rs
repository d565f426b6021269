//! The file vault on a real folder.

use super::*;
use crate::account::AccountId;
use lifecycle::{Span, WallTime};
use secrecy::{ExposeSecret, SecretString};

const PATIENCE: Duration = Duration::from_secs(1);

fn place(kind: Kind) -> Place {
    Place {
        account: AccountId::new("aBc-123_x").unwrap(),
        kind,
    }
}

fn token() -> Item {
    let span = Span {
        issued: WallTime(1_800_000_000_000),
        expires: WallTime(1_800_003_600_000),
    };
    Item {
        span: Some(span),
        ..Item::lasting(1_800_000_000_001, SecretString::from("eyJ.one"))
    }
}

struct Fixture {
    folder: tempfile::TempDir,
    vault: FileVault,
}

impl Fixture {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let vault = FileVault::open(&folder.path().join("cache")).unwrap();
        Self { folder, vault }
    }

    fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join("cache").join(name)
    }

    fn secret(&mut self, kind: Kind) -> Option<String> {
        let item = self.vault.read(&place(kind), PATIENCE).unwrap();
        item.map(|item| item.secret.expose_secret().to_owned())
    }
}

#[test]
fn every_kind_is_kept_apart_and_deleted() {
    let mut fixture = Fixture::new();
    let kinds = [
        Kind::ClientSecret,
        Kind::RefreshToken,
        Kind::AccessToken,
        Kind::Original,
    ];
    for kind in kinds {
        let item = Item {
            secret: SecretString::from(kind.word()),
            ..token()
        };
        fixture
            .vault
            .write_verified(&place(kind), &item, PATIENCE)
            .unwrap();
    }
    for kind in kinds {
        assert_eq!(fixture.secret(kind).as_deref(), Some(kind.word()));
    }
    for kind in kinds {
        fixture.vault.delete(&place(kind), PATIENCE).unwrap();
        fixture.vault.delete(&place(kind), PATIENCE).unwrap();
        assert_eq!(fixture.secret(kind), None);
    }
}

#[test]
fn the_access_token_has_the_documented_name() {
    let mut fixture = Fixture::new();
    fixture
        .vault
        .write(&place(Kind::AccessToken), &token(), PATIENCE)
        .unwrap();
    let text = fs_err::read_to_string(fixture.file("zoom_token_aBc-123_x.json")).unwrap();
    assert!(text.contains(r#""access_token": "eyJ.one""#), "{text}");
}

#[test]
fn a_token_file_deleted_or_damaged_by_hand_is_no_token_and_is_written_again() {
    let mut fixture = Fixture::new();
    let path = fixture.file("zoom_token_aBc-123_x.json");
    fixture
        .vault
        .write(&place(Kind::AccessToken), &token(), PATIENCE)
        .unwrap();
    fs_err::remove_file(&path).unwrap();
    assert_eq!(fixture.secret(Kind::AccessToken), None);
    for damage in ["", "not json", "{\"access_token\": 5}"] {
        fixture
            .vault
            .write_verified(&place(Kind::AccessToken), &token(), PATIENCE)
            .unwrap();
        assert_eq!(
            fixture.secret(Kind::AccessToken).as_deref(),
            Some("eyJ.one")
        );
        fs_err::write(&path, damage).unwrap();
        assert_eq!(fixture.secret(Kind::AccessToken), None, "{damage:?}");
    }
}

#[test]
fn a_damaged_secret_is_named_and_not_lost() {
    let mut fixture = Fixture::new();
    fixture
        .vault
        .write(&place(Kind::RefreshToken), &token(), PATIENCE)
        .unwrap();
    let path = fixture.file("zoom_refresh_token_aBc-123_x.json");
    fs_err::write(&path, "damaged").unwrap();
    let error = fixture
        .vault
        .read(&place(Kind::RefreshToken), PATIENCE)
        .unwrap_err();
    assert!(
        error
            .to_string()
            .contains("refresh token of aBc-123_x is damaged"),
        "{error}"
    );
    assert_eq!(fs_err::read_to_string(&path).unwrap(), "damaged");
}

#[test]
fn leftovers_of_a_crash_are_swept_at_the_start() {
    let fixture = Fixture::new();
    let leftover = fixture.file(".zoom_token_aBc-123_x.json.42-0.zoomtray-new");
    fs_err::write(&leftover, "eyJ.old").unwrap();
    FileVault::open(&fixture.folder.path().join("cache")).unwrap();
    assert!(!leftover.exists());
}

#[cfg(unix)]
mod unix {
    use super::*;
    use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};

    fn set(path: &Path, mode: u32) {
        fs_err::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
    }

    #[test]
    fn files_and_folder_are_closed() {
        let mut fixture = Fixture::new();
        for kind in [Kind::ClientSecret, Kind::AccessToken] {
            fixture
                .vault
                .write(&place(kind), &token(), PATIENCE)
                .unwrap();
        }
        let mode = |path: PathBuf| fs_err::metadata(path).unwrap().mode() & 0o777;
        assert_eq!(mode(fixture.file("")), 0o700);
        assert_eq!(
            mode(fixture.file("zoom_client_secret_aBc-123_x.json")),
            0o600
        );
        assert_eq!(mode(fixture.file("zoom_token_aBc-123_x.json")), 0o600);
    }

    #[test]
    fn an_open_folder_is_refused_at_the_start_and_at_each_write() {
        let mut fixture = Fixture::new();
        set(&fixture.file(""), 0o755);
        let error = FileVault::open(&fixture.file("")).err().unwrap();
        assert!(error.to_string().contains("chmod 700"), "{error}");
        let error = fixture
            .vault
            .write(&place(Kind::AccessToken), &token(), PATIENCE);
        assert!(matches!(error, Err(VaultError::NotPrivate(_))), "{error:?}");
        assert!(!fixture.file("zoom_token_aBc-123_x.json").exists());
    }

    #[test]
    fn an_open_file_is_not_trusted() {
        let mut fixture = Fixture::new();
        for kind in [Kind::ClientSecret, Kind::AccessToken] {
            fixture
                .vault
                .write(&place(kind), &token(), PATIENCE)
                .unwrap();
        }
        set(&fixture.file("zoom_client_secret_aBc-123_x.json"), 0o644);
        set(&fixture.file("zoom_token_aBc-123_x.json"), 0o644);
        let error = fixture
            .vault
            .read(&place(Kind::ClientSecret), PATIENCE)
            .unwrap_err();
        assert!(error.to_string().contains("chmod 600"), "{error}");
        assert_eq!(
            fixture.secret(Kind::AccessToken),
            None,
            "a new token mends it"
        );
    }

    #[test]
    fn a_link_is_neither_read_nor_followed() {
        let mut fixture = Fixture::new();
        let outside = fixture.folder.path().join("outside.json");
        fs_err::write(&outside, "theirs").unwrap();
        symlink(&outside, fixture.file("zoom_token_aBc-123_x.json")).unwrap();
        assert_eq!(fixture.secret(Kind::AccessToken), None);
        fixture
            .vault
            .write(&place(Kind::AccessToken), &token(), PATIENCE)
            .unwrap();
        assert_eq!(fs_err::read_to_string(&outside).unwrap(), "theirs");
        assert_eq!(
            fixture.secret(Kind::AccessToken).as_deref(),
            Some("eyJ.one")
        );
    }
}
