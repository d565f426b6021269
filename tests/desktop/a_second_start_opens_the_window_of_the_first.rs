use crate::stage::{SOON, Stage, wait_for_state};
use desktop_session::Panel;

#[test]
fn and_ends_itself() {
    let stage = Stage::new(Panel::WithTray);
    let (mut app, item) = stage.start_app();
    wait_for_state(&item, "No account", SOON);
    assert!(
        !stage.desktop.window_exists("Zoomtray").unwrap(),
        "no window is made unasked"
    );
    let mut second = stage.start_app_without_item();
    assert!(second.wait().unwrap().success());
    stage.desktop.wait_for_window("Zoomtray", SOON).unwrap();
    assert!(app.ended().unwrap().is_none(), "the first one goes on");
    stage.picture("window");
}
