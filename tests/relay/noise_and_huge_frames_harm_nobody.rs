use crate::stage::{Relay, hold_starts};
use black_box_tests::{Home, Zoom};
use serde_json::json;

const MEBIBYTE: usize = 1024 * 1024;

#[test]
fn each_is_dropped_or_answered_and_the_session_goes_on() {
    let zoom = Zoom::start();
    let home = Home::new(&zoom);
    assert_eq!(home.add_account().code, Some(0));
    let _none_is_started = hold_starts(&home);
    let mut keeper = home.watch(&[]);
    keeper.read_until("✅");
    let mut relay = Relay::start(&home, "zoom");
    relay.write(b"Debugger attached.\n\n\xff\xfe\n[]\n{\"level\":30}\nzoomtray: bye\n");
    relay.open();

    relay.write(&ping("too long", 17 * MEBIBYTE));
    let answer = relay.next();
    assert_eq!(answer["id"], "too long", "{answer}");
    assert_eq!(answer["error"]["code"], -32600, "{answer}");

    relay.write(&ping("longest", 16 * MEBIBYTE));
    assert_eq!(relay.next()["id"], "longest");

    let answer = relay.call("zoom_token_status", &json!({}));
    assert_ne!(answer["result"]["isError"], true, "{answer}");
    assert!(relay.close().success());
}

/// A ping of exactly this many bytes, and the line's end.
fn ping(id: &str, length: usize) -> Vec<u8> {
    let mut ping = br#"{"jsonrpc":"2.0","method":"ping","params":{"padding":""#.to_vec();
    let end = format!(r#""}},"id":"{id}"}}"#);
    ping.resize(length - end.len(), b'x');
    ping.extend_from_slice(end.as_bytes());
    ping.push(b'\n');
    ping
}
