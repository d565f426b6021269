//! The harness against the real programs it starts.
#![cfg(target_os = "linux")]
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test helper fails its test"
)]

use desktop_session::{DesktopSession, Keyring, Panel, SessionOptions};
use std::io::Write;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

const PATIENCE: Duration = Duration::from_mins(1);

fn desktop(options: &SessionOptions) -> DesktopSession {
    DesktopSession::start(options).expect("the packages of `cargo xtask test desktop`")
}

fn store_secret(desktop: &DesktopSession, secret: &str) {
    let mut command = desktop.command("secret-tool");
    command.args([
        "store",
        "--label=A test item",
        "service",
        "harness",
        "kind",
        "access_token",
    ]);
    let mut child = command.stdin(Stdio::piped()).spawn().unwrap();
    child
        .stdin
        .take()
        .unwrap()
        .write_all(secret.as_bytes())
        .unwrap();
    assert!(child.wait().unwrap().success());
}

#[test]
fn a_whole_desktop_answers() {
    let desktop = desktop(&SessionOptions::default());
    assert!(desktop.has_status_item_host().unwrap());
    assert!(desktop.status_items().unwrap().is_empty());

    store_secret(&desktop, "the planted secret");
    let keychain = desktop.keychain();
    let item = keychain
        .wait_for_item(PATIENCE, |item| {
            item.attributes
                .get("service")
                .is_some_and(|s| s == "harness")
        })
        .unwrap();
    assert_eq!(item.label, "A test item");
    assert_eq!(keychain.secret(&item).unwrap(), b"the planted secret");
    keychain.lock().unwrap();
    assert!(
        keychain.secret(&item).is_err(),
        "a locked keychain gave its secret away"
    );

    let picture = desktop.home().join("screen.png");
    desktop.screenshot(&picture, "").unwrap();
    let mut identify = desktop.command("identify");
    let size = identify
        .args(["-format", "%wx%h %k"])
        .arg(&picture)
        .output()
        .unwrap();
    let size = String::from_utf8(size.stdout).unwrap();
    assert!(size.starts_with("1024x768 "), "{size}");
}

#[test]
fn a_notification_is_seen_as_it_was_asked_for() {
    let desktop = desktop(&SessionOptions {
        panel: Panel::Absent,
        ..SessionOptions::default()
    });
    let notifications = desktop.notifications().unwrap();
    let mut notify = desktop.command("gdbus");
    notify.args([
        "call",
        "--session",
        "--dest",
        "org.freedesktop.Notifications",
    ]);
    notify.args(["--object-path", "/org/freedesktop/Notifications"]);
    notify.args(["--method", "org.freedesktop.Notifications.Notify"]);
    notify.args([
        "app",
        "0",
        "",
        "Token expires",
        "in 5 minutes",
        "['open', 'Open']",
        "{}",
        "1000",
    ]);
    assert!(notify.stdout(Stdio::null()).status().unwrap().success());
    let seen = notifications
        .wait_for(PATIENCE, |seen| seen.summary == "Token expires")
        .unwrap();
    assert_eq!(seen.application, "app");
    assert_eq!(seen.body, "in 5 minutes");
    assert_eq!(seen.actions, ["open", "Open"]);
}

#[test]
fn without_panel_and_keyring_nobody_takes_their_names() {
    let absent = SessionOptions {
        panel: Panel::Absent,
        keyring: Keyring::Absent,
        ..SessionOptions::default()
    };
    let desktop = desktop(&absent);
    assert!(!desktop.has_status_item_host().unwrap());
    assert!(desktop.keychain().items().is_err());
    let mut lookup = desktop.command("secret-tool");
    let answer = lookup
        .args(["lookup", "service", "harness"])
        .output()
        .unwrap();
    assert!(
        !answer.status.success() && !answer.stderr.is_empty(),
        "{answer:?}"
    );
}

#[test]
fn a_session_leaves_neither_process_nor_file() {
    let desktop = desktop(&SessionOptions::default());
    let root = desktop.home().parent().unwrap().to_owned();
    assert!(
        processes_of(&root) > 4,
        "the session's programs are counted"
    );
    drop(desktop);
    assert_eq!(processes_of(&root), 0);
    assert!(!root.exists());
}

/// Processes whose environment names the session's folder.
fn processes_of(root: &Path) -> usize {
    let root = root.as_os_str().as_encoded_bytes();
    let entries = fs_err::read_dir("/proc").unwrap().flatten();
    entries
        .filter_map(|entry| fs_err::read(entry.path().join("environ")).ok())
        .filter(|environment| environment.windows(root.len()).any(|part| part == root))
        .count()
}

#[test]
fn a_window_is_read_and_used_as_a_person_would() {
    let browser = Path::new("/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser");
    let desktop = desktop(&SessionOptions {
        panel: Panel::Absent,
        ..SessionOptions::default()
    });
    let window = desktop
        .window_driver(browser, &["--automation"], &[])
        .unwrap();
    let page = "document.title = 'A page';
        document.body.innerHTML = '<input><button disabled>No</button><button id=b>Go</button>';
        b.onclick = () => setTimeout(() => b.textContent =
            'Hello ' + document.querySelector('input').value, 50);";
    window.run(page).unwrap();
    assert_eq!(window.title().unwrap(), "A page");
    window
        .type_into(&window.find("input").unwrap(), "window")
        .unwrap();
    assert!(!window.is_enabled(&window.find("button").unwrap()).unwrap());
    window.click(&window.find("#b").unwrap()).unwrap();
    window.wait_for_text("Hello window").unwrap();
    assert_eq!(
        window.text(&window.find("#b").unwrap()).unwrap(),
        "Hello window"
    );
    let error = window.find("#absent").unwrap_err().to_string();
    assert!(error.contains("no such element"), "{error}");
    window.close().unwrap();
}
