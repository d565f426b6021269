use crate::{home, strict_zoom};
use black_box_tests::Mcp;

#[test]
fn and_the_next_call_uses_it() {
    let zoom = strict_zoom();
    let home = home(&zoom);
    let mut watch = home.watch(&[]);
    watch.read_until("✅");
    let before = home.ctl(&["token"]).out;
    let mut server = Mcp::open(&home);
    let result = server.call("zoom_refresh_token");
    assert_eq!(result["isError"], false, "{result}");
    assert_eq!(result["structuredContent"]["expires_in"], 3600, "{result}");
    let after = home.ctl(&["token"]).out;
    assert_ne!(before, after, "it is the keeper's token that is new");
    let status = server.call("zoom_token_status")["structuredContent"].clone();
    assert_eq!(status["last_refresh"]["outcome"], "refreshed", "{status}");
    assert_eq!(server.call("test_zoom_connection")["isError"], false);
    assert_eq!(zoom.fake.counters().api_calls("GET /v2/users/me", 401), 0);
    assert_eq!(zoom.token_requests(), 2);
    let closed = server.close();
    for token in [before, after] {
        assert!(
            !closed.frames.contains(token.trim()),
            "no frame holds a token"
        );
    }
    watch.interrupt();
}
