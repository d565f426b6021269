use crate::claude::WithClaude;
use crate::stage::{SOON, wait_for_state};
use desktop_session::Panel;

#[test]
fn and_is_asked_in_the_window_first() {
    let scene = WithClaude::served("connect", Panel::WithTray);
    let (mut app, item) = scene.stage.start_app();
    wait_for_state(&item, "Fresh", SOON);
    item.menu()
        .unwrap()
        .press("Disconnect and remove…")
        .unwrap();
    let desktop = &scene.stage.desktop;
    desktop.wait_for_window("Zoomtray", SOON).unwrap();
    scene.stage.picture_of_window("removal");
    assert!(scene.config_text().contains("relay"), "nothing is done yet");

    scene.stage.ctl(&["uninstall", "--yes"], "");
    assert!(
        app.wait().unwrap().success(),
        "the app ends with its keeper"
    );
    assert!(!scene.config_text().contains("relay"));
    let home = desktop.home().join("zoomtray");
    assert!(!home.exists(), "{} is left", home.display());
}
