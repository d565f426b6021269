use crate::home;
use crate::rooms::ids;
use black_box_tests::{Mcp, Zoom};
use serde_json::json;

const ROOMS: &str = "GET /v2/rooms";

#[test]
fn of_the_account_and_of_a_location() {
    let zoom = Zoom::start();
    let mut contents = zoom.fake.contents();
    contents.rooms.add(700, "Booth", "loc-berlin");
    zoom.fake.set_contents(contents);
    let home = home(&zoom);
    let mut server = Mcp::open(&home);

    let all = server.call("get_zoom_rooms");
    assert_eq!(ids(&all, "rooms").len(), 709);
    assert_eq!(all["structuredContent"]["total_count"], 709);
    assert_eq!(zoom.fake.counters().api_calls(ROOMS, 200), 3, "300 a page");

    let berlin = server.call_with("get_zoom_rooms", &json!({"location_query": "Berlin"}));
    assert_eq!(berlin["structuredContent"]["total_count"], 701);
    assert_eq!(zoom.fake.counters().api_calls(ROOMS, 200), 6);

    // Six locations: fewer requests for everything than for each.
    let usa = server.call_with("get_zoom_rooms", &json!({"location_query": "USSFO"}));
    assert_eq!(usa["structuredContent"]["total_count"], 4);
    assert_eq!(zoom.fake.counters().api_calls(ROOMS, 200), 9);
    assert_eq!(zoom.fake.counters().complaints, Vec::<String>::new());
}
