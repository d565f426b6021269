//! How a session opens, goes on and ends, by the real binary. No test here has a network or a
//! keeper.

use crate::server::Server;
use rmcp::transport::async_rw::DEFAULT_MAX_LINE_LENGTH;
use serde_json::{Value, json};

/// What a request of the stateless revision carries.
fn stateless() -> Value {
    json!({
        "_meta": {
            "io.modelcontextprotocol/protocolVersion": "2026-07-28",
            "io.modelcontextprotocol/clientInfo": {"name": "probe", "version": "1"},
            "io.modelcontextprotocol/clientCapabilities": {},
        }
    })
}

#[test]
fn initialize_is_answered_before_anything_is_opened() {
    let mut server = Server::start(&[("HTTPS_PROXY", "http://127.0.0.1:1")]);
    let answer = server.initialize();
    assert_eq!(answer["result"]["protocolVersion"], "2025-11-25");
    assert_eq!(answer["result"]["serverInfo"]["name"], "zoomtray");
    let tools = server.request(1, "tools/list", &json!({}));
    assert!(tools["result"]["tools"].as_array().unwrap().len() >= 15);
    assert!(
        !server.has_touched_its_home(),
        "no keeper was asked or started"
    );
    let (status, rest, complaints) = server.close();
    assert_eq!(
        (status.code(), rest.as_str(), complaints.as_str()),
        (Some(0), "", "")
    );
}

#[test]
fn what_precedes_the_first_request_is_dropped() {
    let mut server = Server::start(&[]);
    server.send(
        &json!({"jsonrpc": "2.0", "method": "notifications/cancelled",
                        "params": {"requestId": 1}}),
    );
    server.send(&json!({"jsonrpc": "2.0", "id": 3, "result": {}}));
    let probe = server.request(1, "server/discover", &stateless());
    assert!(
        probe["result"]["supportedVersions"]
            .to_string()
            .contains("2026-07-28"),
        "{probe}"
    );
    server.send(
        &json!({"jsonrpc": "2.0", "method": "notifications/cancelled",
                        "params": {"requestId": 1}}),
    );
    assert_eq!(
        server.initialize()["result"]["protocolVersion"],
        "2025-11-25"
    );
    assert_eq!(server.close().0.code(), Some(0));
}

#[test]
fn a_probe_without_metadata_is_answered_and_survived() {
    let mut server = Server::start(&[]);
    let probe = server.request(1, "server/discover", &json!({}));
    assert_eq!(probe["error"]["code"], -32602, "{probe}");
    let early = server.request(2, "tools/list", &json!({}));
    assert!(early["error"].is_object(), "{early}");
    server.send(&json!({"jsonrpc": "2.0", "method": "notifications/initialized"}));
    assert_eq!(
        server.initialize()["result"]["protocolVersion"],
        "2025-11-25"
    );
}

#[test]
fn the_stateless_revision_needs_no_handshake() {
    let mut server = Server::start(&[]);
    let tools = server.request(1, "tools/list", &stateless());
    assert!(
        tools["result"]["tools"].as_array().unwrap().len() >= 15,
        "{tools}"
    );
    let mut call = stateless();
    call["name"] = "zoom_nothing".into();
    let unknown = server.request(2, "tools/call", &call);
    assert_eq!(unknown["error"]["code"], -32602, "{unknown}");
    assert_eq!(server.close().0.code(), Some(0));
}

/// A request of exactly so many bytes with its line end, its id last as the TypeScript SDK writes it.
fn request_of(bytes: usize, id: &str) -> Vec<u8> {
    let (head, tail) = (
        r#"{"method":"tools/list","params":{"x":""#,
        format!("\"}},\"jsonrpc\":\"2.0\",\"id\":{id}}}\n"),
    );
    let padding = "x".repeat(bytes - head.len() - tail.len());
    format!("{head}{padding}{tail}").into_bytes()
}

#[test]
fn a_frame_that_is_too_long_is_answered_by_its_id() {
    let mut server = Server::start(&[]);
    server.initialize();
    server.send_bytes(&request_of(DEFAULT_MAX_LINE_LENGTH, "1"));
    let fits = server.receive();
    assert!(
        fits["id"] == 1 && fits["result"].is_object(),
        "the limit itself fits: {fits}"
    );
    server.send_bytes(&request_of(DEFAULT_MAX_LINE_LENGTH + 1, "\"two\""));
    let refused = server.receive();
    assert_eq!(refused["id"], "two", "{refused}");
    assert_eq!(refused["error"]["code"], -32600);
    assert!(
        refused["error"]["message"]
            .as_str()
            .unwrap()
            .contains("16 MiB"),
        "{refused}"
    );
    let next = server.request(3, "ping", &json!({}));
    assert!(next["result"].is_object(), "{next}");
}

#[test]
fn a_frame_that_is_too_long_and_no_request_is_answered_without_an_id() {
    let mut server = Server::start(&[]);
    server.send_bytes(&[vec![b'x'; DEFAULT_MAX_LINE_LENGTH], vec![b'\n']].concat());
    let refused = server.receive();
    assert!(refused.get("id").is_none_or(Value::is_null), "{refused}");
    assert_eq!(refused["error"]["code"], -32600);
    server.initialize();
}

#[test]
fn the_end_of_stdin_ends_it_at_any_moment() {
    let (status, rest, complaints) = Server::start(&[]).close();
    assert_eq!(
        (status.code(), rest.as_str(), complaints.as_str()),
        (Some(0), "", "")
    );

    let mut unopened = Server::start(&[]);
    unopened.request(1, "server/discover", &stateless());
    assert_eq!(unopened.close().0.code(), Some(0));

    let mut opened = Server::start(&[]);
    opened.initialize();
    opened.send(&json!({"jsonrpc": "2.0", "id": 5, "method": "ping"}));
    let (status, rest, _) = opened.close();
    assert_eq!(status.code(), Some(0));
    assert!(
        rest.contains("\"id\":5"),
        "the last request is answered: {rest:?}"
    );
}

#[test]
fn a_call_that_hangs_does_not_keep_it() {
    let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let api = format!("http://{}", silent.local_addr().unwrap());
    let mut server = Server::start(&[("ZOOM_ACCESS_TOKEN", "planted"), ("ZOOM_API_URL", &api)]);
    server.initialize();
    server.send(&json!({"jsonrpc": "2.0", "id": 5, "method": "tools/call",
                        "params": {"name": "test_zoom_connection"}}));
    let _asked_and_never_answered = silent.accept().unwrap();
    let (status, rest, _) = server.close();
    assert_eq!(status.code(), Some(0));
    assert!(
        !rest.contains("\"result\""),
        "it left without waiting for an answer: {rest}"
    );
}
