//! A new child behind a legacy session.

use super::stage::{
    INITIALIZE, INITIALIZE_RESULT, INITIALIZED, Stage, call, error, is_refusal, notification,
    request, result, rotating, to_child, to_client,
};
use crate::effect::Notice;

const URI: &str = r#"{"uri":"file:///a"}"#;

/// A session with a used child of token 1, and the token's successor that has started child 2.
fn rotated(stage: &mut Stage) {
    assert_eq!(stage.token(2), ["start 2 Rotation"]);
}

fn session() -> Stage {
    Stage::used(rotating())
}

#[test]
fn the_new_child_is_told_the_session_and_its_answers_are_swallowed() {
    let mut stage = session();
    let level = request("3", "logging/setLevel", r#"{"level":"info"}"#);
    let older = request("2", "logging/setLevel", r#"{"level":"debug"}"#);
    let subscribe = request("4", "resources/subscribe", URI);
    for (id, message) in [("2", &older), ("3", &level), ("4", &subscribe)] {
        stage.client(message);
        stage.child(1, &result(id, "{}"));
    }
    rotated(&mut stage);
    assert_eq!(stage.up(2), [to_child(2, INITIALIZE)]);
    let replayed = stage.child(2, INITIALIZE_RESULT);
    assert_eq!(
        replayed,
        [
            to_child(2, INITIALIZED),
            to_child(2, level),
            to_child(2, subscribe)
        ]
    );
    assert_eq!(stage.child(2, &result("3", "{}")), [""; 0]);
    assert_eq!(
        stage.child(2, &result("4", "{}")),
        ["end 1"],
        "ready: the old one has nothing"
    );
}

#[test]
fn requests_go_to_the_old_child_until_the_new_one_is_ready_and_late_answers_come_through() {
    let mut stage = session();
    stage.client(&call("1"));
    rotated(&mut stage);
    assert_eq!(stage.client(&call("2")), [to_child(1, call("2"))]);
    stage.up(2);
    assert_eq!(stage.client(&call("3")), [to_child(1, call("3"))]);
    assert_eq!(
        stage.child(2, INITIALIZE_RESULT),
        [to_child(2, INITIALIZED)]
    );
    assert_eq!(stage.client(&call("4")), [to_child(2, call("4"))]);
    for id in ["2", "1"] {
        let answer = result(id, r#"{"content":[]}"#);
        assert_eq!(stage.child(1, &answer), [to_client(&answer)]);
    }
    let answer = result("3", "{}");
    assert_eq!(
        stage.child(1, &answer),
        [to_client(&answer), "end 1".into()]
    );
}

#[test]
fn the_old_child_drains_for_five_minutes_and_no_longer() {
    let mut stage = session();
    stage.client(&call("1"));
    rotated(&mut stage);
    stage.up(2);
    stage.child(2, INITIALIZE_RESULT);
    assert_eq!(stage.pass(299), [""; 0]);
    let effects = stage.pass(1);
    assert_eq!(effects[0], "end 1");
    assert!(
        is_refusal(&effects[1], "1", "was not sent again"),
        "{effects:?}"
    );
    assert_eq!(stage.child(1, &result("1", "{}")), [""; 0]);
}

#[test]
fn no_more_than_two_children_drain() {
    let mut stage = session();
    let mut effects = Vec::new();
    for child in 1..=3 {
        stage.client(&call(&child.to_string()));
        stage.token(u64::from(child) + 1);
        stage.up(child + 1);
        effects = stage.child(child + 1, INITIALIZE_RESULT);
    }
    assert_eq!(effects[1], "end 1", "{effects:?}");
    assert!(is_refusal(&effects[2], "1", "was not sent again"));
    assert_eq!(effects.len(), 3);
}

#[test]
fn subscriptions_that_ended_or_were_refused_are_not_replayed() {
    let mut stage = session();
    stage.client(&request("1", "resources/subscribe", URI));
    stage.client(&request("2", "resources/unsubscribe", URI));
    stage.client(&request(
        "3",
        "resources/subscribe",
        r#"{"uri":"file:///b"}"#,
    ));
    stage.child(1, &result("1", "{}"));
    stage.child(1, &result("2", "{}"));
    stage.child(1, &error("3"));
    rotated(&mut stage);
    stage.up(2);
    assert_eq!(
        stage.child(2, INITIALIZE_RESULT),
        [to_child(2, INITIALIZED), "end 1".into()]
    );
}

#[test]
fn what_changes_while_the_new_child_settles_reaches_both() {
    let mut stage = session();
    let level = request("1", "logging/setLevel", r#"{"level":"info"}"#);
    stage.client(&level);
    stage.child(1, &result("1", "{}"));
    rotated(&mut stage);
    stage.up(2);
    stage.child(2, INITIALIZE_RESULT);
    let subscribe = request("5", "resources/subscribe", URI);
    let both = [to_child(2, &subscribe), to_child(1, &subscribe)];
    assert_eq!(stage.client(&subscribe), both);
    stage.child(2, &result("1", "{}"));
    assert_eq!(stage.child(2, &result("5", "{}")), [""; 0], "swallowed");
    let answer = result("5", "{}");
    assert_eq!(
        stage.child(1, &answer),
        [to_client(&answer), "end 1".into()]
    );
}

#[test]
fn a_child_that_answers_no_replay_is_used_after_five_seconds() {
    let mut stage = session();
    stage.client(&request("1", "logging/setLevel", r#"{"level":"info"}"#));
    stage.child(1, &result("1", "{}"));
    rotated(&mut stage);
    stage.up(2);
    stage.child(2, INITIALIZE_RESULT);
    assert_eq!(stage.pass(4), [""; 0]);
    assert_eq!(stage.pass(1), ["end 1"]);
    let again = request("1", "ping", "{}");
    assert!(is_refusal(&stage.client(&again)[0], "1", "in use"));
}

#[test]
fn a_different_tool_list_is_told_once() {
    let mut stage = session();
    stage.list_tools("1", 1, r#"[{"name":"a"}]"#);
    let changed = to_client(r#"{"jsonrpc":"2.0","method":"notifications/tools/list_changed"}"#);
    let question = r#"{"jsonrpc":"2.0","id":"zoomtray-tools","method":"tools/list","params":{}}"#;
    for (child, tools, told) in [(2, "a", false), (3, "b", true), (4, "b", false)] {
        stage.token(child.into());
        stage.up(child);
        let asked = stage.child(child, INITIALIZE_RESULT);
        assert_eq!(
            asked,
            [to_child(child, INITIALIZED), to_child(child, question)]
        );
        let tools = format!(r#"{{"tools":[{{"name":"{tools}"}}],"ttlMs":{child}}}"#);
        let effects = stage.child(child, &result("\"zoomtray-tools\"", &tools));
        assert_eq!(effects.contains(&changed), told, "{effects:?}");
        stage.client(&request("9", "ping", "{}"));
        stage.child(child, &result("9", "{}"));
        stage.client(&call("8"));
        stage.child(child, &result("8", "{}"));
    }
}

#[test]
fn an_idle_session_is_rotated_at_its_next_call() {
    let mut stage = session();
    stage.client(&call("1"));
    stage.child(1, &result("1", "{}"));
    rotated(&mut stage);
    stage.up(2);
    stage.child(2, INITIALIZE_RESULT);
    stage.client(&request("\"p\"", "ping", "{}"));
    stage.child(2, &result("\"p\"", "{}"));
    stage.pass(3500);
    assert_eq!(stage.token(3), [""; 0], "nobody used the last one");
    assert_eq!(
        stage.client(&call("2")),
        [to_child(2, call("2")), "start 3 Rotation".into()],
        "its token still lives"
    );
}

#[test]
fn a_call_to_an_idle_session_whose_token_has_ended_waits_for_the_new_child() {
    let mut stage = session();
    stage.pass(3500);
    stage.token(2);
    stage.up(2);
    stage.child(2, INITIALIZE_RESULT);
    stage.pass(3500);
    assert_eq!(stage.token(3), [""; 0]);
    stage.pass(200);
    assert_eq!(stage.client(&call("2")), ["start 3 Rotation"]);
    stage.up(3);
    assert_eq!(
        stage.child(3, INITIALIZE_RESULT),
        [
            to_child(3, INITIALIZED),
            to_child(3, call("2")),
            "end 2".into()
        ]
    );
}

#[test]
fn a_new_child_that_fails_leaves_the_old_one_serving() {
    let mut stage = session();
    rotated(&mut stage);
    assert_eq!(stage.exit(2), ["start 3 Rotation"]);
    stage.up(3);
    assert_eq!(
        stage.child(3, &error("0")),
        ["end 3"],
        "it rejects the session"
    );
    assert_eq!(stage.client(&call("1")), [to_child(1, call("1"))]);
    assert_eq!(stage.pass(1), ["start 4 Rotation"]);
    let failed = |notice: &&Notice| matches!(notice, Notice::Failed { .. });
    assert_eq!(stage.told.iter().filter(failed).count(), 2);
}

#[test]
fn a_client_that_opens_its_session_anew_is_replayed_in_its_new_form() {
    let mut stage = session();
    rotated(&mut stage);
    stage.up(2);
    let again = INITIALIZE.replace("\"id\":0", "\"id\":9");
    assert_eq!(stage.client(&again), ["end 2".into(), to_child(1, &again)]);
    assert_eq!(stage.client(&call("1")), [""; 0], "not before the answer");
    let answer = INITIALIZE_RESULT.replace("\"id\":0", "\"id\":9");
    assert_eq!(
        stage.child(1, &answer),
        [
            to_client(&answer),
            to_child(1, call("1")),
            "start 3 Rotation".into()
        ]
    );
    assert_eq!(stage.up(3), [to_child(3, &again)]);
}

#[test]
fn a_child_that_opens_the_session_anew_has_time_for_it_however_long_it_has_lived() {
    let mut stage = session();
    stage.pass(600);
    let again = INITIALIZE.replace("\"id\":0", "\"id\":9");
    assert_eq!(stage.client(&again), [to_child(1, &again)]);
    assert_eq!(stage.pass(29), [""; 0]);
}

#[test]
fn a_replaced_child_tells_no_changes_but_its_progress_and_log() {
    let mut stage = session();
    stage.client(&call("1"));
    rotated(&mut stage);
    stage.up(2);
    stage.child(2, INITIALIZE_RESULT);
    for method in ["tools/list_changed", "resources/updated"] {
        let told = notification(&format!("notifications/{method}"), "{}");
        assert_eq!(stage.child(1, &told), [""; 0]);
        assert_eq!(stage.child(2, &told), [to_client(&told)]);
    }
    for method in ["progress", "message"] {
        let told = notification(&format!("notifications/{method}"), r#"{"progressToken":1}"#);
        assert_eq!(stage.child(1, &told), [to_client(&told)]);
    }
}

#[test]
fn a_task_is_followed_to_the_child_that_has_it() {
    let mut stage = session();
    let begin = request("1", "tools/call", r#"{"name":"a","task":{"ttl":60000}}"#);
    stage.client(&begin);
    stage.child(
        1,
        &result("1", r#"{"task":{"taskId":"t","status":"working"}}"#),
    );
    rotated(&mut stage);
    stage.up(2);
    assert_eq!(
        stage.child(2, INITIALIZE_RESULT),
        [to_child(2, INITIALIZED)]
    );
    let get = request("2", "tasks/get", r#"{"taskId":"t"}"#);
    assert_eq!(stage.client(&get), [to_child(1, &get)]);
    stage.child(1, &result("2", r#"{"taskId":"t","status":"completed"}"#));
    let fetch = request("3", "tasks/result", r#"{"taskId":"t"}"#);
    assert_eq!(stage.client(&fetch), [to_child(1, &fetch)]);
    let last = result("3", r#"{"content":[]}"#);
    assert_eq!(stage.child(1, &last), [to_client(&last), "end 1".into()]);
}

#[test]
fn a_finished_task_that_nobody_fetches_holds_its_child_for_thirty_seconds() {
    let mut stage = session();
    stage.client(&request("1", "tools/call", r#"{"name":"a","task":{}}"#));
    stage.child(
        1,
        &result("1", r#"{"task":{"taskId":"t","status":"working"}}"#),
    );
    rotated(&mut stage);
    stage.up(2);
    stage.child(2, INITIALIZE_RESULT);
    let told = notification(
        "notifications/tasks/status",
        r#"{"taskId":"t","status":"failed"}"#,
    );
    stage.child(1, &told);
    assert_eq!(stage.pass(29), [""; 0]);
    assert_eq!(stage.pass(1), ["end 1"]);
}
