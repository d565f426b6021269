use crate::{failure_line, guest};
use black_box_tests::{Home, Mcp, Zoom, golden_line};
use fake_zoom::{Config, Endpoint, Fault};
use serde_json::{Value, json};

/// Compares the one line of a call's failure with the reviewed one.
fn says(subject: &str, zoom: &Zoom, tool: &str, arguments: &Value) {
    let home: Home = guest(zoom);
    let mut server = Mcp::open(&home);
    let line = failure_line(&server.call_with(tool, arguments));
    golden_line("server/failures.txt", subject, &line);
}

/// The same where every API request meets `fault`.
fn says_at(subject: &str, fault: Fault, tool: &str, arguments: &Value) {
    let zoom = Zoom::start();
    zoom.fake.push_fault(Endpoint::Api, fault, None);
    says(subject, &zoom, tool, arguments);
}

fn topic() -> Value {
    json!({"topic": "Plan"})
}

#[test]
fn no_such_meeting() {
    let arguments = json!({"meeting_id": "1"});
    says("no such meeting", &Zoom::start(), "get_meeting", &arguments);
}

#[test]
fn no_such_user() {
    let arguments = json!({"user_id": "nobody@example.com"});
    says("no such user", &Zoom::start(), "get_user", &arguments);
}

#[test]
fn no_recording() {
    let arguments = json!({"meeting_id": "97763643886"});
    says(
        "no recording",
        &Zoom::start(),
        "get_meeting_recordings",
        &arguments,
    );
}

#[test]
fn no_transcript() {
    let arguments = json!({"meeting_id": "85551234567"});
    says(
        "no transcript",
        &Zoom::start(),
        "zoom_get_meeting_transcript",
        &arguments,
    );
}

#[test]
fn a_transcript_elsewhere() {
    let mut contents = fake_zoom::Contents::example();
    contents.recordings[0]["recording_files"][1]["download_url"] =
        "https://files.example.com/transcript.vtt".into();
    let zoom = Zoom::with(Config {
        contents,
        ..Config::default()
    });
    let arguments = json!({"meeting_id": "6840331990"});
    says(
        "transcript elsewhere",
        &zoom,
        "zoom_get_meeting_transcript",
        &arguments,
    );
}

#[test]
fn a_missing_scope() {
    let zoom = Zoom::with(Config {
        scopes: vec!["user:read:user:admin".into()],
        ..Config::default()
    });
    says("missing scope", &zoom, "list_meetings", &json!({}));
}

#[test]
fn an_error_under_200() {
    says_at(
        "error under 200",
        Fault::ErrorUnder200,
        "list_users",
        &json!({}),
    );
}

#[test]
fn a_wrong_page_token() {
    let arguments = json!({"next_page_token": "made-up"});
    says("wrong page token", &Zoom::start(), "list_users", &arguments);
}

#[test]
fn a_daily_limit() {
    let retry_after = Some("2094-01-20T00:00:00Z".to_owned());
    let limited = Fault::RateLimited { retry_after };
    says_at("limit until a date", limited, "create_meeting", &topic());
}

#[test]
fn a_server_error_that_stays() {
    let fault = || Fault::ServerError { status: 503 };
    says_at("server error, read", fault(), "list_meetings", &json!({}));
    says_at("server error, change", fault(), "create_meeting", &topic());
}

#[test]
fn a_connection_that_is_always_lost() {
    says_at("reset, read", Fault::Reset, "list_meetings", &json!({}));
    says_at("reset, change", Fault::Reset, "create_meeting", &topic());
}

#[test]
fn a_cut_answer() {
    says_at("cut JSON", Fault::ShortJson, "list_meetings", &json!({}));
    says_at("cut connection", Fault::CutJson, "create_meeting", &topic());
}

#[test]
fn a_web_page_in_place_of_zoom() {
    let page = Fault::Html { status: 200 };
    says_at("web page", page, "list_meetings", &json!({}));
}

#[test]
fn a_redirect() {
    let location = "https://login.example.com/".to_owned();
    says_at(
        "redirect",
        Fault::Redirect { location },
        "list_meetings",
        &json!({}),
    );
}

#[test]
fn wrong_arguments() {
    let zoom = Zoom::start();
    for (subject, tool, arguments) in [
        ("argument missing", "create_meeting", json!({})),
        (
            "argument of another type",
            "create_meeting",
            json!({"topic": "t", "duration": "long"}),
        ),
        (
            "argument unknown",
            "list_users",
            json!({"statuses": "active"}),
        ),
        (
            "credential",
            "zoom_list_recordings",
            json!({"zoom_access_token": "planted"}),
        ),
        (
            "kind of meeting",
            "create_meeting",
            json!({"topic": "t", "type": 4}),
        ),
        (
            "no change",
            "update_meeting",
            json!({"meeting_id": "97763643886"}),
        ),
        ("empty id", "get_meeting", json!({"meeting_id": ""})),
        (
            "no date",
            "zoom_list_recordings",
            json!({"from_date": "yesterday"}),
        ),
        (
            "dates exchanged",
            "zoom_list_recordings",
            json!({"from_date": "2021-03-02", "to_date": "2021-03-01"}),
        ),
        (
            "page token of other dates",
            "zoom_list_recordings",
            json!({"from_date": "2021-03-02", "next_page_token": "month-7:x", "to_date": "2021-06-01"}),
        ),
    ] {
        says(subject, &zoom, tool, &arguments);
    }
    assert_eq!(zoom.fake.counters().api.len(), 0, "Zoom was not asked");
}
