use crate::stage::{AFTER_COOLDOWN, SOON, Stage, wait_for_state};
use desktop_session::Panel;

#[test]
fn before_its_end_and_at_its_end() {
    let stage = Stage::new(Panel::WithTray);
    stage.zoom.fake.set_lifetime(24);
    let config = stage
        .desktop
        .environment()
        .get(std::ffi::OsStr::new("ZOOMTRAY_HOME"))
        .unwrap();
    let config = std::path::Path::new(config).join("config");
    files::private_folder(&config).unwrap();
    fs_err::write(config.join("settings.json"), r#"{"auto_refresh": false}"#).unwrap();
    let notifications = stage.desktop.notifications().unwrap();
    let (_app, item) = stage.start_app();
    wait_for_state(&item, "No account", SOON);
    stage.add_account();
    let warned = notifications.wait_for(AFTER_COOLDOWN, |_| true).unwrap();
    assert!(warned.summary.contains("expires"), "{warned:?}");
    let expired = notifications.wait_for(AFTER_COOLDOWN, |_| true).unwrap();
    assert_eq!(expired.summary, "Zoom token expired");
    assert!(expired.body.contains("Work"), "{expired:?}");
    wait_for_state(&item, "Expired", SOON);
    stage.picture("expired");
    assert_eq!(
        stage.zoom.token_requests(),
        1,
        "nothing was asked for unasked"
    );
}
