use crate::scene::{ENTRY, Scene, running};
use black_box_tests::{RawRelay, RelayOptions, Zoom};
use serde_json::json;

#[test]
fn the_relays_variables_and_folder_the_entrys_own_and_the_token() {
    let own = json!({"OWN": "a${LANG}b", "PATH": "/own:${PATH}", "LEFT": "${NOWHERE}"});
    let running = Scene::with(Zoom::start(), &[], &own).run();
    let folder = running.home.path().to_str().unwrap();
    let options = RelayOptions {
        environment: &[("LANG", "C"), ("HOME", "/nobody")],
        folder: Some(folder),
        session: "s",
    };
    let mut relay = RawRelay::connect_with(&running.home, ENTRY, &options);
    relay.initialize();
    let names = json!({"names": ["OWN", "LEFT", "HOME", "ZOOMTRAY_HOME", "ZOOMTRAY_GUARD_PARENT"]});
    let variables = relay.call("variables", &names)["structuredContent"].clone();
    assert_eq!(
        variables,
        json!({
            "OWN": "aCb", "LEFT": "${NOWHERE}", "HOME": "/nobody",
            "ZOOMTRAY_HOME": null, "ZOOMTRAY_GUARD_PARENT": null,
        })
    );
    let path = relay.call("variables", &json!({"names": ["PATH"]}))["structuredContent"].clone();
    assert!(
        path["PATH"].as_str().unwrap().starts_with("/own:/"),
        "{path}"
    );
    assert_eq!(running.starts()[0]["start"]["folder"], folder);
    let token = running.home.ctl(&["token"]).out;
    assert_eq!(relay.text("token", &json!({})), token.trim());
}

#[test]
fn and_one_each_for_two_clients() {
    let running = running(&[]);
    let (mut first, mut second) = (running.open(), running.open());
    let pids = [
        first.text("pid", &json!({})),
        second.text("pid", &json!({})),
    ];
    assert_ne!(pids[0], pids[1]);
}
