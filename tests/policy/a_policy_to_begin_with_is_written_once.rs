use crate::stage::{SERVER, Stage, echoed, policy_file, refused};
use serde_json::{Value, json};

#[test]
fn over_the_tools_that_there_are() {
    let mut stage = Stage::new(None);
    stage.said("init", &stage.ctl(&["policy", "init"]));
    stage.keeper.read_until("in force");
    let path = policy_file(&stage.home);
    let text = fs_err::read_to_string(&path).unwrap();
    let policy: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(policy["default"], "deny");
    let tools = &policy["tools"];
    assert_eq!(tools["read_thing"], json!({}), "a third-party read");
    assert_eq!(tools["write_thing"], json!({"approval": {"timeout_s": 50}}));
    assert_eq!(tools["delete_thing"]["action"], "deny");
    assert_eq!(tools["test_zoom_connection"], json!({}), "a bundled read");
    assert_eq!(tools["zoom_refresh_token"]["limits"][0]["max"], 10);
    let checked = stage.ctl(&["policy", "check", path.to_str().unwrap()]);
    assert!(checked.contains("no mistakes"), "{checked}");
    let mut session = stage.session();
    echoed(&session.call("read_thing"));
    assert_eq!(session.call("delete_thing")["isError"], true);

    let again = stage.home.ctl(&["policy", "init"]);
    stage.said("init, one is there", refused(&again));
    assert_eq!(fs_err::read_to_string(&path).unwrap(), text);
}

#[test]
fn and_names_the_servers_that_cannot_be_asked() {
    let mut stage = Stage::new(None);
    assert_eq!(stage.keeper.interrupt(), Some(0));
    let written = stage.home.ctl(&["policy", "init"]);
    assert_eq!(written.code, Some(0), "{written:?}");
    assert!(written.err.contains(SERVER), "{written:?}");
    stage.said("init, without a keeper", &written.err);
}
