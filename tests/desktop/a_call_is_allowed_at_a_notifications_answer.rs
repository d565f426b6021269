use crate::claude::wait_for_line;
use crate::stage::{SOON, Stage};
use black_box_tests::{Mcp, program};
use desktop_session::Panel;
use serde_json::json;

/// A person must allow it, by the policy to begin with.
const TOOL: &str = "write_thing";
/// The question.
const QUESTION: &str = "Allow write_thing?";

#[test]
fn or_elsewhere_which_takes_the_question_from_the_screen() {
    let mut stage = Stage::new(Panel::WithTray);
    let config = stage.desktop.home().join("claude_desktop_config.json");
    let entry = json!({"command": program("stand-in-server")});
    let whole = json!({"mcpServers": {"other": entry}});
    fs_err::write(&config, whole.to_string()).unwrap();
    stage.set("CLAUDE_CONFIG_FILE", config.display());
    stage.zoom.fake.set_lifetime(3600);
    stage.add_account();
    stage.ctl(&["claude", "connect", "other"], "");
    let notifications = stage.desktop.notifications().unwrap();
    let (_app, item) = stage.start_app();
    wait_for_line(&item, "No call waits for you");
    stage.ctl(&["policy", "init"], "");
    let explain = ["policy", "explain", TOOL, "--server", "other"];
    while !stage.ctl(&explain, "").starts_with("A person is asked") {}

    let mut session = stage.relay("other");
    begin(&mut session);
    let asked = notifications
        .wait_for(SOON, |shown| shown.summary == QUESTION)
        .unwrap();
    let labels: Vec<&String> = asked.actions.iter().skip(1).step_by(2).collect();
    assert_eq!(labels, ["Allow once", "Deny"], "{asked:?}");
    assert!(
        asked
            .body
            .starts_with("A call through entry other waits until "),
        "{asked:?}"
    );
    assert!(!asked.body.contains("planted"), "{asked:?}");
    wait_for_line(&item, "1 call waits for you…");
    stage.picture("approval");
    stage.desktop.choose_action("Allow once").unwrap();
    let answer = session.answer();
    assert_eq!(
        answer["result"]["structuredContent"]["topic"], "planted",
        "{answer}"
    );
    wait_for_line(&item, "No call waits for you");

    begin(&mut session);
    notifications
        .wait_for(SOON, |shown| shown.summary == QUESTION)
        .unwrap();
    let told = stage.ctl(&["approvals"], "");
    let id = told.split_whitespace().next().unwrap();
    stage.ctl(&["approvals", "deny", id], "");
    notifications.wait_for_withdrawal(SOON).unwrap();
    assert_eq!(session.answer()["result"]["isError"], true);
}

/// Begins a call, and waits until a person is asked.
fn begin(session: &mut Mcp) {
    session.send(
        &json!({"jsonrpc": "2.0", "id": "asked", "method": "tools/call", "params": {
        "name": TOOL, "arguments": {"topic": "planted"}, "_meta": {"progressToken": 1}}}),
    );
    let told = session.frame();
    assert_eq!(told["method"], "notifications/progress", "{told}");
}
