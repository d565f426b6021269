use crate::claude::WithClaude;
use crate::stage::{SOON, wait_for_state};
use black_box_tests::wait_until;
use desktop_session::Panel;
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::process::{Pid, PidfdFlags, pidfd_open};
use std::ffi::OsStr;
use std::path::Path;

/// What the system's web view would call its folder if it had none of ours.
const WEB_VIEW: &str = "io.zoomtray.desktop";

#[test]
fn once_it_is_confirmed_in_the_window() {
    let scene = WithClaude::served("connect", Panel::WithTray);
    let desktop = &scene.stage.desktop;
    let (window, item) = scene.stage.start_app_with_window();
    wait_for_state(&item, "Fresh", SOON);
    assert!(!desktop.keychain().items().unwrap().is_empty());
    item.menu()
        .unwrap()
        .press("Disconnect and remove…")
        .unwrap();
    window
        .wait_for_text("Disconnect Claude Desktop and remove Zoomtray?")
        .unwrap();
    scene.stage.picture_of_window("removal");
    assert!(scene.config_text().contains("relay"), "nothing is done yet");

    let app = Pid::from_raw(item.process().unwrap().cast_signed()).unwrap();
    let app = pidfd_open(app, PidfdFlags::empty()).unwrap();
    let remove = window.find(".question button.danger").unwrap();
    assert_eq!(window.text(&remove).unwrap(), "Disconnect and remove");
    window.click(&remove).unwrap();
    let home = desktop.home().join("zoomtray");
    wait_until(desktop.home(), || !home.exists());
    // Ready once it has ended.
    let mut ended = [PollFd::new(&app, PollFlags::IN)];
    let soon = Timespec::try_from(SOON).unwrap();
    assert_eq!(poll(&mut ended, Some(&soon)), Ok(1), "the app goes on");
    drop(window);
    assert!(!home.exists(), "nothing comes back when the web view ends");
    assert!(!scene.config_text().contains("relay"));
    assert_eq!(desktop.keychain().items().unwrap().len(), 0);
    for base in ["XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"] {
        let base = &desktop.environment()[OsStr::new(base)];
        let left = Path::new(base).join(WEB_VIEW);
        assert!(!left.exists(), "{} is left", left.display());
    }
}

#[test]
fn by_a_command_too() {
    let scene = WithClaude::served("connect", Panel::WithTray);
    let (mut app, item) = scene.stage.start_app();
    wait_for_state(&item, "Fresh", SOON);
    scene.stage.ctl(&["uninstall", "--yes"], "");
    assert!(
        app.wait().unwrap().success(),
        "the app ends with its keeper"
    );
    assert!(!scene.config_text().contains("relay"));
    let home = scene.stage.desktop.home().join("zoomtray");
    assert!(!home.exists(), "{} is left", home.display());
}
