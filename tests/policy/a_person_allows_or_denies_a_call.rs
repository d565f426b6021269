use crate::stage::{Stage, WAITS, begin_and_be_asked_about, denied, echoed};
use serde_json::{Value, json};

fn policy() -> Value {
    json!({"version": "1", "default": "allow", "tools": {"write_thing": {"approval": {}}}})
}

#[test]
fn and_sees_its_arguments_but_for_secrets() {
    let stage = Stage::new(Some(&policy()));
    let mut session = stage.session();
    let arguments = json!({"topic": "Plan", "password": "planted-secret"});
    begin_and_be_asked_about(&mut session, "write_thing", &arguments);
    let (id, told) = stage.question(WAITS);
    stage.said("a question", &told);
    assert!(!told.contains("planted"), "{told}");
    assert_eq!(stage.called(), [""; 0], "it waits");

    stage.said(
        "a question allowed",
        &stage.ctl(&["approvals", "allow", &id]),
    );
    let answer = session.answer();
    assert_eq!(echoed(&answer["result"]), &arguments);
    stage.wait_until_nobody_is_asked();
    stage.said("no question", &stage.ctl(&["approvals"]));
    let again = stage.home.ctl(&["approvals", "allow", &id]);
    assert_eq!(again.code, Some(1), "{again:?}");
    stage.said(
        "a question that is closed",
        &again.err.replace(&id, "NUMBER"),
    );

    begin_and_be_asked_about(&mut session, "write_thing", &arguments);
    let (id, _) = stage.question(WAITS);
    stage.said("a question denied", &stage.ctl(&["approvals", "deny", &id]));
    let answer = session.answer();
    stage.said("denied by a person", denied(&answer["result"]));
    assert_eq!(stage.called(), ["write_thing"], "once");
    let decisions: Vec<Value> = stage
        .activity(2)
        .iter()
        .map(|one| one["decision"].clone())
        .collect();
    assert_eq!(decisions, ["approved", "denied"]);
}

#[test]
fn and_other_calls_go_on_meanwhile() {
    let stage = Stage::new(Some(&policy()));
    let mut session = stage.session();
    begin_and_be_asked_about(&mut session, "write_thing", &json!({}));
    echoed(&session.call("echo"));
    echoed(&stage.session().call("read_thing"));
    let (id, _) = stage.question(WAITS);
    stage.ctl(&["approvals", "allow", &id]);
    assert_eq!(session.answer()["id"], "asked");
}
