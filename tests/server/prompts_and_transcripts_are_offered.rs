use crate::guest;
use black_box_tests::{Mcp, Zoom};
use serde_json::json;

#[test]
fn without_asking_zoom_for_anything() {
    let zoom = Zoom::start();
    let home = guest(&zoom);
    let mut server = Mcp::open(&home);
    let prompts = server.request("prompts/list", &json!({}))["prompts"].clone();
    let names: Vec<_> = prompts
        .as_array()
        .unwrap()
        .iter()
        .map(|prompt| &prompt["name"])
        .collect();
    assert_eq!(
        names,
        ["meeting_recap", "weeks_meetings", "room_availability"]
    );
    let recap = json!({"name": "meeting_recap", "arguments": {"meeting_id": "42"}});
    let recap = server.request("prompts/get", &recap);
    let text = recap["messages"][0]["content"]["text"].as_str().unwrap();
    assert!(text.contains("the Zoom meeting 42"), "{text}");
    let templates = server.request("resources/templates/list", &json!({}));
    assert_eq!(
        templates["resourceTemplates"][0]["uriTemplate"],
        "zoom://meetings/{meeting_id}/transcript"
    );
    let listed = server.request("resources/list", &json!({}));
    assert_eq!(listed["resources"], json!([]));
    assert_eq!(zoom.fake.counters().api.len(), 0);
    assert_eq!(zoom.token_requests(), 0);
}

#[test]
fn and_a_transcript_is_read_by_its_uri() {
    let zoom = Zoom::start();
    let home = guest(&zoom);
    let mut server = Mcp::open(&home);
    let uri = "zoom://meetings/%2FcHkf%2F%2FaQ9KzCZTD1t7pHg==/transcript";
    let read = server.request("resources/read", &json!({"uri": uri}));
    let contents = read["contents"].as_array().unwrap();
    assert_eq!(contents.len(), 2, "{read}");
    for (content, words) in contents.iter().zip(["First part.", "Second part."]) {
        assert_eq!(
            (&content["uri"], &content["mimeType"]),
            (&json!(uri), &json!("text/vtt"))
        );
        assert!(
            content["text"].as_str().unwrap().contains(words),
            "{content}"
        );
    }
}

#[test]
fn and_one_that_is_not_there_is_an_error() {
    let zoom = Zoom::start();
    let home = guest(&zoom);
    let mut server = Mcp::open(&home);
    for (uri, words) in [
        (
            "zoom://meetings/85551234567/transcript",
            "No transcript files found",
        ),
        ("zoom://rooms/1", "There is no resource"),
    ] {
        server.send(
            &json!({"jsonrpc": "2.0", "id": uri, "method": "resources/read",
                            "params": {"uri": uri}}),
        );
        let answer = server.answer();
        let message = answer["error"]["message"].as_str().unwrap_or_default();
        assert!(message.contains(words), "{answer}");
    }
}
