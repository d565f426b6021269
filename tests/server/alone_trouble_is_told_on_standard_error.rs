use black_box_tests::{Home, Mcp, Zoom};

#[test]
fn in_the_words_that_a_call_gets() {
    let zoom = Zoom::start();
    let mut home = Home::new(&zoom);
    home.set_guest();
    home.set("ZOOM_CLIENT_SECRET", "not-the-planted-secret");
    home.set("ZOOM_TOKEN_DISPLAY_INTERVAL", 1);
    let mut server = Mcp::open(&home);
    let line = server.says("Token Status");
    assert!(
        line.starts_with("🔑 Token Status: ❌ Zoom refused the client"),
        "{line}"
    );
    let closed = server.close();
    assert!(
        !closed.err.contains("not-the-planted-secret"),
        "{}",
        closed.err
    );
    assert_eq!(closed.code, Some(0));
}
