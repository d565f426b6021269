use crate::stage::{Stage, denied};
use serde_json::{Value, json};

#[test]
fn and_every_other_tool_is() {
    let mut stage = Stage::new(Some(&json!({"version": "1", "default": "allow"})));
    let mut session = stage.session();
    let names = |list: &Value| -> Vec<String> {
        let tools = list["tools"].as_array().unwrap().iter();
        tools
            .map(|tool| tool["name"].as_str().unwrap().to_owned())
            .collect()
    };
    let all = session.request("tools/list", &json!({}));
    assert!(names(&all).contains(&"delete_thing".to_owned()), "{all}");

    let hiding = json!({"version": "1", "default": "allow", "hide": ["delete_thing", "echo"]});
    stage.edit(&hiding.to_string(), "in force");
    let shown = session.request("tools/list", &json!({}));
    let mut expected = all.clone();
    expected["tools"]
        .as_array_mut()
        .unwrap()
        .retain(|tool| tool["name"] != "delete_thing" && tool["name"] != "echo");
    assert_eq!(shown, expected);
    let another = stage.session().request("tools/list", &json!({}));
    assert_eq!(names(&another), names(&expected), "in every session");

    stage.said(
        "denied because hidden",
        denied(&session.call("delete_thing")),
    );
    assert_eq!(stage.called(), [""; 0]);
    let told = stage.ctl(&["tools"]);
    assert!(told.contains("hidden       /hide/0"), "{told}");
}
