use crate::stage::{Stage, denied, echoed};
use serde_json::json;

#[test]
fn and_the_reason_and_the_server_never_hears_of_it() {
    let stage = Stage::new(Some(&json!({"version": "1", "default": "deny", "tools": {
        "echo": {},
        "delete_thing": {"action": "deny", "reason": "Ask the host."},
        "write_thing": {
            "require": [{"path": "args.topic", "op": "exists"}],
            "deny_if": [{"path": "args.duration", "op": "gt", "value": 240,
                "on_deny": "Over four hours needs a person."}],
        },
    }})));
    let mut session = stage.session();
    for (subject, tool, arguments) in [
        ("denied by action", "delete_thing", json!({})),
        ("denied because unlisted", "pid", json!({})),
        ("denied by require", "write_thing", json!({})),
        (
            "denied by deny_if",
            "write_thing",
            json!({"topic": "t", "duration": 300}),
        ),
    ] {
        stage.said(subject, denied(&session.call_with(tool, &arguments)));
    }
    let arguments = json!({"topic": "t", "duration": 30});
    assert_eq!(
        echoed(&session.call_with("write_thing", &arguments)),
        &arguments
    );
    assert_eq!(stage.called(), ["write_thing"], "nothing that was denied");
}
