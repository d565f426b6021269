use crate::stage::{Relay, SERVER, connect_server, hold_starts, process, text, wait_for_end};
use black_box_tests::{Home, Zoom};
use serde_json::json;

#[test]
fn neither_its_server_nor_what_that_has_started() {
    let zoom = Zoom::start();
    let home = Home::new(&zoom);
    assert_eq!(home.add_account().code, Some(0));
    let _none_is_started = hold_starts(&home);
    let _keeper = connect_server(&home);
    let mut relay = Relay::start(&home, SERVER);
    relay.open();
    let [server, grandchild] = ["pid", "grandchild"].map(|tool| {
        let answer = relay.call(tool, &json!({}));
        process(text(&answer).trim().parse().unwrap())
    });
    relay.kill();
    wait_for_end(&server);
    wait_for_end(&grandchild);
}
