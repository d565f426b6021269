use crate::{guest, result_cut};
use black_box_tests::{Home, Mcp, Zoom, golden, places_cut};
use serde_json::{Value, json};

const UUID: &str = "/cHkf//aQ9KzCZTD1t7pHg==";

fn server() -> (Zoom, Home, Mcp) {
    let zoom = Zoom::start();
    let home = guest(&zoom);
    let server = Mcp::open(&home);
    (zoom, home, server)
}

/// Calls a tool and compares its whole result with the reviewed one of that name.
fn answers(tool: &str, arguments: &Value) {
    let (zoom, home, mut server) = server();
    let result = server.call_with(tool, arguments);
    assert_eq!(result["isError"], false, "{result}");
    let shown = format!("{:#}\n", result_cut(&result));
    golden(
        &format!("server/golden/{tool}.json"),
        &places_cut(&shown, home.path()),
    );
    assert_eq!(zoom.fake.counters().complaints, Vec::<String>::new());
}

#[test]
fn list_meetings() {
    answers("list_meetings", &json!({}));
}

#[test]
fn get_meeting() {
    answers("get_meeting", &json!({"meeting_id": 84_312_345_678_u64}));
}

#[test]
fn create_meeting() {
    let settings = json!({"waiting_room": true, "audio": "voip"});
    answers(
        "create_meeting",
        &json!({
            "topic": "Introduction",
            "start_time": "2094-05-01T09:00:00",
            "duration": 45,
            "timezone": "Europe/Berlin",
            "agenda": "Who does what",
            "password": "246810",
            "settings": settings,
        }),
    );
}

#[test]
fn update_meeting() {
    let arguments =
        json!({"meeting_id": "97763643886", "duration": 90, "settings": {"audio": "voip"}});
    answers("update_meeting", &arguments);
}

#[test]
fn delete_meeting() {
    let arguments = json!({"meeting_id": "84312345678", "occurrence_id": "3919321800000"});
    answers("delete_meeting", &arguments);
}

#[test]
fn get_meeting_participants() {
    answers(
        "get_meeting_participants",
        &json!({"meeting_id": "6840331990"}),
    );
}

#[test]
fn list_users() {
    answers("list_users", &json!({"status": "active", "page_size": 1}));
}

#[test]
fn get_user() {
    answers("get_user", &json!({"user_id": "host@example.com"}));
}

#[test]
fn get_meeting_recordings() {
    answers(
        "get_meeting_recordings",
        &json!({"meeting_id": "6840331990"}),
    );
}

#[test]
fn zoom_list_recordings() {
    let arguments = json!({"from_date": "2021-03-01", "to_date": "2021-03-31"});
    answers("zoom_list_recordings", &arguments);
}

#[test]
fn zoom_get_recording_details() {
    answers("zoom_get_recording_details", &json!({"meeting_id": UUID}));
}

#[test]
fn zoom_get_meeting_transcript() {
    answers("zoom_get_meeting_transcript", &json!({"meeting_id": UUID}));
}

#[test]
fn what_is_made_changed_and_deleted_is_so_at_zoom() {
    let (zoom, _home, mut server) = server();
    let made = server.call_with("create_meeting", &json!({"topic": "Plan"}));
    let id = made["structuredContent"]["id"].clone();
    let arguments = json!({"meeting_id": id, "topic": "Better plan"});
    let changed = server.call_with("update_meeting", &arguments);
    assert_eq!(
        changed["content"][0]["text"],
        format!("Meeting {id} updated successfully")
    );
    let read = server.call_with("get_meeting", &json!({"meeting_id": id}));
    assert_eq!(read["structuredContent"]["topic"], "Better plan");
    server.call_with("delete_meeting", &json!({"meeting_id": id}));
    let meetings = zoom.fake.contents().meetings;
    assert!(meetings.iter().all(|meeting| meeting["id"] != id));
    assert_eq!(meetings.len(), 4);
}

#[test]
fn pages_lead_to_the_next() {
    let (_zoom, _home, mut server) = server();
    let mut topics = Vec::new();
    let mut arguments = json!({"type": "scheduled", "page_size": 3});
    loop {
        let page = server.call_with("list_meetings", &arguments)["structuredContent"].clone();
        let meetings = page["meetings"].as_array().unwrap().clone();
        topics.push(meetings.len());
        let next = page["next_page_token"].as_str().unwrap();
        if next.is_empty() {
            break;
        }
        arguments["next_page_token"] = next.into();
    }
    assert_eq!(topics, [3, 1]);
}
