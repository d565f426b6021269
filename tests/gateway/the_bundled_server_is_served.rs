use crate::scene::running;
use black_box_tests::RawRelay;
use serde_json::json;

#[test]
fn and_keeps_its_session_and_process_through_a_new_token() {
    let running = running(&[]);
    let mut relay = RawRelay::open(&running.home, "zoom");
    let tools = relay.request("tools/list", &json!({}));
    let names = tools["tools"].as_array().unwrap();
    assert!(
        names
            .iter()
            .any(|tool| tool["name"] == "test_zoom_connection")
    );
    let before = relay.call("test_zoom_connection", &json!({}));
    assert_eq!(before["structuredContent"]["status"], "success", "{before}");
    running.refresh();
    let after = relay.call("test_zoom_connection", &json!({}));
    assert_eq!(after["structuredContent"]["status"], "success", "{after}");
    assert_eq!(relay.untaken(), [] as [serde_json::Value; 0]);
    assert_eq!(running.starts().len(), 0, "no server of a third party");
}
