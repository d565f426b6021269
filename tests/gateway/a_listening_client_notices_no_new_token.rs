use crate::scene::{ENTRY, Running, running};
use black_box_tests::RawRelay;
use serde_json::{Value, json};

fn params(more: &Value) -> Value {
    let mut params = json!({"_meta": {
        "io.modelcontextprotocol/protocolVersion": "2026-07-28",
        "io.modelcontextprotocol/clientInfo": {"name": "test", "version": "1"},
        "io.modelcontextprotocol/clientCapabilities": {},
    }});
    let more = more.as_object().unwrap().clone();
    params.as_object_mut().unwrap().extend(more);
    params
}

fn pid(relay: &mut RawRelay) -> String {
    let result = relay.request(
        "tools/call",
        &params(&json!({"name": "pid", "arguments": {}})),
    );
    result["content"][0]["text"].as_str().unwrap().to_owned()
}

fn listening(running: &Running) -> (RawRelay, Value) {
    let mut relay = RawRelay::connect(&running.home, ENTRY);
    let listen = json!({"notifications": {"resourceSubscriptions": ["stand-in:///a"]}});
    let id = relay.ask("subscriptions/listen", &params(&listen));
    relay.told("notifications/subscriptions/acknowledged");
    (relay, id)
}

#[test]
fn its_stream_goes_on_with_the_next_server() {
    let running = running(&[]);
    let (mut relay, id) = listening(&running);
    let old = pid(&mut relay);
    running.refresh();
    while pid(&mut relay) == old {}
    let update = json!({"name": "update", "arguments": {"uri": "stand-in:///a"}});
    relay.request("tools/call", &params(&update));
    let updated = relay.told("notifications/resources/updated");
    let stream = &updated["params"]["_meta"]["io.modelcontextprotocol/subscriptionId"];
    assert_eq!(*stream, id);
    assert_eq!(
        relay.untaken(),
        [] as [Value; 0],
        "no second acknowledgement"
    );
}

#[test]
fn nothing_is_replayed_but_the_stream() {
    let running = running(&[]);
    let (mut relay, _) = listening(&running);
    let old = pid(&mut relay);
    running.refresh();
    while pid(&mut relay) == old {}
    let second = running.starts()[1]["pid"].clone();
    let log = running.log();
    let first = log
        .iter()
        .find(|line| line["pid"] == second && line["received"].is_object());
    assert_eq!(first.unwrap()["received"]["method"], "subscriptions/listen");
}
