use crate::stage::{Stage, WAITS, begin_and_be_asked_about, echoed};
use serde_json::{Value, json};

fn policy() -> Value {
    json!({"version": "1", "default": "allow", "tools": {"write_thing": {"approval": {}}}})
}

#[test]
fn at_the_clients_word() {
    let stage = Stage::new(Some(&policy()));
    let mut session = stage.session();
    begin_and_be_asked_about(&mut session, "write_thing", &json!({}));
    let (id, _) = stage.question(WAITS);
    session.send(
        &json!({"jsonrpc": "2.0", "method": "notifications/cancelled",
        "params": {"requestId": "asked"}}),
    );
    echoed(&session.call("echo"));
    stage.wait_until_nobody_is_asked();
    assert_eq!(stage.home.ctl(&["approvals", "allow", &id]).code, Some(1));
    echoed(&session.call("echo"));
    assert_eq!(stage.called(), ["echo", "echo"]);
    let told = stage.activity(3);
    assert_eq!(told[0]["decision"], "withdrawn", "{told:?}");
}

#[test]
fn when_the_client_is_gone() {
    let stage = Stage::new(Some(&policy()));
    let mut session = stage.session();
    begin_and_be_asked_about(&mut session, "write_thing", &json!({}));
    stage.question(WAITS);
    session.close();
    stage.wait_until_nobody_is_asked();
    assert_eq!(stage.called(), [""; 0]);
}
