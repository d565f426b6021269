//! Calls that wait for a token, and tokens that end the last one.

use super::stage::{
    HOUR, INITIALIZE, INITIALIZE_RESULT, INITIALIZED, Stage, call, is_refusal, request, result,
    rotating, settings, to_child, to_client,
};
use crate::event::Event;
use crate::settings::{Coexistence, Settings, TokenUse};
use crate::token::TokenState;

fn subscribed() -> Settings {
    Settings {
        token_use: TokenUse::Subscribed,
        ..settings()
    }
}

fn apart() -> Settings {
    Settings {
        coexistence: Coexistence::Apart,
        ..rotating()
    }
}

fn session(settings: Settings) -> Stage {
    Stage::used(settings)
}

fn awaited() -> Event {
    let advice = "Sign in again in Zoomtray.".into();
    Event::Token(TokenState::Awaited { advice })
}

fn refused() -> Event {
    let advice = "Sign in again in Zoomtray.".into();
    Event::Token(TokenState::Refused { advice })
}

#[test]
fn only_calls_wait_for_a_token_and_go_on_with_it() {
    let mut stage = Stage::legacy(subscribed());
    assert_eq!(stage.client(&call("1")), [""; 0]);
    let list = request("2", "tools/list", "{}");
    assert_eq!(stage.client(&list), [to_child(1, list)]);
    stage.pass(19);
    assert_eq!(stage.token(1), [to_child(1, call("1"))]);
    assert_eq!(stage.token(2), [""; 0], "its child is not replaced");
}

#[test]
fn a_call_waits_twenty_seconds_and_hears_what_to_do() {
    let mut stage = Stage::legacy(subscribed());
    stage.tell(awaited());
    stage.client(&call("1"));
    assert_eq!(stage.pass(19), [""; 0]);
    let effects = stage.pass(1);
    assert!(is_refusal(&effects[0], "1", "Sign in again"), "{effects:?}");
    assert!(
        effects[0].contains(r#""isError":true"#),
        "the model reads it"
    );
    assert_eq!(stage.token(1), [""; 0]);
}

#[test]
fn a_call_that_cannot_get_a_token_is_answered_at_once() {
    let mut stage = Stage::legacy(subscribed());
    stage.client(&call("1"));
    let effects = stage.tell(refused());
    assert!(is_refusal(&effects[0], "1", "Sign in again"), "{effects:?}");
    assert!(is_refusal(
        &stage.client(&call("2"))[0],
        "2",
        "Sign in again"
    ));
}

#[test]
fn a_token_that_has_ended_is_none() {
    let mut stage = session(subscribed());
    stage.pass(3599);
    assert_eq!(stage.client(&call("1")), [to_child(1, call("1"))]);
    stage.pass(1);
    assert_eq!(stage.client(&call("2")), [""; 0]);
    assert!(is_refusal(&stage.pass(20)[0], "2", "no valid Zoom token"));
}

#[test]
fn a_child_that_started_without_a_token_is_replaced_before_it_is_called() {
    let mut stage = Stage::legacy(rotating());
    assert_eq!(stage.client(&call("1")), [""; 0]);
    assert_eq!(stage.token(1), ["start 2 Rotation"]);
    stage.up(2);
    let effects = stage.child(2, INITIALIZE_RESULT);
    assert_eq!(
        effects,
        [
            to_child(2, INITIALIZED),
            to_child(2, call("1")),
            "end 1".into()
        ]
    );
}

#[test]
fn a_new_token_ends_the_wait_before_the_next_start() {
    let mut stage = Stage::new(rotating());
    assert_eq!(stage.exit(1), ["start 2 Lost"]);
    assert_eq!(stage.exit(2), [""; 0]);
    assert_eq!(stage.token(1), ["start 3 Lost"]);
    assert_eq!(stage.exit(3), ["start 4 Lost"], "counted anew");
}

#[test]
fn calls_are_held_and_drained_before_a_token_is_ended() {
    let mut stage = session(rotating());
    stage.client(&call("1"));
    assert_eq!(stage.tell(Event::TokenRequestAhead), [""; 0]);
    assert_eq!(stage.client(&call("2")), [""; 0], "held");
    let answer = result("1", "{}");
    assert_eq!(
        stage.child(1, &answer),
        [to_client(&answer), "drained".into()]
    );
    assert_eq!(stage.token(2), ["end 1", "start 2 Rotation"]);
    assert_eq!(stage.up(2), [to_child(2, INITIALIZE)]);
    assert_eq!(
        stage.child(2, INITIALIZE_RESULT),
        [to_child(2, INITIALIZED), to_child(2, call("2"))]
    );
}

#[test]
fn a_call_that_does_not_end_delays_the_request_by_ten_seconds() {
    let mut stage = session(rotating());
    stage.client(&call("1"));
    stage.tell(Event::TokenRequestAhead);
    assert_eq!(stage.pass(9), [""; 0]);
    assert_eq!(stage.pass(1), ["drained"]);
    let effects = stage.token(2);
    assert_eq!(effects[0], "end 1");
    assert!(
        is_refusal(&effects[1], "1", "new Zoom token"),
        "{effects:?}"
    );
    assert_eq!(effects[2..], ["start 2 Rotation"]);
}

#[test]
fn a_request_that_brings_no_token_lets_the_calls_go() {
    let mut stage = session(rotating());
    assert_eq!(stage.tell(Event::TokenRequestAhead), ["drained"]);
    assert_eq!(stage.client(&call("1")), [""; 0]);
    assert_eq!(
        stage.tell(Event::TokenRequestOver),
        [to_child(1, call("1"))]
    );
}

#[test]
fn a_session_that_ends_does_not_keep_the_request_waiting() {
    let mut stage = session(rotating());
    stage.client(&call("1"));
    assert_eq!(stage.tell(Event::TokenRequestAhead), [""; 0]);
    assert_eq!(stage.tell(Event::ClientGone), ["end 1", "drained"]);
    assert_eq!(stage.tell(Event::TokenRequestAhead), ["drained"]);
}

#[test]
fn a_child_that_asks_for_its_token_is_not_drained() {
    let mut stage = session(subscribed());
    stage.client(&call("1"));
    assert_eq!(stage.tell(Event::TokenRequestAhead), ["drained"]);
    assert_eq!(stage.client(&call("2")), [to_child(1, call("2"))]);
}

#[test]
fn work_that_goes_on_passes_while_a_child_is_drained() {
    let mut stage = session(rotating());
    stage.client(&request("1", "tools/call", r#"{"name":"a","task":{}}"#));
    stage.child(
        1,
        &result("1", r#"{"task":{"taskId":"t","status":"working"}}"#),
    );
    stage.tell(Event::TokenRequestAhead);
    let fetch = request("2", "tasks/result", r#"{"taskId":"t"}"#);
    assert_eq!(stage.client(&fetch), [to_child(1, &fetch)]);
    let answer = result("2", "{}");
    assert_eq!(
        stage.child(1, &answer),
        [to_client(&answer), "drained".into()]
    );
}

#[test]
fn children_that_cannot_live_together_follow_each_other() {
    let mut stage = session(apart());
    stage.client(&call("1"));
    assert_eq!(stage.token(2), [""; 0]);
    assert_eq!(
        stage.client(&call("2")),
        [to_child(1, call("2"))],
        "not held yet"
    );
    stage.child(1, &result("2", "{}"));
    let answer = result("1", "{}");
    assert_eq!(
        stage.child(1, &answer),
        [to_client(&answer), "end 1".into()]
    );
    assert_eq!(stage.client(&call("3")), [""; 0]);
    assert_eq!(
        stage.exit(1),
        ["start 2 Rotation"],
        "only once the old one is gone"
    );
    stage.up(2);
    assert_eq!(
        stage.child(2, INITIALIZE_RESULT),
        [to_child(2, INITIALIZED), to_child(2, call("3"))]
    );
}

#[test]
fn a_child_that_is_never_quiet_is_drained_for_ten_seconds_and_replaced() {
    let mut stage = session(apart());
    stage.client(&call("1"));
    stage.token(2);
    assert_eq!(stage.pass(300), [""; 0]);
    assert_eq!(stage.client(&call("2")), [""; 0], "held now");
    assert_eq!(stage.pass(9), [""; 0]);
    let effects = stage.pass(1);
    assert_eq!(effects[0], "end 1");
    assert!(
        is_refusal(&effects[1], "1", "new Zoom token"),
        "{effects:?}"
    );
    assert_eq!(stage.exit(1), ["start 2 Rotation"]);
}

#[test]
fn a_replacement_that_was_put_off_comes_before_the_old_token_ends() {
    let mut stage = session(apart());
    stage.pass(3500);
    stage.client(&call("1"));
    stage.token(2);
    assert_eq!(stage.pass(89), [""; 0]);
    stage.pass(1);
    assert_eq!(stage.client(&call("2")), [""; 0], "ten seconds before");
    assert_eq!(stage.pass(10)[0], "end 1");
}

#[test]
fn what_was_given_up_on_in_a_sleep_is_not_sent_after_it() {
    let mut stage = Stage::legacy(subscribed());
    stage.client(&call("1"));
    stage.sleep(HOUR);
    let effects = stage.token(1);
    assert_eq!(effects.len(), 1, "{effects:?}");
    assert!(is_refusal(&effects[0], "1", "try again"), "{effects:?}");
}

#[test]
fn the_same_token_again_is_not_the_end_of_a_request_for_another() {
    let mut stage = session(rotating());
    stage.tell(Event::TokenRequestAhead);
    stage.token(1);
    assert_eq!(
        stage.client(&call("9")),
        [""; 0],
        "it would meet a dead token"
    );
}
