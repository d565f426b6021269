use crate::claude::{WithClaude, wait_for_line};
use desktop_session::Panel;

#[test]
fn and_not_before() {
    let scene = WithClaude::served("connect", Panel::WithTray);
    let before = scene.config_text();
    let (window, item) = scene.stage.start_app_with_window();
    wait_for_line(&item, "Claude Desktop: not running, 1 server");
    scene.remove_entries();
    wait_for_line(&item, "Claude Desktop: zoom lost, Restore… puts it back");
    item.menu().unwrap().press("Restore…").unwrap();
    window.wait_for_text("Put entry zoom back?").unwrap();
    assert_eq!(scene.config_text(), "{}", "nobody has pressed yet");
    let restore = window.find(".question button:nth-of-type(2)").unwrap();
    assert_eq!(window.text(&restore).unwrap(), "Restore");
    window.click(&restore).unwrap();
    wait_for_line(&item, "Claude Desktop: not running, 1 server");
    let entry = |text: &str| {
        let config: serde_json::Value = serde_json::from_str(text).unwrap();
        config["mcpServers"]["zoom"].clone()
    };
    assert_eq!(entry(&scene.config_text()), entry(&before));
    window.close().unwrap();
}
