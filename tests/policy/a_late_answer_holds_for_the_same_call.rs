use crate::stage::{Stage, denied, echoed};
use serde_json::json;

#[test]
fn after_nobody_answered_in_time() {
    let stage = Stage::new(Some(&json!({"version": "1", "default": "allow", "tools": {
        "write_thing": {"approval": {"timeout_s": 1}}}})));
    let mut session = stage.session();
    let arguments = json!({"topic": "Plan"});
    let result = session.call_with("write_thing", &arguments);
    stage.said("denied by time-out", denied(&result));
    let (id, told) = stage.question("timed out at");
    stage.said("a question that timed out", &told);
    let told = stage.ctl(&["approvals", "allow", &id]);
    stage.said("a question allowed late", &told);

    let result = session.call_with("write_thing", &json!({"topic": "Another"}));
    denied(&result);
    assert_eq!(
        echoed(&stage.session().call_with("write_thing", &arguments)),
        &arguments
    );
    denied(&session.call_with("write_thing", &arguments));
    assert_eq!(stage.called(), ["write_thing"], "once");
}
