use crate::scene::{ENTRY, running, until};
use serde_json::json;

#[test]
fn with_entry_era_server_and_calls() {
    let running = running(&[]);
    assert!(running.sessions().is_empty());
    let mut relay = running.open();
    for _ in 0..3 {
        relay.text("pid", &json!({}));
    }
    until("the calls are counted", || {
        running.sessions()[0]["calls"] == 3
    });
    let shown = &running.sessions()[0];
    assert_eq!(shown["entry"], ENTRY);
    assert_eq!(shown["era"], "legacy");
    assert_eq!(shown["server"], json!({"state": "serving"}));
    assert_eq!(shown["bundled"], false);
    assert!(shown["since"].as_i64().unwrap() > 1_700_000_000_000);
    drop(relay);
    until("it is gone", || running.sessions().is_empty());
}
