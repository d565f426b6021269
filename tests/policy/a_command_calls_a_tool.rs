use crate::stage::{SERVER, Stage, refused};
use serde_json::{Value, json};

#[test]
fn and_exits_with_what_became_of_it() {
    let stage = Stage::new(Some(&json!({"version": "1", "default": "allow", "tools": {
        "delete_thing": {"action": "deny", "reason": "Ask the host."}}})));
    // Of the bundled server and this one, this one has the tool.
    let told = stage.ctl(&[
        "call",
        "echo",
        r#"{"id": 12345678901234567890, "topic": "t"}"#,
    ]);
    let echoed: Value = serde_json::from_str(&told).unwrap();
    assert_eq!(
        echoed,
        json!({"id": 12_345_678_901_234_567_890_u64, "topic": "t"})
    );

    let denied = stage
        .home
        .ctl(&["call", "delete_thing", "--server", SERVER]);
    assert_eq!(denied.out, "");
    stage.said("call, denied", refused(&denied));
    let unknown = stage.home.ctl(&["call", "none", "--server", SERVER]);
    stage.said("call, no such tool", refused(&unknown));
    let nowhere = stage.home.ctl(&["call", "none"]);
    assert_eq!(nowhere.code, Some(2), "{nowhere:?}");
    stage.said("call, no server has it", &nowhere.err);
    let senseless = stage.home.ctl(&["call", "echo", "7", "--server", SERVER]);
    assert_eq!(senseless.code, Some(2), "{senseless:?}");
    assert_eq!(stage.called(), ["echo", "none"]);
    let told = stage.activity(3);
    let of_echo = told.iter().find(|one| one["tool"] == "echo").unwrap();
    assert_eq!(of_echo["arguments"], json!(["id", "topic"]));
}

#[test]
fn and_says_where_nothing_serves() {
    let home = black_box_tests::Home::without_zoom();
    let finished = home.ctl(&["call", "echo", "--server", SERVER]);
    crate::stage::said(&home, "call, no keeper", refused(&finished));
}
