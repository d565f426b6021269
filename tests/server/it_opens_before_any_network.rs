use black_box_tests::{Home, Mcp, Zoom};
use serde_json::json;

/// Under the names by which they are known.
const TOOLS: [&str; 19] = [
    "list_meetings",
    "get_meeting",
    "create_meeting",
    "update_meeting",
    "delete_meeting",
    "get_meeting_participants",
    "list_users",
    "get_user",
    "get_meeting_recordings",
    "zoom_list_recordings",
    "zoom_get_recording_details",
    "zoom_get_meeting_transcript",
    "get_zoom_sites",
    "get_zoom_rooms",
    "get_room_details",
    "resolve_location",
    "test_zoom_connection",
    "zoom_token_status",
    "zoom_refresh_token",
];

#[test]
fn and_lists_all_tools() {
    let zoom = Zoom::start();
    let mut home = Home::new(&zoom);
    home.set_guest();
    let mut server = Mcp::start(&home);
    let opened = server.initialize();
    assert_eq!(opened["serverInfo"]["name"], "zoomtray");
    let tools = server.request("tools/list", &json!({}))["tools"].clone();
    let tools = tools.as_array().unwrap();
    let names: Vec<_> = tools
        .iter()
        .map(|tool| tool["name"].as_str().unwrap())
        .collect();
    assert_eq!(names, TOOLS);
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
