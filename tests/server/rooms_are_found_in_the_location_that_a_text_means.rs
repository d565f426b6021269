use crate::home;
use crate::rooms::{golden_result, ids};
use black_box_tests::{Mcp, Zoom};
use serde_json::json;

#[test]
fn with_what_matched_and_a_summary() {
    let zoom = Zoom::start();
    let home = home(&zoom);
    let mut server = Mcp::open(&home);
    let all = server.call("get_zoom_rooms");
    golden_result("server/golden/rooms_all.json", &all);
    let floor = server.call_with("get_zoom_rooms", &json!({"location_query": "SF1 Floor 1"}));
    golden_result("server/golden/rooms_on_a_floor.json", &floor);
    for (query, wanted) in [
        ("SFO", vec!["room-01", "room-02", "room-03", "room-04"]),
        ("sf1", vec!["room-01", "room-02", "room-03"]),
        ("loc-denver-f3", vec!["room-06", "room-07"]),
        ("Floor 1", vec!["room-01", "room-02", "room-04", "room-05"]),
        ("Denvr", vec!["room-05", "room-06", "room-07"]),
        ("berlin", vec!["room-08"]),
    ] {
        let result = server.call_with("get_zoom_rooms", &json!({"location_query": query}));
        assert_eq!(ids(&result, "rooms"), wanted, "{query}: {result}");
    }
    assert_eq!(zoom.fake.counters().complaints, Vec::<String>::new());
}

#[test]
fn and_a_place_that_there_is_not_is_an_error_that_says_where_to_look() {
    let zoom = Zoom::start();
    let home = home(&zoom);
    let mut server = Mcp::open(&home);
    let result = server.call_with("get_zoom_rooms", &json!({"location_query": "Atlantis"}));
    assert_eq!(result["isError"], true, "{result}");
    let text = result["content"][0]["text"].as_str().unwrap();
    assert!(text.contains("\"Atlantis\" matches no location"), "{text}");
    assert!(text.contains("get_zoom_sites"), "{text}");
    let lists = zoom.fake.counters().api_calls("GET /v2/rooms", 200);
    assert_eq!(lists, 0, "no room was asked for");
}
