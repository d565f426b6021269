use crate::stage::alone;
use black_box_tests::{Home, Zoom};
use serde_json::json;
use std::process::Command;

#[test]
fn which_serves_as_the_app_would() {
    let zoom = Zoom::start();
    let home = Home::new(&zoom);
    assert_eq!(home.add_account().code, Some(0));
    home.set_settings(r#"{"vault": "file"}"#);
    let mut sandbox = Command::new("bwrap");
    sandbox
        .env_clear()
        .env("PATH", std::env::var_os("PATH").unwrap_or_default());
    let mut relay = alone(sandbox, None, home.path(), &home.zoomtray());
    relay.open();
    let answer = relay.call("zoom_token_status", &json!({}));
    assert_ne!(answer["result"]["isError"], true, "{answer}");
    let status = home.ctl(&["status", "--json"]);
    let status: serde_json::Value = serde_json::from_str(&status.out).unwrap();
    assert_eq!(status["keeper"]["rank"], "watch", "{status}");
    assert!(relay.close().success());
}
