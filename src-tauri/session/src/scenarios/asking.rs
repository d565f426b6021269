//! Servers that ask the client.

use super::stage::{
    INITIALIZE_RESULT, Stage, error, notification, request, result, rotating, to_child, to_client,
};
use crate::effect::Notice;

const PARAMS: &str = r#"{"message":"id 1","_meta":{"progressToken":7}}"#;

/// Child 1 has asked and is draining; child 2 serves.
fn swapped() -> Stage {
    let mut stage = Stage::used(rotating());
    let asked = stage.child(1, &request("1", "elicitation/create", PARAMS));
    let shown = request("\"zoomtray-1-1\"", "elicitation/create", PARAMS);
    assert_eq!(asked, [to_client(shown)]);
    stage.token(2);
    stage.up(2);
    stage.child(2, INITIALIZE_RESULT);
    stage
}

#[test]
fn answers_reach_the_child_that_asked_under_its_own_id() {
    let mut stage = swapped();
    let asked = stage.child(2, &request("1", "roots/list", "{}"));
    assert_eq!(
        asked,
        [to_client(request("\"zoomtray-2-2\"", "roots/list", "{}"))]
    );
    let roots = stage.client(&result("\"zoomtray-2-2\"", r#"{"roots":[]}"#));
    assert_eq!(roots, [to_child(2, result("1", r#"{"roots":[]}"#))]);
    let refused = stage.client(&error("\"zoomtray-1-1\""));
    assert_eq!(
        refused,
        [to_child(1, error("1")), "end 1".into()],
        "it waited for that"
    );
}

#[test]
fn the_questions_of_a_dead_child_are_cancelled() {
    let mut stage = swapped();
    let effects = stage.exit(1);
    let cancelled = notification(
        "notifications/cancelled",
        r#"{"requestId":"zoomtray-1-1","reason":"The server that asked has ended."}"#,
    );
    assert_eq!(effects, [to_client(cancelled)]);
    assert_eq!(stage.client(&result("\"zoomtray-1-1\"", "{}")), [""; 0]);
    assert!(matches!(
        stage.told.last(),
        Some(Notice::StrayAnswer { .. })
    ));
}

#[test]
fn a_child_takes_its_question_back_under_the_id_that_the_client_knows() {
    let mut stage = swapped();
    let cancel = r#"{"reason":"1","requestId":1}"#;
    let effects = stage.child(1, &notification("notifications/cancelled", cancel));
    let shown = r#"{"reason":"1","requestId":"zoomtray-1-1"}"#;
    let shown = to_client(notification("notifications/cancelled", shown));
    assert_eq!(effects, [shown, "end 1".into()]);
}

#[test]
fn the_client_s_progress_reaches_who_asked() {
    let mut stage = swapped();
    let progress = notification(
        "notifications/progress",
        r#"{"progressToken":7,"progress":1}"#,
    );
    assert_eq!(stage.client(&progress), [to_child(1, &progress)]);
    stage.client(&result("\"zoomtray-1-1\"", "{}"));
    assert_eq!(stage.client(&progress), [""; 0]);
}

#[test]
fn of_two_who_use_the_same_progress_token_the_last_to_ask_hears() {
    let mut stage = swapped();
    stage.child(2, &request("1", "elicitation/create", PARAMS));
    let progress = notification("notifications/progress", r#"{"progressToken":7}"#);
    assert_eq!(stage.client(&progress), [to_child(2, &progress)]);
}

#[test]
fn a_question_under_an_open_id_is_dropped() {
    let mut stage = swapped();
    assert_eq!(stage.child(1, &request("1", "ping", "{}")), [""; 0]);
    assert!(matches!(
        stage.told.last(),
        Some(Notice::DuplicateRequest { .. })
    ));
}

#[test]
fn changed_roots_are_told_to_every_child() {
    let mut stage = swapped();
    let told = notification("notifications/roots/list_changed", "{}");
    assert_eq!(
        stage.client(&told),
        [to_child(1, &told), to_child(2, &told)]
    );
}
