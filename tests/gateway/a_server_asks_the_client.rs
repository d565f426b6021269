use crate::scene::{kill, running};
use serde_json::json;

#[test]
fn and_each_answer_finds_its_way_back() {
    let running = running(&[]);
    let mut relay = running.open();
    for (tool, method) in [
        ("sample", "sampling/createMessage"),
        ("elicit", "elicitation/create"),
        ("roots", "roots/list"),
    ] {
        let call = relay.begin(tool, &json!({}));
        let asked = relay.told(method);
        relay.send(&json!({"jsonrpc": "2.0", "id": asked["id"], "result": {"said": tool}}));
        let answer = relay.answer(&call);
        let text = answer["result"]["content"][0]["text"].as_str().unwrap();
        assert!(text.contains(&format!(r#""said":"{tool}""#)), "{text}");
    }
}

#[test]
fn and_a_question_of_one_that_died_is_withdrawn() {
    let running = running(&[]);
    let mut relay = running.open();
    let pid = relay.text("pid", &json!({}));
    let call = relay.begin("elicit", &json!({}));
    let asked = relay.told("elicitation/create");
    kill(&pid);
    let cancelled = relay.told("notifications/cancelled");
    assert_eq!(cancelled["params"]["requestId"], asked["id"]);
    assert_eq!(relay.answer(&call)["result"]["isError"], true);
    relay.send(&json!({"jsonrpc": "2.0", "id": asked["id"], "result": {}}));
    assert_ne!(
        relay.text("pid", &json!({})),
        pid,
        "a late answer harms nobody"
    );
}
