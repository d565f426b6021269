use crate::scene::{ENTRY, Scene};
use serde_json::json;

#[test]
fn are_replaced_one_after_the_other_when_nothing_is_in_flight() {
    let lock = tempfile::tempdir().unwrap();
    let lock = lock.path().join("lock");
    let scene = Scene::new(&["--apart", lock.to_str().unwrap()]);
    scene.set(&json!({"apart": [ENTRY]}));
    let running = scene.run();
    let mut relay = running.open();
    let old = relay.text("pid", &json!({}));
    let door = running.file("door");
    let waiting = relay.begin("gate", &json!({"file": door}));
    running.refresh();
    assert_eq!(relay.text("pid", &json!({})), old, "it still works");
    fs_err::write(&door, "").unwrap();
    assert_eq!(
        relay.answer(&waiting)["result"]["content"][0]["text"],
        "open"
    );
    let token = running.home.ctl(&["token"]).out;
    while relay.text("token", &json!({})) != token.trim() {}
    assert_ne!(relay.text("pid", &json!({})), old);
    assert_eq!(running.starts().len(), 2);
}
