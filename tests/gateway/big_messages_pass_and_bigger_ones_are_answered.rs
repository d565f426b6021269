use crate::scene::running;
use serde_json::json;

const MEBIBYTE: usize = 1024 * 1024;

#[test]
fn of_the_client() {
    let running = running(&[]);
    let mut relay = running.open();
    let fits = "x".repeat(15 * MEBIBYTE);
    let result = relay.call("read_thing", &json!({"text": fits}));
    let back = result["structuredContent"]["text"]
        .as_str()
        .unwrap_or_default();
    // The tool says it twice, which is over the limit.
    assert_eq!(back, "");
    let words = result["content"][0]["text"].as_str().unwrap();
    assert!(words.contains("The answer is over 16 MiB"), "{words:.200}");
    let result = relay.call("read_thing", &json!({"text": "x".repeat(17 * MEBIBYTE)}));
    assert_eq!(result["isError"], true);
    let words = result["content"][0]["text"].as_str().unwrap();
    assert!(words.contains("The request is over 16 MiB"), "{words:.200}");
    let received = running.log();
    let bytes = received
        .iter()
        .filter_map(|line| line["received_bytes"].as_u64());
    assert_eq!(bytes.count(), 1, "only what fits reaches the server");
}

#[test]
fn of_the_server() {
    let running = running(&[]);
    let mut relay = running.open();
    let text = relay.text("big", &json!({"bytes": 16 * MEBIBYTE - 200}));
    assert_eq!(text.len(), 16 * MEBIBYTE - 200);
    let result = relay.call("big", &json!({"bytes": 17 * MEBIBYTE}));
    assert_eq!(result["isError"], true);
    let words = result["content"][0]["text"].as_str().unwrap();
    assert!(words.contains("The answer is over 16 MiB"), "{words:.200}");
    relay.text("pid", &json!({}));
}
