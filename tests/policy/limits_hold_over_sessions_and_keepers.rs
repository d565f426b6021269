use crate::stage::{Stage, denied, echoed};
use serde_json::{Value, json};

/// Of a day, so that no slow machine outlives it.
fn policy() -> Value {
    json!({"version": "1", "default": "allow", "tools": {
        "echo": {"limits": [{"counter": "n", "window": "day", "max": 3, "scope": "grant"}]},
        "read_thing": {"rate_limit": {"max": 1, "window": "day"}},
    }})
}

#[test]
fn as_many_calls_as_are_allowed_and_no_more() {
    let mut stage = Stage::new(Some(&policy()));
    let mut one = stage.session();
    let mut other = stage.session();
    for session in [&mut one, &mut other] {
        echoed(&session.call("echo"));
        echoed(&session.call("read_thing"));
        assert!(denied(&session.call("read_thing")).contains("in one session"));
    }
    stage.restart_keeper();
    // The relays have found the new one when they are served; they may be told of the gap first.
    let mut third = stage.session();
    echoed(&third.call("echo"));
    let words = denied(&third.call("echo")).to_owned();
    let wait = words.split("Call again in ").nth(1).unwrap_or_default();
    stage.said("denied by limit", &words.replace(wait, "TIME"));
    let calls = stage.called();
    assert_eq!(calls.iter().filter(|tool| *tool == "echo").count(), 3);
}
