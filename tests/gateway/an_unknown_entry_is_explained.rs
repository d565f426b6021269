use crate::scene::running;
use black_box_tests::RawRelay;
use serde_json::json;

#[test]
fn and_served_once_it_is_known() {
    let running = running(&[]);
    let mut relay = RawRelay::connect(&running.home, "other");
    let id = relay.ask("initialize", &json!({"protocolVersion": "2025-11-25"}));
    let answer = relay.answer(&id);
    let words = answer["error"]["message"].as_str().unwrap();
    assert!(
        words.contains("“other”") && words.contains("claude connect other"),
        "{answer}"
    );
    let config = fs_err::read_to_string(running.home.claude_config()).unwrap();
    let mut config: serde_json::Value = serde_json::from_str(&config).unwrap();
    let program = black_box_tests::program("stand-in-server");
    config["mcpServers"]["other"] = json!({"command": program, "env": {"ZOOM_X": "1"}});
    fs_err::write(running.home.claude_config(), config.to_string()).unwrap();
    let connected = running.home.ctl(&["claude", "connect", "other"]);
    assert_eq!(connected.code, Some(0), "{connected:?}");
    relay.initialize();
    relay.text("pid", &json!({}));
}
