//! How a session opens, with a child that works and with one that does not.

use super::stage::{
    INITIALIZE, INITIALIZE_RESULT, INITIALIZED, Stage, call, is_refusal, request, result, settings,
    to_child, to_client,
};
use crate::era::Era;
use crate::handshake::Handshake;

const TOOLS: &str = r#"{"tools":[{"name":"a"}]}"#;

/// What a session that went well leaves for the next.
fn handshake() -> Handshake {
    let mut stage = Stage::legacy(settings());
    stage.client(&request("1", "tools/list", "{}"));
    stage.child(1, &result("1", TOOLS));
    stage.kept
}

#[test]
fn the_opening_passes_unchanged() {
    let stage = Stage::legacy(settings());
    assert_eq!(stage.session.era(), Era::Legacy);
}

#[test]
fn a_probe_before_the_opening_settles_nothing() {
    let mut stage = Stage::new(settings());
    stage.up(1);
    for method in ["server/discover", "ping"] {
        let probe = request("7", method, "{}");
        assert_eq!(stage.client(&probe), [to_child(1, &probe)]);
        assert_eq!(
            stage.child(1, &result("7", "{}")),
            [to_client(result("7", "{}"))]
        );
    }
    assert_eq!(stage.session.era(), Era::Unknown);
    assert_eq!(stage.client(INITIALIZE), [to_child(1, INITIALIZE)]);
    assert_eq!(stage.session.era(), Era::Legacy);
    assert_eq!(
        stage.child(1, INITIALIZE_RESULT),
        [to_client(INITIALIZE_RESULT)]
    );
}

#[test]
fn what_the_client_sends_before_the_child_is_up_waits_in_order() {
    let mut stage = Stage::new(settings());
    let (one, two) = (request("1", "tools/list", "{}"), call("2"));
    assert_eq!(stage.client(&one), [""; 0]);
    assert_eq!(stage.client(&two), [""; 0]);
    assert_eq!(stage.up(1), [to_child(1, one), to_child(1, two)]);
}

#[test]
fn the_cached_handshake_stands_in_for_a_child_that_exits_at_start() {
    let mut stage = Stage::with(settings(), handshake());
    assert_eq!(stage.client(INITIALIZE), [""; 0]);
    let effects = stage.exit(1);
    let opened = to_client(INITIALIZE_RESULT);
    assert_eq!(effects, [opened, "start 2 Lost".into()]);
    assert_eq!(stage.client(INITIALIZED), [""; 0]);
    let tools = stage.client(&request("1", "tools/list", "{}"));
    assert_eq!(tools, [to_client(result("1", TOOLS))]);
    assert_eq!(stage.client(&call("2")), [""; 0]);
    assert_eq!(stage.exit(2), [""; 0]);
    let later = stage.pass(20);
    let refusals = later
        .iter()
        .filter(|line| is_refusal(line, "2", "zoomtrayctl doctor"));
    assert_eq!(refusals.count(), 1, "{later:?}");
}

#[test]
fn a_child_that_comes_after_the_cached_handshake_is_opened_without_the_client() {
    let mut stage = Stage::with(settings(), handshake());
    stage.client(INITIALIZE);
    stage.exit(1);
    stage.client(INITIALIZED);
    stage.client(&call("2"));
    assert_eq!(stage.up(2), [to_child(2, INITIALIZE)]);
    let effects = stage.child(2, INITIALIZE_RESULT);
    assert_eq!(effects, [to_child(2, INITIALIZED), to_child(2, call("2"))]);
}

#[test]
fn a_child_whose_tools_differ_from_the_cached_ones_makes_the_client_list_again() {
    let mut stage = Stage::with(settings(), handshake());
    stage.client(INITIALIZE);
    stage.exit(1);
    stage.client(INITIALIZED);
    stage.client(&request("1", "tools/list", "{}"));
    stage.up(2);
    stage.child(2, INITIALIZE_RESULT);
    let tools = r#"{"tools":[{"name":"b"}]}"#;
    let effects = stage.child(2, &result("\"zoomtray-tools\"", tools));
    let told = r#"{"jsonrpc":"2.0","method":"notifications/tools/list_changed"}"#;
    assert_eq!(effects, [to_client(told)]);
}

#[test]
fn a_list_that_a_dying_child_owes_is_answered_from_the_cache() {
    let mut stage = Stage::with(settings(), handshake());
    stage.open_legacy();
    stage.client(&request("1", "tools/list", "{}"));
    let effects = stage.exit(1);
    assert_eq!(effects[0], to_client(result("1", TOOLS)));
}

#[test]
fn another_protocol_version_is_not_answered_from_the_cache() {
    let mut stage = Stage::with(settings(), handshake());
    stage.client(&INITIALIZE.replace("2025-11-25", "2024-11-05"));
    assert_eq!(stage.exit(1), ["start 2 Lost"]);
}

#[test]
fn without_a_cache_the_next_child_opens_the_session() {
    let mut stage = Stage::new(settings());
    stage.client(INITIALIZE);
    stage.up(1);
    assert_eq!(stage.exit(1), ["start 2 Lost"]);
    assert_eq!(stage.up(2), [to_child(2, INITIALIZE)]);
    assert_eq!(
        stage.child(2, INITIALIZE_RESULT),
        [to_client(INITIALIZE_RESULT)]
    );
}

#[test]
fn an_opening_that_nobody_answers_fails_before_claude_gives_up() {
    let mut stage = Stage::new(settings());
    stage.client(INITIALIZE);
    stage.up(1);
    assert_eq!(stage.pass(44), [""; 0]);
    let effects = stage.pass(1);
    assert!(is_refusal(&effects[0], "0", "not running"), "{effects:?}");
    assert_eq!(effects.len(), 1);
    assert_eq!(stage.child(1, INITIALIZE_RESULT), [""; 0], "too late");
}

#[test]
fn a_child_that_hangs_is_stood_in_for_and_its_late_answer_swallowed() {
    let mut stage = Stage::with(settings(), handshake());
    stage.client(INITIALIZE);
    stage.up(1);
    assert_eq!(stage.pass(29), [""; 0]);
    assert_eq!(stage.pass(1), [to_client(INITIALIZE_RESULT)]);
    stage.client(INITIALIZED);
    assert_eq!(stage.client(&call("2")), [""; 0]);
    let effects = stage.child(1, INITIALIZE_RESULT);
    assert_eq!(effects, [to_child(1, INITIALIZED), to_child(1, call("2"))]);
}

#[test]
fn the_cached_handshake_comes_before_an_error_when_the_child_was_slow_to_start() {
    let mut stage = Stage::with(settings(), handshake());
    stage.client(INITIALIZE);
    stage.pass(20);
    stage.up(1);
    assert_eq!(stage.pass(24), [""; 0]);
    assert_eq!(stage.pass(1), [to_client(INITIALIZE_RESULT)]);
}

#[test]
fn a_child_that_hangs_at_start_is_replaced() {
    let mut stage = Stage::with(settings(), handshake());
    stage.client(INITIALIZE);
    stage.up(1);
    let effects = stage.pass(120);
    assert_eq!(effects[1..], ["end 1", "start 2 Lost"], "{effects:?}");
}

#[test]
fn an_error_to_initialize_is_the_clients_and_it_may_try_again() {
    let mut stage = Stage::new(settings());
    stage.client(INITIALIZE);
    stage.up(1);
    let rejection = super::stage::error("0");
    assert_eq!(stage.child(1, &rejection), [to_client(&rejection)]);
    let again = INITIALIZE.replace("\"id\":0", "\"id\":1");
    assert_eq!(stage.client(&again), [to_child(1, &again)]);
    let answer = INITIALIZE_RESULT.replace("\"id\":0", "\"id\":1");
    assert_eq!(stage.child(1, &answer), [to_client(&answer)]);
}

#[test]
fn a_second_initialize_waits_for_the_first_ones_answer() {
    let mut stage = Stage::new(settings());
    stage.client(INITIALIZE);
    let again = stage.client(&INITIALIZE.replace("\"id\":0", "\"id\":1"));
    assert!(is_refusal(&again[0], "1", "Wait for its answer"));
}

#[test]
fn an_answer_changes_what_is_kept_only_when_it_differs() {
    let mut stage = Stage::with(settings(), handshake());
    stage.kept = Handshake::default();
    stage.open_legacy();
    assert_eq!(stage.kept, Handshake::default(), "the same again");
}
