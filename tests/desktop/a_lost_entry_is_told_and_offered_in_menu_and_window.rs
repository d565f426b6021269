use crate::claude::{WithClaude, wait_for_line};
use crate::stage::SOON;
use desktop_session::Panel;

#[test]
fn and_put_back_once_claude_is_quit() {
    let mut scene = WithClaude::served("connect", Panel::WithTray);
    let notifications = scene.stage.desktop.notifications().unwrap();
    let (_app, item) = scene.stage.start_app();
    wait_for_line(&item, "Claude Desktop: not running, 1 server");
    scene.start_and_lose();
    let told = notifications.wait_for(SOON, |_| true).unwrap();
    assert_eq!(told.summary, "Claude Desktop removed entry zoom");
    assert!(
        told.body.ends_with("once Claude Desktop is quit."),
        "{told:?}"
    );
    wait_for_line(&item, "Claude Desktop: zoom lost, put back once it is quit");
    item.menu().unwrap().press("Restore…").unwrap();
    scene
        .stage
        .desktop
        .wait_for_window("Zoomtray", SOON)
        .unwrap();
    scene.stage.picture_of_window("restore");
    assert!(!scene.config_text().contains("zoom"), "Claude Desktop runs");

    scene.stand_in.quit();
    wait_for_line(&item, "Claude Desktop: not running, 1 server");
    assert!(
        scene.config_text().contains("zoom"),
        "{}",
        scene.config_text()
    );
    notifications.wait_for_withdrawal(SOON).unwrap();
    scene.stage.picture_of_window("restored");
}
