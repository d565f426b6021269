use crate::strict_zoom;
use black_box_tests::{Home, Mcp};

#[test]
fn and_none_loses_it_to_another() {
    let zoom = strict_zoom();
    let mut home = Home::new(&zoom);
    home.set_guest();
    home.set("ZOOM_TOKEN_DISPLAY_INTERVAL", 1);
    let mut servers: Vec<Mcp> = (0..3).map(|_| Mcp::open(&home)).collect();
    for server in &mut servers {
        let line = server.says("Token Status");
        assert!(line.contains("✅ Expires in"), "{line}");
        assert_eq!(server.call("test_zoom_connection")["isError"], false);
    }
    assert_eq!(zoom.token_requests(), 1);
    assert_eq!(zoom.fake.counters().api_calls("GET /v2/users/me", 401), 0);
}
