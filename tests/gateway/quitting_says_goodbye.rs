use crate::scene::{lives, running, until};
use black_box_tests::control;
use serde_json::json;

#[test]
fn and_ends_the_servers() {
    let mut running = running(&[]);
    let mut relay = running.open();
    let pid = relay.text("pid", &json!({}));
    assert_eq!(running.watch.interrupt(), Some(0));
    assert_eq!(relay.next_line().as_deref(), Some("zoomtray: bye"));
    assert_eq!(relay.next_line(), None);
    until("the server is gone", || !lives(&pid));
}

#[test]
fn and_giving_way_does_not() {
    let running = running(&[]);
    let mut relay = running.open();
    let pid = relay.text("pid", &json!({}));
    control(&running.home, "yield", &json!({"rank": "app"}));
    assert_eq!(
        relay.next_line(),
        None,
        "the next keeper is to be looked for"
    );
    until("the server is gone", || !lives(&pid));
}
