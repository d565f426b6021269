//! Messages that nobody should send.

use super::stage::{
    Stage, call, is_refusal, notification, request, result, settings, to_child, to_client,
};
use crate::effect::Notice;
use crate::event::{ChildId, Event};
use crate::id::Id;
use crate::limits::{LONGEST_ID, LONGEST_KEPT, MOST_KEPT, MOST_REQUESTS};
use crate::method::Method;
use crate::splitter::{Line, Oversized};

fn session() -> Stage {
    Stage::legacy(settings())
}

fn oversized(id: Option<&str>, method: Option<Method>) -> Line {
    Line::Oversized(Oversized {
        length: 17 * 1024 * 1024,
        id: id.and_then(Id::read),
        method,
    })
}

#[test]
fn a_second_answer_and_one_to_nothing_are_dropped_and_told() {
    let mut stage = session();
    stage.client(&call("1"));
    let answer = result("1", "{}");
    assert_eq!(stage.child(1, &answer), [to_client(&answer)]);
    assert_eq!(stage.child(1, &answer), [""; 0]);
    assert_eq!(stage.child(1, &result("\"1\"", "{}")), [""; 0]);
    let stray = |notice: &&Notice| matches!(notice, Notice::StrayAnswer { .. });
    assert_eq!(stage.told.iter().filter(stray).count(), 2);
}

#[test]
fn noise_is_dropped_and_told() {
    let mut stage = session();
    assert_eq!(stage.child(1, "Listening on stdio"), [""; 0]);
    assert!(matches!(&stage.told[..], [Notice::Noise { noise, .. }] if noise.length == 18));
}

#[test]
fn a_request_under_an_open_id_is_dropped() {
    let mut stage = session();
    stage.client(&call("1"));
    assert_eq!(stage.client(&request("1", "ping", "{}")), [""; 0]);
    assert!(matches!(
        stage.told.last(),
        Some(Notice::DuplicateRequest { .. })
    ));
}

#[test]
fn an_oversized_request_is_answered_and_an_oversized_notification_dropped() {
    let mut stage = session();
    let line = oversized(Some("5"), Some(Method::ToolsCall));
    let effects = stage.tell(Event::FromClient(line));
    assert!(is_refusal(&effects[0], "5", "over 16 MiB"), "{effects:?}");
    let line = oversized(None, Some(Method::Other));
    assert_eq!(stage.tell(Event::FromClient(line)), [""; 0]);
    assert_eq!(stage.told.len(), 2);
}

#[test]
fn an_oversized_answer_is_answered_in_its_place() {
    let mut stage = session();
    stage.client(&call("5"));
    let line = oversized(Some("5"), None);
    let effects = stage.tell(Event::FromChild(ChildId(1), line));
    assert!(is_refusal(&effects[0], "5", "Ask for less"), "{effects:?}");
    assert_eq!(stage.child(1, &result("5", "{}")), [""; 0]);
}

#[test]
fn an_oversized_question_of_a_child_and_its_oversized_answer_are_answered() {
    let mut stage = session();
    let line = oversized(Some("5"), Some(Method::Other));
    let effects = stage.tell(Event::FromChild(ChildId(1), line));
    assert!(
        effects[0].starts_with(r#"1 < {"jsonrpc":"2.0","id":5,"error":"#),
        "{effects:?}"
    );
    stage.child(1, &request("6", "sampling/createMessage", "{}"));
    let line = oversized(Some("\"zoomtray-1-1\""), None);
    let effects = stage.tell(Event::FromClient(line));
    assert!(
        effects[0].starts_with(r#"1 < {"jsonrpc":"2.0","id":6,"error":"#),
        "{effects:?}"
    );
}

#[test]
fn a_request_that_still_waits_can_be_taken_back() {
    let mut stage = Stage::new(settings());
    stage.client(&call("1"));
    let cancel = notification("notifications/cancelled", r#"{"requestId":1}"#);
    assert_eq!(stage.client(&cancel), ["withdrawn 1"]);
    assert_eq!(stage.up(1), [""; 0]);
}

#[test]
fn a_cancellation_of_nothing_goes_nowhere() {
    let mut stage = session();
    let cancel = notification("notifications/cancelled", r#"{"requestId":1}"#);
    assert_eq!(stage.client(&cancel), [""; 0]);
}

#[test]
fn too_many_requests_and_too_long_ids_are_answered() {
    let mut stage = session();
    for number in 0..MOST_REQUESTS {
        let id = format!("\"{number}\"");
        assert_eq!(stage.client(&call(&id)), [to_child(1, call(&id))]);
    }
    assert!(is_refusal(
        &stage.client(&call("1"))[0],
        "1",
        "Wait for some"
    ));
    let id = format!("\"{}\"", "x".repeat(LONGEST_ID));
    assert!(is_refusal(&stage.client(&call(&id))[0], &id, "shorter"));
}

#[test]
fn what_was_cancelled_long_ago_is_forgotten() {
    let mut stage = session();
    for number in 0..MOST_REQUESTS {
        stage.client(&call(&number.to_string()));
        let cancel = format!(r#"{{"requestId":{number}}}"#);
        stage.client(&notification("notifications/cancelled", &cancel));
    }
    stage.pass(59);
    let late = call("\"late\"");
    assert!(is_refusal(
        &stage.client(&late)[0],
        "\"late\"",
        "Wait for some"
    ));
    stage.pass(1);
    stage.tell(Event::Tick);
    assert_eq!(stage.client(&late), [to_child(1, &late)]);
}

#[test]
fn a_child_that_asks_too_much_is_answered() {
    let mut stage = session();
    for number in 0..MOST_REQUESTS {
        stage.child(1, &request(&number.to_string(), "ping", "{}"));
    }
    let effects = stage.child(1, &request("\"x\"", "ping", "{}"));
    assert!(
        effects[0].starts_with(r#"1 < {"jsonrpc":"2.0","id":"x","error":"#),
        "{effects:?}"
    );
}

#[test]
fn the_client_is_not_read_while_too_much_is_held() {
    let mut stage = Stage::new(settings());
    let told = notification("notifications/anything", "{}");
    while stage.session.has_room() {
        stage.client(&told);
    }
    assert_eq!(stage.pass(44), [""; 0]);
    stage.pass(1);
    assert!(stage.session.has_room(), "given up on");
}

#[test]
fn only_so_many_subscriptions_are_kept_for_the_next_child() {
    let mut stage = session();
    for number in 0..=MOST_KEPT {
        let uri = format!(r#"{{"uri":"file:///{number}"}}"#);
        let subscribe = request(&format!("\"{number}\""), "resources/subscribe", &uri);
        assert_eq!(stage.client(&subscribe), [to_child(1, &subscribe)]);
    }
    let long = format!(
        r#"{{"uri":"file:///0","x":"{}"}}"#,
        "x".repeat(LONGEST_KEPT)
    );
    stage.client(&request("\"long\"", "resources/subscribe", &long));
    let not_kept = |notice: &&Notice| matches!(notice, Notice::NotKept { .. });
    assert_eq!(stage.told.iter().filter(not_kept).count(), 2);
}

#[test]
fn only_so_many_streams_are_opened_and_none_that_is_too_long_to_keep() {
    let mut stage = Stage::new(settings());
    stage.up(1);
    let listen = |id: &str| request(id, "subscriptions/listen", "{}");
    for number in 0..MOST_KEPT {
        stage.client(&listen(&format!("\"{number}\"")));
    }
    assert!(is_refusal(
        &stage.client(&listen("1"))[0],
        "1",
        "256 streams"
    ));
    let mut stage = Stage::new(settings());
    stage.up(1);
    let long = format!(r#"{{"x":"{}"}}"#, "x".repeat(LONGEST_KEPT));
    let long = request("1", "subscriptions/listen", &long);
    assert!(is_refusal(&stage.client(&long)[0], "1", "over 64 KiB"));
}
