use crate::stage::{QUIT, Relay, hold_starts, search_in_vain, text, was_quit};
use black_box_tests::{Home, Zoom};
use serde_json::json;

#[test]
fn and_the_session_goes_on_then() {
    let zoom = Zoom::start();
    let home = Home::new(&zoom);
    assert_eq!(home.add_account().code, Some(0));
    let none_is_started = hold_starts(&home);
    let mut keeper = home.watch(&[]);
    keeper.read_until("✅");
    let mut relay = Relay::start(&home, "zoom");
    relay.open();
    let answer = relay.call("zoom_token_status", &json!({}));
    assert_ne!(answer["result"]["isError"], true, "{answer}");

    assert_eq!(keeper.interrupt(), Some(0));
    // Nobody keeps the relay from starting one: it must not want to.
    drop(none_is_started);
    was_quit(&mut relay);
    search_in_vain(&home.zoomtray(), 1);
    let started = home.zoomtray().join("run/last-start");
    assert!(!started.exists(), "the relay has started something");

    let mut keeper = home.watch(&[]);
    keeper.read_until("✅");
    served_again(&mut relay);
    assert!(relay.close().success());
}

/// The relay looks for a keeper now and then; until it finds one it goes on saying so.
fn served_again(relay: &mut Relay) {
    loop {
        let answer = relay.call("zoom_token_status", &json!({}));
        if answer["result"]["isError"] != true {
            return;
        }
        assert_eq!(text(&answer), QUIT);
    }
}
