use crate::home;
use black_box_tests::{Home, Mcp, Zoom};

/// A token of the default app, and a home with its credentials and that token in the environment.
fn given(zoom: &Zoom, lifetime: u64) -> Home {
    zoom.fake.set_lifetime(lifetime);
    let token = home(zoom).ctl(&["token"]).out;
    zoom.fake.set_lifetime(3600);
    let mut home = Home::new(zoom);
    home.set_guest();
    home.set("ZOOM_ACCESS_TOKEN", token.trim());
    home.set("ZOOM_TOKEN_DISPLAY_INTERVAL", 1);
    home
}

#[test]
fn because_zoom_rejects_it() {
    let zoom = Zoom::start();
    let home = given(&zoom, 3600);
    let mut server = Mcp::open(&home);
    assert_eq!(server.call("test_zoom_connection")["isError"], false);
    let status = server.call("zoom_token_status")["structuredContent"].clone();
    assert_eq!(status["state"], "fresh", "{status}");
    let line = server.says("Token Status");
    assert!(line.contains("✅ Expires in"), "{line}");
    assert_eq!(zoom.token_requests(), 1, "only that which gave the token");
    zoom.fake.revoke_all();
    let result = server.call("test_zoom_connection");
    assert_eq!(result["structuredContent"]["status"], "success", "{result}");
    assert_eq!(zoom.token_requests(), 2);
    assert_eq!(server.call("test_zoom_connection")["isError"], false);
    assert_eq!(zoom.token_requests(), 2, "the keeper's from here on");
}

#[test]
fn because_it_is_about_to_expire() {
    let zoom = Zoom::start();
    let home = given(&zoom, 200);
    let mut server = Mcp::open(&home);
    let line = server.says("Token Status");
    assert!(line.contains("✅ Expires in"), "{line}");
    assert_eq!(zoom.token_requests(), 2);
    let status = server.call("zoom_token_status")["structuredContent"].clone();
    assert!(
        status["remaining_seconds"].as_u64().unwrap() > 3000,
        "{status}"
    );
}

#[test]
fn and_without_credentials_it_is_shown_and_no_more() {
    let zoom = Zoom::start();
    let mut home = given(&zoom, 200);
    for name in ["ZOOM_ACCOUNT_ID", "ZOOM_CLIENT_ID", "ZOOM_CLIENT_SECRET"] {
        home.unset(name);
    }
    let mut server = Mcp::open(&home);
    let line = server.says("Token Status");
    assert!(
        line.contains("⚠️ Expires in") || line.contains("📊 Expires in"),
        "{line}"
    );
    assert_eq!(zoom.token_requests(), 1);
    home.set("ZOOM_ACCESS_TOKEN", "opaque");
    let mut server = Mcp::open(&home);
    let line = server.says("Token Status");
    assert!(
        line.ends_with("ZOOM_ACCESS_TOKEN does not say when it expires."),
        "{line}"
    );
    assert!(!home.zoomtray().exists(), "no keeper is needed");
}
