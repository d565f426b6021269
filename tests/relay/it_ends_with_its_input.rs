//! Each wait below is for the end itself; a relay that goes on hangs the test.

use crate::stage::{Relay, as_claude_does, hold_starts};
use black_box_tests::{Home, Zoom, program};
use serde_json::json;
use std::process::{Command, Stdio};
use std::time::Duration;

#[test]
fn while_a_keeper_serves_it() {
    let zoom = Zoom::start();
    let home = Home::new(&zoom);
    assert_eq!(home.add_account().code, Some(0));
    let _none_is_started = hold_starts(&home);
    let mut keeper = home.watch(&[]);
    keeper.read_until("✅");
    let mut relay = Relay::start(&home, "zoom");
    relay.open();
    assert!(relay.close().success());
}

#[test]
fn while_it_has_no_keeper_and_holds_calls() {
    let home = Home::without_zoom();
    let _none_is_started = hold_starts(&home);
    let mut relay = Relay::start(&home, "zoom");
    for id in 0..100 {
        relay.begin(&json!(id), "zoom_token_status", &json!({}));
    }
    assert!(relay.close().success());
}

#[test]
fn before_it_has_read_anything() {
    let home = Home::without_zoom();
    let _none_is_started = hold_starts(&home);
    assert!(Relay::start(&home, "zoom").close().success());
}

/// Bytes of held messages from which a relay reads no further.
const MOST_HELD: u64 = 32 * 1024 * 1024;

#[test]
fn while_it_reads_no_further() {
    let home = Home::without_zoom();
    let _none_is_started = hold_starts(&home);
    let request = json!({"jsonrpc": "2.0", "id": 0, "method": "ping"});
    let padding = "x".repeat(60_000);
    let held = json!({"jsonrpc": "2.0", "method": "notifications/x", "params": {"p": padding}});
    let held = held.to_string();
    // The request waits for as short as can be: 45 s later it is given up on.
    let before = MOST_HELD / held.len() as u64 - 8;
    let script = r#"yes "$2" | head -n "$3"; echo "$1"; exec yes "$2""#;
    let mut client = Command::new("sh")
        .args(["-c", script, "client"])
        .args([request.to_string(), held, before.to_string()])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut relay = Command::new(program("zoomtrayctl"));
    as_claude_does(&mut relay, home.path());
    let relay = relay
        .args(["relay", "zoom", "--home"])
        .arg(home.zoomtray())
        .stdin(client.stdout.take().unwrap())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    while read_by(relay.id()) < MOST_HELD {
        std::thread::sleep(Duration::from_millis(5));
    }
    client.kill().unwrap();
    client.wait().unwrap();
    let ended = relay.wait_with_output().unwrap();
    assert!(ended.status.success());
    let said = String::from_utf8_lossy(&ended.stdout);
    assert_eq!(said, "", "it went on until it gave its requests up");
}

/// The bytes that a process has read so far.
fn read_by(pid: u32) -> u64 {
    let counts = fs_err::read_to_string(format!("/proc/{pid}/io")).unwrap();
    let count = counts.lines().find_map(|line| line.strip_prefix("rchar: "));
    count.unwrap().parse().unwrap()
}
