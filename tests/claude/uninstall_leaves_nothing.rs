use crate::{CONFIG, claude, config, home};
use black_box_tests::{Home, Zoom};
use desktop_session::{DesktopSession, Keyring, Panel, SessionOptions};
use std::path::PathBuf;

#[test]
fn on_disk_or_in_the_config() {
    let zoom = Zoom::start();
    let home = home(&zoom);
    used(&home);
    let autostart = with_login_item(&home);
    let removed = home.ctl(&["uninstall", "--yes"]);
    assert_eq!(removed.code, Some(0), "{}", removed.err);
    assert!(
        removed.out.contains("entry zoom holds its own value again")
            && removed
                .out
                .contains("1 account and its secrets are deleted"),
        "{}",
        removed.out
    );
    assert_eq!(config(&home), CONFIG);
    assert!(!autostart.exists());
    assert_eq!(everything(&home), [home.claude_config()]);
}

#[test]
fn also_when_watch_keeps_and_ends_by_it() {
    let zoom = Zoom::start();
    let home = home(&zoom);
    used(&home);
    let mut watch = home.watch(&[]);
    watch.read_until("✅");
    let removed = home.ctl(&["uninstall", "--yes"]);
    assert_eq!(removed.code, Some(0), "{}", removed.err);
    assert_eq!(watch.ended(), Some(0));
    assert_eq!(config(&home), CONFIG);
    assert_eq!(everything(&home), [home.claude_config()]);
}

#[test]
fn in_the_keychain() {
    let zoom = Zoom::start();
    let session = session();
    let mut home = Home::new(&zoom);
    let environment = session.environment();
    let bus = &environment[std::ffi::OsStr::new("DBUS_SESSION_BUS_ADDRESS")];
    home.set("ZOOMTRAY_VAULT", "keychain");
    home.set("DBUS_SESSION_BUS_ADDRESS", bus.to_str().unwrap());
    assert_eq!(home.add_account().code, Some(0));
    fs_err::write(home.claude_config(), CONFIG).unwrap();
    used(&home);
    let items = || session.keychain().items().unwrap().len();
    assert!(items() >= 3, "client secret, token, an entry's own secret");
    let removed = home.ctl(&["uninstall", "--yes"]);
    assert_eq!(removed.code, Some(0), "{}", removed.err);
    assert_eq!(items(), 0);
    assert_eq!(config(&home), CONFIG);
    assert_eq!(everything(&home), [home.claude_config()]);
}

#[test]
fn also_where_claude_is_gone_with_its_folder() {
    let zoom = Zoom::start();
    let mut home = home(&zoom);
    let folder = home.path().join("gone");
    fs_err::create_dir(&folder).unwrap();
    fs_err::rename(home.claude_config(), folder.join("c.json")).unwrap();
    home.set_path("CLAUDE_CONFIG_FILE", "gone/c.json");
    claude(&home, &["connect", "zoom"]);
    claude(&home, &["inject", "else"]);
    fs_err::remove_dir_all(&folder).unwrap();
    let removed = home.ctl(&["uninstall", "--yes"]);
    assert_eq!(removed.code, Some(0), "{}", removed.err);
    assert_eq!(everything(&home), Vec::<PathBuf>::new());
}

#[test]
fn but_accounts_where_that_is_wanted() {
    let zoom = Zoom::start();
    let home = home(&zoom);
    used(&home);
    let before = home.ctl(&["accounts", "list"]).out;
    let removed = home.ctl(&["uninstall", "--keep-accounts", "--yes"]);
    assert_eq!(removed.code, Some(0), "{}", removed.err);
    assert_eq!(config(&home), CONFIG);
    assert!(!home.zoomtray().join("data/claude-backups").exists());
    assert!(
        home.files_with("original-value")
            .iter()
            .all(|file| *file == home.claude_config())
    );
    assert_eq!(home.ctl(&["accounts", "list"]).out, before);
    assert_eq!(home.ctl(&["token"]).code, Some(0));
    assert_eq!(zoom.token_requests(), 1, "the token is kept too");
}

/// Connects, runs, injects: whatever leaves something behind.
fn used(home: &Home) {
    claude(home, &["connect", "zoom"]);
    claude(home, &["inject", "else"]);
    claude(home, &["connect", "made"]);
    let mut watch = home.watch(&[]);
    watch.read_until("✅");
    watch.interrupt();
}

/// A login item as the app makes it.
fn with_login_item(home: &Home) -> PathBuf {
    let folders = files::Folders::under(&home.zoomtray()).unwrap();
    let name = format!("Zoomtray-{}.desktop", folders.home_tag.unwrap());
    let folder = home.path().join(".config/autostart");
    fs_err::create_dir_all(&folder).unwrap();
    let path = folder.join(name);
    fs_err::write(&path, "[Desktop Entry]\n").unwrap();
    path
}

/// Every file and folder of the home that a program has left, login items' own folder apart.
fn everything(home: &Home) -> Vec<PathBuf> {
    let listing = fs_err::read_dir(home.path()).unwrap().flatten();
    let mut found: Vec<PathBuf> = listing.map(|entry| entry.path()).collect();
    found.retain(|path| !path.ends_with(".config"));
    found
}

fn session() -> DesktopSession {
    let options = SessionOptions {
        panel: Panel::Absent,
        keyring: Keyring::Unlocked,
        ..SessionOptions::default()
    };
    DesktopSession::start(&options).unwrap()
}
