use crate::home;
use black_box_tests::{Mcp, Zoom};
use fake_zoom::Config;
use serde_json::json;

#[test]
fn by_each_tool() {
    let scopes = vec!["user:read:user:admin".to_owned()];
    let zoom = Zoom::with(Config {
        scopes,
        ..Config::default()
    });
    let home = home(&zoom);
    let mut server = Mcp::open(&home);
    for (tool, arguments, scope) in [
        (
            "get_zoom_sites",
            json!({}),
            "zoom_rooms:read:list_locations:admin",
        ),
        (
            "get_zoom_rooms",
            json!({}),
            "zoom_rooms:read:list_rooms:admin",
        ),
        (
            "get_room_details",
            json!({"room_id": "room-01"}),
            "zoom_rooms:read:room:admin",
        ),
        (
            "resolve_location",
            json!({"location_query": "SF1"}),
            "zoom_rooms:read:list_locations:admin",
        ),
    ] {
        let result = server.call_with(tool, &arguments);
        assert_eq!(result["isError"], true, "{result}");
        let text = result["content"][0]["text"].as_str().unwrap();
        assert!(
            text.contains(scope) && text.contains("Scopes page"),
            "{tool}: {text}"
        );
    }
}
