use crate::stage::{SERVER, Stage};
use serde_json::{Value, json};

#[test]
fn of_every_relayed_server() {
    let stage = Stage::new(Some(
        &json!({"version": "1", "default": "deny", "hide": ["pid"], "tools": {
            "read_thing": {},
            "write_thing": {"approval": {}},
            "echo": {"require": [{"path": "args.topic", "op": "exists"}]},
        }}),
    ));
    let told: Value = serde_json::from_str(&stage.ctl(&["tools", "--json"])).unwrap();
    let names: Vec<&Value> = told
        .as_array()
        .unwrap()
        .iter()
        .map(|one| &one["server"])
        .collect();
    assert_eq!(names, [SERVER, "zoom"], "the bundled one too");
    let tool = |name: &str| {
        let mut tools = told[0]["tools"].as_array().unwrap().iter();
        tools.find(|tool| tool["name"] == name).unwrap().clone()
    };
    assert_eq!(
        tool("read_thing"),
        json!({"name": "read_thing", "risk": "read", "risk_from": "annotations",
            "decision": "allowed", "rule": "/tools/read_thing"})
    );
    let lines = stage.ctl(&["tools"]);
    for name in ["read_thing", "write_thing", "delete_thing", "echo", "pid"] {
        let line = lines
            .lines()
            .find(|line| line.trim_start().starts_with(name))
            .unwrap();
        stage.said(&format!("tools, {name}"), line);
    }
}
