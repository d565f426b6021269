use crate::scene::{ENTRY, Running, Scene};
use black_box_tests::{RawRelay, Zoom, program};
use serde_json::json;

/// The stand-in, behind a script that does what the file `state` says.
fn scripted() -> Running {
    let script =
        r#"case "$(cat "$1")" in ends) exit 1;; hangs) exec cat >/dev/null;; esac; exec "$2""#;
    let scene = Scene::of(Zoom::start(), |home| {
        let state = home.path().join("state");
        let server = program("stand-in-server");
        json!({"command": "/bin/sh", "args": ["-c", script, "sh", state, server]})
    });
    fs_err::write(scene.home.path().join("state"), "").unwrap();
    scene.run()
}

#[test]
fn the_first_time_is_started_again_and_nobody_notices() {
    let folder = tempfile::tempdir().unwrap();
    let mark = folder.path().join("mark");
    let running = Scene::new(&["--exit-once", mark.to_str().unwrap()]).run();
    let mut relay = running.open();
    relay.text("pid", &json!({}));
    assert_eq!(running.starts().len(), 2);
}

#[test]
fn any_more_is_opened_with_what_it_said_the_last_time() {
    let running = scripted();
    let mut relay = RawRelay::connect(&running.home, ENTRY);
    let opened = relay.initialize();
    let tools = relay.request("tools/list", &json!({}));
    drop(relay);
    fs_err::write(running.file("state"), "ends").unwrap();
    let mut relay = RawRelay::connect(&running.home, ENTRY);
    assert_eq!(relay.initialize(), opened);
    assert_eq!(relay.request("tools/list", &json!({})), tools);
    let call = relay.begin("pid", &json!({}));
    fs_err::write(running.file("state"), "").unwrap();
    let answer = relay.answer(&call);
    assert_eq!(answer["result"]["isError"], json!(null), "{answer}");
}

#[test]
fn and_hangs_is_stood_in_for_before_the_client_gives_up() {
    let running = scripted();
    let opened = running.open().request("tools/list", &json!({}));
    fs_err::write(running.file("state"), "hangs").unwrap();
    let mut relay = RawRelay::connect(&running.home, ENTRY);
    relay.initialize();
    assert_eq!(relay.request("tools/list", &json!({})), opened);
}
