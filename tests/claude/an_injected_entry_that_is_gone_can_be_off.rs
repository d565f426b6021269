use crate::{claude, config, home};
use black_box_tests::Zoom;

#[test]
fn and_comes_back_as_it_was() {
    let zoom = Zoom::start();
    let home = home(&zoom);
    claude(&home, &["inject", "zoom"]);
    fs_err::write(home.claude_config(), "{\"mcpServers\": {}}").unwrap();
    assert!(claude(&home, &["status"]).contains("zoom: inject, lost from the config"));
    claude(&home, &["off", "zoom"]);
    let whole =
        r#"{"command":"node", "env":{"OTHER":"1",   "ZOOM_ACCESS_TOKEN" : "original-value"}}"#;
    assert!(config(&home).contains(whole), "{}", config(&home));
    assert_eq!(home.files_with("original-value"), [home.claude_config()]);
    assert_eq!(home.ctl(&["uninstall", "--yes"]).code, Some(0));
}
