//! Children that end by themselves.

use super::stage::{
    INITIALIZE_RESULT, INITIALIZED, Stage, call, is_refusal, notification, request, result,
    rotating, settings, to_child, to_client,
};
use crate::event::Event;

fn session() -> Stage {
    Stage::legacy(settings())
}

/// Opens the session with this child, which was started after a loss.
fn opened_again(stage: &mut Stage, child: u32) -> Vec<String> {
    stage.up(child);
    stage.child(child, INITIALIZE_RESULT)
}

#[test]
fn each_request_in_flight_gets_one_error_and_is_not_sent_again() {
    let mut stage = session();
    stage.client(&call("1"));
    stage.client(&request("2", "prompts/get", "{}"));
    let effects = stage.exit(1);
    assert!(
        is_refusal(&effects[0], "1", "ended before it answered"),
        "{effects:?}"
    );
    assert!(effects[0].contains("isError"));
    assert!(is_refusal(&effects[1], "2", "not sent again"));
    assert!(effects[1].contains(r#""code":-32000"#));
    assert_eq!(effects[2..], ["start 2 Lost"]);
    assert_eq!(opened_again(&mut stage, 2), [to_child(2, INITIALIZED)]);
}

#[test]
fn what_comes_meanwhile_waits_for_the_next_child() {
    let mut stage = session();
    stage.exit(1);
    assert_eq!(stage.client(&call("1")), [""; 0]);
    let effects = opened_again(&mut stage, 2);
    assert_eq!(effects, [to_child(2, INITIALIZED), to_child(2, call("1"))]);
}

#[test]
fn restarts_come_slower_and_slower_until_a_child_lives() {
    let mut stage = session();
    let mut waits = Vec::new();
    for child in 1..=6 {
        let begin = stage.now;
        if stage.exit(child).is_empty() {
            while stage.pass(1).is_empty() {}
        }
        waits.push(begin.until(stage.now).as_secs());
    }
    assert_eq!(waits, [0, 1, 2, 5, 10, 30]);
    opened_again(&mut stage, 7);
    stage.pass(60);
    assert_eq!(stage.exit(7), ["start 8 Lost"]);
}

#[test]
fn a_task_s_creator_gets_an_error_and_no_tool_result() {
    let mut stage = session();
    stage.client(&request("1", "tools/call", r#"{"name":"a","task":{}}"#));
    let effects = stage.exit(1);
    assert!(effects[0].contains(r#""error":"#), "{effects:?}");
}

#[test]
fn a_cancelled_request_gets_no_error() {
    let mut stage = session();
    stage.client(&call("1"));
    let cancel = notification("notifications/cancelled", r#"{"requestId":1}"#);
    assert_eq!(stage.client(&cancel), [to_child(1, cancel)]);
    assert_eq!(stage.exit(1), ["start 2 Lost"]);
}

#[test]
fn a_draining_child_that_ends_is_not_followed() {
    let mut stage = Stage::used(rotating());
    stage.client(&call("1"));
    stage.token(2);
    opened_again(&mut stage, 2);
    let effects = stage.exit(1);
    assert!(is_refusal(&effects[0], "1", "not sent again"));
    assert_eq!(effects.len(), 1);
}

#[test]
fn the_child_that_gets_ready_takes_a_dead_one_s_place() {
    let mut stage = Stage::used(rotating());
    stage.token(2);
    stage.up(2);
    assert_eq!(stage.exit(1), [""; 0]);
    assert_eq!(stage.client(&call("1")), [""; 0]);
    assert_eq!(
        stage.child(2, INITIALIZE_RESULT),
        [to_child(2, INITIALIZED), to_child(2, call("1"))]
    );
}

#[test]
fn when_the_client_is_gone_every_child_is_ended_and_nothing_more_happens() {
    let mut stage = session();
    stage.client(&call("1"));
    assert_eq!(stage.tell(Event::ClientGone), ["end 1"]);
    assert_eq!(stage.child(1, &result("1", "{}")), [""; 0]);
    assert_eq!(stage.exit(1), [""; 0]);
    assert_eq!(stage.session.next_wakeup(), None);
    assert_eq!(stage.client(&call("2")), [""; 0]);
}

#[test]
fn an_answer_that_crosses_a_cancellation_comes_through() {
    let mut stage = session();
    stage.client(&call("1"));
    stage.client(&notification(
        "notifications/cancelled",
        r#"{"requestId":1}"#,
    ));
    let answer = result("1", "{}");
    assert_eq!(stage.child(1, &answer), [to_client(&answer)]);
}
