use crate::scene::{kill, lives, running, until};
use serde_json::json;

#[test]
fn its_call_gets_one_error_and_the_next_call_an_answer() {
    let running = running(&[]);
    let mut relay = running.open();
    let old = relay.text("pid", &json!({}));
    let lost = relay.begin("never", &json!({}));
    let crashed = relay.begin("crash", &json!({"code": 7}));
    for id in [lost, crashed] {
        let answer = relay.answer(&id);
        assert_eq!(answer["result"]["isError"], true, "{answer}");
        let words = answer["result"]["content"][0]["text"].as_str().unwrap();
        assert!(words.contains("was not sent again"), "{words}");
    }
    assert_ne!(relay.text("pid", &json!({})), old);
    let received = running.log();
    let sent = received
        .iter()
        .filter(|line| line["received"]["params"]["name"] == "crash");
    assert_eq!(sent.count(), 1, "no call is sent twice");
}

#[test]
fn a_killed_one_takes_its_own_children_along() {
    let running = running(&[]);
    let mut relay = running.open();
    let old = relay.text("pid", &json!({}));
    let grandchild = relay.text("grandchild", &json!({}));
    assert!(lives(&grandchild));
    kill(&old);
    until("the grandchild is gone", || !lives(&grandchild));
    assert_ne!(relay.text("pid", &json!({})), old);
}
