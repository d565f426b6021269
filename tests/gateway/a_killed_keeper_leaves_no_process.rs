use crate::scene::{kill, lives, running, until};
use serde_json::json;

#[test]
fn neither_servers_nor_what_they_started() {
    let running = running(&["--deaf"]);
    let (mut first, mut second) = (running.open(), running.open());
    let processes = [
        first.text("pid", &json!({})),
        first.text("grandchild", &json!({})),
        second.text("pid", &json!({})),
    ];
    assert!(processes.iter().all(|pid| lives(pid)));
    kill(&running.watch.pid().to_string());
    until("all are gone", || !processes.iter().any(|pid| lives(pid)));
    assert_eq!(first.next_line(), None, "no goodbye: it was not quit");
}

#[test]
fn nor_does_a_relay_that_is_gone() {
    let running = running(&["--deaf"]);
    let mut relay = running.open();
    let processes = [
        relay.text("pid", &json!({})),
        relay.text("grandchild", &json!({})),
    ];
    drop(relay);
    until("all are gone", || !processes.iter().any(|pid| lives(pid)));
    until("it is shown no more", || running.sessions().is_empty());
}
