use crate::scene::{Scene, until};
use black_box_tests::{Zoom, control};
use fake_zoom::{App, Config, Fault, Mode};
use serde_json::{Value, json};

/// Calls that are made at once.
const CALLS: usize = 50;

fn text(answer: &Value) -> String {
    let text = &answer["result"]["content"][0]["text"];
    text.as_str()
        .unwrap_or_else(|| panic!("{answer}"))
        .to_owned()
}

fn single() -> Scene {
    let config = Config {
        mode: Mode::Single,
        ..Config::default()
    };
    let scene = Scene::with(Zoom::with(config), &[], &json!({}));
    scene.set(&json!({"single_token": [App::default().account_id]}));
    scene
}

#[test]
fn the_request_waits_for_it_and_new_calls_wait_for_the_token() {
    let running = single().run();
    let mut relay = running.open();
    let old = relay.text("token", &json!({}));
    let door = running.file("door");
    let begun = relay.begin("gate", &json!({"file": door}));
    until("the server has it", || {
        running
            .log()
            .iter()
            .any(|line| line["received"]["params"]["name"] == "gate")
    });
    let requests = running.zoom.token_requests();
    running.zoom.fail_tokens(Fault::Slow { seconds: 2.0 }, 1);
    let home = &running.home;
    std::thread::scope(|scope| {
        let refreshing = scope.spawn(|| control(home, "refresh", &json!({"account": null})));
        until("the keeper is at it", || {
            let snapshot = control(home, "get_snapshot", &json!({}));
            let activity = &snapshot["accounts"][0]["condition"]["activity"];
            activity.to_string().contains("refreshing")
        });
        let during: Vec<_> = (0..CALLS).map(|_| relay.begin("pid", &json!({}))).collect();
        assert_eq!(
            running.zoom.token_requests(),
            requests,
            "a call is in flight"
        );
        fs_err::write(&door, "").unwrap();
        assert_eq!(text(&relay.answer(&begun)), "open");
        until("the token is requested", || {
            running.zoom.token_requests() > requests
        });
        // Zoom takes its time over it, and the last token is dead.
        let held: Vec<_> = (0..CALLS)
            .map(|_| relay.begin("token", &json!({})))
            .collect();
        for call in &held {
            assert_ne!(text(&relay.answer(call)), old);
        }
        for call in &during {
            text(&relay.answer(call));
        }
        refreshing.join().unwrap();
    });
    assert_eq!(running.zoom.token_requests(), requests + 1);
    let token = running.home.ctl(&["token"]).out;
    assert_eq!(relay.text("token", &json!({})), token.trim());
}

#[test]
fn a_request_that_fails_lets_the_held_calls_go_on() {
    let running = single().run();
    let mut relay = running.open();
    let token = relay.text("token", &json!({}));
    running
        .zoom
        .fail_tokens(Fault::ServerError { status: 500 }, 1);
    let refused = running.home.ctl(&["refresh"]);
    assert_ne!(refused.code, Some(0), "{refused:?}");
    assert_eq!(
        relay.text("token", &json!({})),
        token,
        "the old one still lives"
    );
}
