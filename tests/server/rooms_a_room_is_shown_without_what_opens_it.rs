use crate::home;
use crate::rooms::golden_result;
use black_box_tests::{Mcp, Zoom};
use serde_json::json;

#[test]
fn and_no_path_leads_elsewhere() {
    let zoom = Zoom::start();
    let home = home(&zoom);
    let mut server = Mcp::open(&home);
    let room = server.call_with("get_room_details", &json!({"room_id": "room-02"}));
    golden_result("server/golden/rooms_one.json", &room);
    for room_id in [
        "room-99",
        "../users/me",
        "locations/loc-berlin",
        "room-02?x=1",
    ] {
        let result = server.call_with("get_room_details", &json!({"room_id": room_id}));
        assert_eq!(result["isError"], true, "{room_id}: {result}");
        assert!(result.to_string().contains("1012"), "{room_id}: {result}");
    }
    let closed = server.close();
    for secret in ["1315-2376", "271828", "SignedLinkToken"] {
        assert!(!closed.frames.contains(secret), "{secret}");
    }
    assert_eq!(zoom.fake.counters().api_calls("GET /v2/users/me", 200), 0);
}
