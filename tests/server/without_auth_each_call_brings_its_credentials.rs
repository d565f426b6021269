use crate::{failure_line, result_cut};
use black_box_tests::{Home, Mcp, Zoom};
use fake_zoom::{App, Config};
use serde_json::{Value, json};

/// What the first refresh goes by.
const REFRESH: &str = "planted-refresh-token";

fn server() -> (Zoom, Home, Mcp) {
    let zoom = Zoom::with(Config {
        refresh_token: Some(REFRESH.to_owned()),
        ..Config::default()
    });
    let home = Home::new(&zoom);
    let mut server = Mcp::start_with(&home, &["--no-auth"]);
    server.initialize();
    (zoom, home, server)
}

fn refresh(server: &mut Mcp, refresh_token: &str) -> Value {
    let app = App::default();
    let arguments = json!({
        "zoom_refresh_token": refresh_token,
        "zoom_client_id": app.client_id,
        "zoom_client_secret": app.client_secret,
    });
    server.call_with("zoom_refresh_token", &arguments)
}

#[test]
fn and_there_are_the_four_tools_alone() {
    let (_zoom, home, mut server) = server();
    let list = server.request("tools/list", &json!({}));
    let tools = list["tools"].as_array().unwrap();
    let required: Vec<_> = tools
        .iter()
        .map(|tool| {
            (
                tool["name"].as_str().unwrap(),
                &tool["inputSchema"]["required"],
            )
        })
        .collect();
    let (token, one) = (
        json!(["zoom_access_token"]),
        json!(["zoom_access_token", "meeting_id"]),
    );
    let credentials = json!(["zoom_refresh_token", "zoom_client_id", "zoom_client_secret"]);
    assert_eq!(
        required,
        [
            ("zoom_refresh_token", &credentials),
            ("zoom_list_recordings", &token),
            ("zoom_get_recording_details", &one),
            ("zoom_get_meeting_transcript", &one),
        ]
    );
    assert!(
        !home.zoomtray().exists(),
        "no keeper was asked or became one"
    );
}

#[test]
fn and_tokens_go_round_through_the_client() {
    let (zoom, home, mut server) = server();
    let renewed = refresh(&mut server, REFRESH);
    assert_eq!(renewed["isError"], false, "{renewed}");
    let tokens = &renewed["structuredContent"];
    assert_eq!(
        (&tokens["status"], &tokens["expires_in"]),
        (&json!("success"), &json!(3600))
    );
    assert!(
        tokens["expires_at"].as_str().unwrap().ends_with('Z'),
        "{tokens}"
    );
    assert_ne!(tokens["refresh_token"], REFRESH, "each is good once");
    let token = &tokens["access_token"];
    let list =
        json!({"zoom_access_token": token, "from_date": "2021-03-01", "to_date": "2021-03-31"});
    let list = result_cut(&server.call_with("zoom_list_recordings", &list));
    assert_eq!(
        list["structuredContent"]["meetings"]
            .as_array()
            .unwrap()
            .len(),
        2,
        "{list}"
    );
    let one = json!({"zoom_access_token": token, "meeting_id": "6840331990"});
    let details = server.call_with("zoom_get_recording_details", &one);
    assert_eq!(
        details["structuredContent"]["topic"], "Product demonstration",
        "{details}"
    );
    let said = server.call_with("zoom_get_meeting_transcript", &one)["structuredContent"].clone();
    assert!(
        said["transcripts"][0]["content"]
            .as_str()
            .unwrap()
            .starts_with("WEBVTT"),
        "{said}"
    );
    assert_eq!(zoom.fake.counters().complaints, Vec::<String>::new());
    assert!(!home.zoomtray().exists(), "nothing is kept");
}

#[test]
fn and_a_used_refresh_token_is_refused_in_words() {
    let (_zoom, _home, mut server) = server();
    refresh(&mut server, REFRESH);
    let refused = refresh(&mut server, REFRESH);
    let line = failure_line(&refused);
    assert!(line.contains("Authorize the app again"), "{line}");
    assert_eq!(refused["structuredContent"]["status"], "error", "{refused}");
    let secret = App::default().client_secret;
    assert!(!refused.to_string().contains(&secret), "{refused}");
}

#[test]
fn and_a_rejected_token_is_not_replaced() {
    let (zoom, _home, mut server) = server();
    let list = json!({"zoom_access_token": "planted"});
    let line = failure_line(&server.call_with("zoom_list_recordings", &list));
    assert!(
        line.starts_with("Unauthorized. Token might be expired."),
        "{line}"
    );
    assert_eq!(zoom.token_requests(), 0);
}

#[test]
fn and_another_argument_is_refused_with_the_usage() {
    let home = Home::new(&Zoom::start());
    let output = home
        .command("zoomtray-mcp")
        .arg("--noauth")
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("--no-auth"), "{said}");
}
