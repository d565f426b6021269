use crate::home;
use black_box_tests::{Mcp, Zoom};
use fake_zoom::App;

#[test]
fn without_a_call() {
    let zoom = Zoom::start();
    let mut home = home(&zoom);
    home.age_token(&App::default(), 3400);
    home.set("ZOOM_TOKEN_DISPLAY_INTERVAL", 1);
    let mut server = Mcp::open(&home);
    let line = server.says("Token Status");
    assert!(line.contains("✅ Expires in"), "{line}");
    assert_eq!(
        zoom.token_requests(),
        2,
        "that of `accounts add`, and the refresh"
    );
}

#[test]
fn and_not_above_it() {
    let zoom = Zoom::start();
    let mut home = home(&zoom);
    home.age_token(&App::default(), 3400);
    home.set("ZOOM_TOKEN_DISPLAY_INTERVAL", 1);
    home.set("ZOOM_AUTO_REFRESH_THRESHOLD", 60);
    let mut server = Mcp::open(&home);
    let line = server.says("Token Status");
    assert!(line.contains("⚠️ Expires in"), "{line}");
    assert_eq!(zoom.token_requests(), 1, "that of `accounts add`");
}

#[test]
fn and_not_against_the_users_will() {
    let zoom = Zoom::start();
    let mut home = home(&zoom);
    home.age_token(&App::default(), 3400);
    home.set("ZOOM_TOKEN_DISPLAY_INTERVAL", 1);
    home.set_settings(r#"{"auto_refresh": false}"#);
    let mut server = Mcp::open(&home);
    let line = server.says("Token Status");
    assert!(line.contains("⚠️ Expires in"), "{line}");
    assert_eq!(zoom.token_requests(), 1, "that of `accounts add`");
}
