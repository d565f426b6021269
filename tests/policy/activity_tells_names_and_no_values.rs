use crate::stage::{SERVER, Stage};
use serde_json::{Value, json};

#[test]
fn of_every_call() {
    let stage = Stage::new(Some(&json!({"version": "1", "default": "allow", "tools": {
        "delete_thing": {"action": "deny"}}})));
    let mut session = stage.session();
    let arguments = json!({"topic": "planted-topic", "agenda": {"planted-inner": 1}});
    session.call_with("write_thing", &arguments);
    session.call_with("delete_thing", &arguments);
    session.close();
    let told = stage.activity(2);
    let kept = |field: &str| -> Vec<Value> { told.iter().map(|one| one[field].clone()).collect() };
    assert_eq!(kept("tool"), ["write_thing", "delete_thing"]);
    assert_eq!(kept("entry"), [SERVER, SERVER]);
    assert_eq!(kept("decision"), ["allowed", "denied"]);
    assert_eq!(kept("rule"), ["/default", "/tools/delete_thing/action"]);
    assert_eq!(kept("arguments")[0], json!(["agenda", "topic"]));
    assert_eq!(told[0]["outcome"], "answered");
    assert!(
        told.iter().all(|one| one["latency_ms"].is_u64()),
        "{told:?}"
    );
    assert!(stage.home.zoomtray().join("data/activity").is_dir());
    let planted = stage.home.files_with("planted");
    let outside: Vec<_> = planted
        .iter()
        .filter(|path| !path.ends_with("server.log"))
        .collect();
    assert!(outside.is_empty(), "{outside:?}");
    let lines = stage.ctl(&["activity"]).lines().last().unwrap().to_owned();
    stage.said("activity", &lines);
}
