use black_box_tests::{Home, Mcp, Zoom};
use serde_json::json;

#[test]
fn and_lists_three_tools_described_in_full() {
    let zoom = Zoom::start();
    let mut home = Home::new(&zoom);
    home.set_guest();
    let mut server = Mcp::start(&home);
    let opened = server.initialize();
    assert_eq!(opened["serverInfo"]["name"], "zoomtray");
    let tools = server.request("tools/list", &json!({}))["tools"].clone();
    let tools = tools.as_array().unwrap();
    let mut names: Vec<_> = tools
        .iter()
        .map(|tool| tool["name"].as_str().unwrap())
        .collect();
    names.sort_unstable();
    assert_eq!(
        names,
        [
            "test_zoom_connection",
            "zoom_refresh_token",
            "zoom_token_status"
        ]
    );
    for tool in tools {
        assert!(!tool["title"].as_str().unwrap().is_empty(), "{tool}");
        assert!(tool["annotations"]["readOnlyHint"].is_boolean(), "{tool}");
        assert_eq!(tool["inputSchema"]["type"], "object", "{tool}");
        assert_eq!(tool["outputSchema"]["type"], "object", "{tool}");
    }
    assert!(
        !home.zoomtray().exists(),
        "no keeper was asked or became one"
    );
    let closed = server.close();
    assert_eq!(
        (closed.code, closed.err.as_str()),
        (Some(0), ""),
        "the end of its input ends it"
    );
    assert_eq!(zoom.token_requests(), 0);
}
