//! The same rules between Claude and the keeper.

use super::stage::{
    INITIALIZE, INITIALIZE_RESULT, INITIALIZED, Stage, call, is_refusal, request, settings,
    to_child, to_client,
};
use crate::effect::Start;
use crate::event::Event;
use crate::settings::{Settings, Side};

fn relay() -> Settings {
    Settings {
        side: Side::Relay,
        ..settings()
    }
}

#[test]
fn a_keeper_that_does_not_come_is_told_in_time() {
    let mut stage = Stage::new(relay());
    stage.client(INITIALIZE);
    assert_eq!(stage.pass(44), [""; 0]);
    let effects = stage.pass(1);
    assert!(is_refusal(&effects[0], "0", "Open Zoomtray"), "{effects:?}");
    assert!(effects[0].contains(r#""error":{"code":-32000"#));
    assert_eq!(stage.pass(3600), [""; 0], "the driver goes on connecting");
    stage.client(&INITIALIZE.replace("\"id\":0", "\"id\":1"));
    assert_eq!(
        stage.up(1),
        [to_child(1, INITIALIZE.replace("\"id\":0", "\"id\":1"))]
    );
}

#[test]
fn a_lost_keeper_is_found_again_and_told_the_session() {
    let mut stage = Stage::legacy(relay());
    stage.client(&call("1"));
    let effects = stage.exit(1);
    assert!(
        is_refusal(&effects[0], "1", "Zoomtray ended"),
        "{effects:?}"
    );
    assert_eq!(effects[1], format!("start 2 {:?}", Start::Lost));
    assert_eq!(stage.client(&call("2")), [""; 0]);
    assert_eq!(stage.up(2), [to_child(2, INITIALIZE)]);
    assert_eq!(
        stage.child(2, INITIALIZE_RESULT),
        [to_child(2, INITIALIZED), to_child(2, call("2"))]
    );
}

#[test]
fn a_relay_compares_tools_under_an_id_of_its_own() {
    let mut stage = Stage::legacy(relay());
    stage.list_tools("1", 1, "[]");
    stage.exit(1);
    stage.up(2);
    let asked = stage.child(2, INITIALIZE_RESULT);
    let question = request("\"zoomtray-relay-tools\"", "tools/list", "{}");
    assert_eq!(asked, [to_child(2, INITIALIZED), to_child(2, question)]);
}

#[test]
fn after_quit_calls_are_answered_until_the_keeper_is_back() {
    let mut stage = Stage::legacy(relay());
    stage.client(&call("1"));
    assert_eq!(stage.tell(Event::Bye), [""; 0]);
    let effects = stage.exit(1);
    assert!(
        is_refusal(&effects[0], "1", "was not sent again"),
        "{effects:?}"
    );
    assert_eq!(
        effects[1], "start 2 Quit",
        "to be waited for, not to be started"
    );
    let refusal = stage.client(&call("2"));
    assert!(is_refusal(
        &refusal[0],
        "2",
        "Zoomtray was quit; open it to go on."
    ));
    stage.up(2);
    stage.child(2, INITIALIZE_RESULT);
    assert_eq!(stage.client(&call("3")), [to_child(2, call("3"))]);
}

#[test]
fn an_opening_during_quit_is_answered_at_once() {
    let mut stage = Stage::new(relay());
    stage.client(INITIALIZE);
    stage.up(1);
    assert!(is_refusal(&stage.tell(Event::Bye)[0], "0", "was quit"));
    let again = INITIALIZE.replace("\"id\":0", "\"id\":1");
    assert!(is_refusal(&stage.client(&again)[0], "1", "was quit"));
}

#[test]
fn a_relay_keeps_no_handshake_and_waits_for_no_token() {
    let mut stage = Stage::legacy(relay());
    assert_eq!(stage.kept, crate::Handshake::default());
    assert_eq!(stage.client(&call("1")), [to_child(1, call("1"))]);
    assert_eq!(stage.child(1, INITIALIZE_RESULT), [""; 0]);
    assert_eq!(
        stage.child(1, &super::stage::result("1", "{}")),
        [to_client(super::stage::result("1", "{}"))]
    );
}
