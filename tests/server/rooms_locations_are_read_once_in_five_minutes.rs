use crate::home;
use crate::rooms::ids;
use black_box_tests::{Mcp, Zoom};
use serde_json::json;

const LOCATIONS: &str = "GET /v2/rooms/locations";

#[test]
fn but_again_for_a_place_that_is_not_among_them() {
    let zoom = Zoom::start();
    let home = home(&zoom);
    let mut server = Mcp::open(&home);
    let sites = server.call("get_zoom_sites");
    assert_eq!(ids(&sites, "sites").len(), 11);
    server.call_with("resolve_location", &json!({"location_query": "Denver"}));
    server.call("get_zoom_sites");
    assert_eq!(zoom.fake.counters().api_calls(LOCATIONS, 200), 1);

    let mut contents = zoom.fake.contents();
    contents.rooms.locations.push(json!({
        "id": "loc-oslo", "name": "Oslo", "parent_location_id": "", "type": "city",
    }));
    zoom.fake.set_contents(contents);
    let oslo = server.call_with("resolve_location", &json!({"location_query": "Oslo"}));
    assert_eq!(ids(&oslo, "resolved_locations"), ["loc-oslo"]);
    assert_eq!(zoom.fake.counters().api_calls(LOCATIONS, 200), 2);
}
