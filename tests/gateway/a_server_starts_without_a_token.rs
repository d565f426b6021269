use crate::scene::{ENTRY, Scene};
use black_box_tests::RawRelay;
use fake_zoom::App;
use serde_json::json;

#[test]
fn its_tools_are_listed_at_once_and_a_call_gets_the_token_that_comes() {
    let scene = Scene::new(&["--needs-token"]);
    scene.remove_account();
    let _watch = scene.home.watch(&[]);
    let mut relay = RawRelay::open(&scene.home, ENTRY);
    let tools = relay.request("tools/list", &json!({}));
    assert!(!tools["tools"].as_array().unwrap().is_empty());
    assert_eq!(scene.home.add_account().code, Some(0));
    let token = relay.text("token", &json!({}));
    assert_eq!(token, scene.home.ctl(&["token"]).out.trim());
}

#[test]
fn and_a_call_is_told_what_to_do_where_none_will_come() {
    let scene = Scene::new(&["--needs-token"]);
    scene.remove_account();
    let _watch = scene.home.watch(&[]);
    let mut relay = RawRelay::open(&scene.home, ENTRY);
    let result = relay.call("token", &json!({}));
    assert_eq!(result["isError"], true);
    let words = result["content"][0]["text"].as_str().unwrap();
    assert!(words.contains("accounts add"), "{words}");
}

#[test]
fn one_that_is_relayed_without_token_is_called_all_the_same() {
    let scene = Scene::new(&[]);
    scene.remove_account();
    scene.set(&json!({"without_token": [ENTRY]}));
    let _watch = scene.home.watch(&[]);
    let mut relay = RawRelay::open(&scene.home, ENTRY);
    assert_eq!(relay.text("token", &json!({})), "old-token-of-the-entry");
}

impl Scene {
    fn remove_account(&self) {
        let account = App::default().account_id;
        let removed = self.home.ctl(&["accounts", "remove", &account, "--yes"]);
        assert_eq!(removed.code, Some(0), "{removed:?}");
    }
}
