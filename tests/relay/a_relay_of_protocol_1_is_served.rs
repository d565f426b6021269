//! Claude starts the relay of the version that wrote the entry; the app may be a later one.

use crate::stage::{Relay, hold_starts};
use black_box_tests::{Home, Zoom};
use serde_json::Value;
use std::io::{BufRead, BufReader, Write};
use std::os::unix::net::{UnixListener, UnixStream};

/// What relays of protocol 1 say, and what they have always been answered. Never to be changed.
const HELLO: &str = include_str!("protocol-1-hello.json");
const WELCOME: &str = include_str!("protocol-1-welcome.json");

#[test]
fn as_the_first_one_was() {
    let zoom = Zoom::start();
    let home = Home::new(&zoom);
    assert_eq!(home.add_account().code, Some(0));
    let mut keeper = home.watch(&[]);
    keeper.read_until("✅");
    let stream = UnixStream::connect(home.zoomtray().join("run/control.sock")).unwrap();
    let mut lines = BufReader::new(stream.try_clone().unwrap()).lines();
    let say = |line: &str| (&stream).write_all(line.as_bytes()).unwrap();
    say(HELLO);
    let welcome = lines.next().unwrap().unwrap();
    assert_eq!(without_process(&welcome), without_process(WELCOME));
    say(concat!(
        r#"{"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-11-25","#,
        r#""capabilities":{},"clientInfo":{"name":"claude-ai","version":"0.1.0"}}}"#,
        "\n"
    ));
    let answer: Value = serde_json::from_str(&lines.next().unwrap().unwrap()).unwrap();
    assert_eq!(answer["id"], 0);
    assert!(answer["result"]["capabilities"].is_object(), "{answer}");
}

#[test]
fn and_this_one_says_the_same() {
    let home = Home::without_zoom();
    let _none_is_started = hold_starts(&home);
    let listener = UnixListener::bind(home.zoomtray().join("run/control.sock")).unwrap();
    let _relay = Relay::start(&home, "zoom");
    let (stream, _) = listener.accept().unwrap();
    let mut line = String::new();
    BufReader::new(stream).read_line(&mut line).unwrap();
    let mut said = without_process(&line);
    let golden = without_process(HELLO);
    assert_eq!(said["session"].as_str().map(str::len), Some(32));
    said["session"] = golden["session"].clone();
    let names = |hello: &Value| {
        let variables = hello["environment"].as_object().unwrap();
        variables.keys().cloned().collect::<Vec<_>>()
    };
    assert_eq!(names(&said), names(&golden));
    said["environment"] = golden["environment"].clone();
    assert_eq!(said, golden);
}

/// The line with the process cut out, which differs from run to run.
fn without_process(line: &str) -> Value {
    let mut hello: Value = serde_json::from_str(line).unwrap();
    assert!(hello["pid"].take().is_u64(), "{line}");
    hello
}
