use crate::stage::{Relay, hold_starts};
use black_box_tests::Home;

#[test]
fn in_an_error_before_claude_gives_up() {
    let home = Home::without_zoom();
    let _none_is_started = hold_starts(&home);
    let mut relay = Relay::start(&home, "zoom");
    let answer = relay.initialize();
    assert_eq!(answer["error"]["code"], -32000, "{answer}");
    let message = answer["error"]["message"].as_str().unwrap();
    assert!(message.contains("Open Zoomtray"), "{message}");
    assert!(relay.close().success());
}
