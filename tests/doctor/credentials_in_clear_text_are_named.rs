use crate::finding;
use black_box_tests::Home;

#[test]
fn by_entry_and_variable_without_their_values() {
    let home = Home::without_zoom();
    let config =
        r#"{"mcpServers": {"zoom": {"command": "x", "env": {"ZOOM_CLIENT_SECRET": "planted"}}}}"#;
    fs_err::write(home.claude_config(), config).unwrap();
    let text = finding(&home, "claude-clear-text").unwrap();
    assert!(
        text.contains("entry zoom holds ZOOM_CLIENT_SECRET"),
        "{text}"
    );
    let all = home.ctl(&["doctor"]).out;
    assert!(!all.contains("planted"), "{all}");
}
