use black_box_tests::{Home, Zoom};
use serde_json::Value;

#[test]
fn and_tells_the_state_in_words_and_as_json() {
    let zoom = Zoom::start();
    let home = Home::new(&zoom);
    assert_eq!(home.ctl(&["status"]).code, Some(1));
    home.add_account();
    let words = home.ctl(&["status"]);
    assert_eq!(words.code, Some(0), "{}", words.err);
    assert!(words.out.starts_with("✅ Fresh · 59m "), "{}", words.out);
    let json: Value = serde_json::from_str(&home.ctl(&["status", "--json"]).out).unwrap();
    assert_eq!(json["state"], "fresh");
    assert!(json["remaining_s"].as_u64().unwrap() > 3500, "{json}");
    assert_eq!(zoom.token_requests(), 1, "that of `accounts add`");
}
