use crate::stage::{Stage, echoed};
use serde_json::json;

#[test]
fn and_counts_for_nothing() {
    let stage = Stage::new(Some(&json!({"version": "1", "default": "deny", "tools": {
        "echo": {"rate_limit": {"max": 1, "window": "day", "scope": "grant"}},
        "write_thing": {"approval": {}, "require": [{"path": "args.topic", "op": "exists"}]},
    }})));
    let explain = ["policy", "explain", "--server", "other"];
    let explained = |more: &[&str]| {
        let all: Vec<&str> = explain.iter().chain(more).copied().collect();
        stage.home.ctl(&all)
    };
    for _ in 0..3 {
        let allowed = explained(&["echo", "{}"]);
        assert_eq!(allowed.code, Some(0), "{allowed:?}");
        stage.said("explain, forwarded", &allowed.out);
    }
    let asked = explained(&["write_thing", r#"{"topic": "t"}"#]);
    assert_eq!(asked.code, Some(0), "{asked:?}");
    stage.said("explain, asked", &asked.out);
    let denied = explained(&["write_thing"]);
    assert_eq!(denied.code, Some(1), "{denied:?}");
    stage.said("explain, denied", &denied.out);
    let senseless = explained(&["write_thing", "[1]"]);
    assert_eq!(senseless.code, Some(2), "{senseless:?}");
    stage.said("explain, no object", &senseless.err);
    assert_eq!(stage.called(), [""; 0]);
    assert!(stage.activity(0).is_empty());
    assert_eq!(stage.ctl(&["approvals"]), "No call waits for you.\n");

    echoed(&stage.session().call("echo"));
    let full = explained(&["echo"]);
    assert_eq!(full.code, Some(1), "{full:?}");
}
