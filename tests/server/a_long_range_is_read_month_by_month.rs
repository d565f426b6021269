use crate::guest;
use black_box_tests::{Home, Mcp, Zoom};
use serde_json::{Value, json};

const LIST: &str = "GET /v2/users/me/recordings";

/// From January to March of the year of the example's recordings.
fn range() -> Value {
    json!({"from_date": "2021-01-01", "to_date": "2021-03-31"})
}

fn server() -> (Zoom, Home, Mcp) {
    let zoom = Zoom::start();
    let home = guest(&zoom);
    let server = Mcp::open(&home);
    (zoom, home, server)
}

fn topics(page: &Value) -> Vec<&str> {
    let meetings = page["meetings"].as_array().unwrap();
    let topics = meetings.iter().map(|meeting| &meeting["topic"]);
    topics.map(|topic| topic.as_str().unwrap()).collect()
}

#[test]
fn and_put_together() {
    let (zoom, _home, mut server) = server();
    let result = server.call_with("zoom_list_recordings", &range());
    let page = &result["structuredContent"];
    assert_eq!(
        topics(page),
        ["Product demonstration", "Interview", "Training"]
    );
    assert_eq!(
        (&page["from"], &page["to"]),
        (&json!("2021-01-01"), &json!("2021-03-31"))
    );
    assert_eq!(
        (&page["total_records"], &page["next_page_token"]),
        (&json!(3), &json!(""))
    );
    let counters = zoom.fake.counters();
    assert_eq!(counters.api_calls(LIST, 200), 3, "no month twice");
    assert_eq!(counters.complaints, Vec::<String>::new());
}

#[test]
fn with_progress_for_those_who_ask_for_it() {
    let (_zoom, _home, mut server) = server();
    let call = json!({
        "name": "zoom_list_recordings",
        "arguments": range(),
        "_meta": {"progressToken": "mine"},
    });
    server.request("tools/call", &call);
    let told = server.told();
    let messages: Vec<_> = told
        .iter()
        .map(|told| {
            assert_eq!(told["method"], "notifications/progress");
            assert_eq!(told["params"]["progressToken"], "mine");
            (
                told["params"]["progress"].as_f64().unwrap(),
                told["params"]["message"].as_str().unwrap(),
            )
        })
        .collect();
    assert_eq!(
        messages,
        [
            (1.0, "1 of 3 months read, 2 recordings found"),
            (2.0, "2 of 3 months read, 2 recordings found"),
            (3.0, "3 of 3 months read, 3 recordings found"),
        ]
    );
    server.call_with("zoom_list_recordings", &range());
    assert_eq!(
        server.told(),
        Vec::<Value>::new(),
        "unasked nothing is told"
    );
}

#[test]
fn in_pages_that_follow_each_other_across_the_months() {
    let (_zoom, _home, mut server) = server();
    let mut arguments = range();
    arguments["page_size"] = 1.into();
    let mut seen = Vec::new();
    loop {
        let page =
            server.call_with("zoom_list_recordings", &arguments)["structuredContent"].clone();
        seen.extend(topics(&page).into_iter().map(str::to_owned));
        let next = page["next_page_token"].as_str().unwrap().to_owned();
        if next.is_empty() {
            break;
        }
        arguments["next_page_token"] = next.into();
    }
    assert_eq!(seen, ["Product demonstration", "Interview", "Training"]);
}

#[test]
fn by_page_numbers_too() {
    let (zoom, _home, mut server) = server();
    for (number, expected) in [
        (1, &["Product demonstration"][..]),
        (2, &["Interview"]),
        (3, &["Training"]),
        (4, &[]),
    ] {
        let mut arguments = range();
        arguments["page_size"] = 1.into();
        arguments["page_number"] = number.into();
        let result = server.call_with("zoom_list_recordings", &arguments);
        assert_eq!(
            topics(&result["structuredContent"]),
            expected,
            "page {number}"
        );
    }
    assert_eq!(
        zoom.fake.counters().complaints,
        Vec::<String>::new(),
        "Zoom knows no page_number"
    );
}

#[test]
fn without_dates_it_is_the_last_thirty_days() {
    let (zoom, _home, mut server) = server();
    let result = server.call("zoom_list_recordings");
    assert_eq!(result["isError"], false, "{result}");
    let page = &result["structuredContent"];
    assert_ne!(page["from"], page["to"], "more than Zoom's own today");
    assert_eq!(zoom.fake.counters().api_calls(LIST, 200), 1);
}
