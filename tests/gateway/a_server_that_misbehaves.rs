use crate::scene::running;
use serde_json::json;

#[test]
fn noise_is_dropped() {
    let running = running(&["--noise"]);
    let mut relay = running.open();
    for _ in 0..3 {
        relay.text("pid", &json!({}));
    }
    assert_eq!(relay.untaken(), [] as [serde_json::Value; 0]);
}

#[test]
fn a_second_answer_is_dropped() {
    let running = running(&["--twice"]);
    let mut relay = running.open();
    let calls = [
        relay.begin("echo", &json!({"n": 1})),
        relay.begin("echo", &json!({"n": 2})),
    ];
    for call in calls {
        relay.answer(&call);
    }
    relay.text("pid", &json!({}));
    assert_eq!(relay.untaken(), [] as [serde_json::Value; 0]);
}

#[test]
fn one_call_that_is_never_answered_holds_up_no_other_and_can_be_cancelled() {
    let running = running(&[]);
    let mut relay = running.open();
    let silent = relay.begin("never", &json!({}));
    relay.text("pid", &json!({}));
    relay.notify("notifications/cancelled", &json!({"requestId": silent}));
    relay.text("pid", &json!({}));
    let log = running.log();
    let told = log.iter().any(|line| {
        line["received"]["method"] == "notifications/cancelled"
            && line["received"]["params"]["requestId"] == silent
    });
    assert!(told, "the server hears of it");
}
