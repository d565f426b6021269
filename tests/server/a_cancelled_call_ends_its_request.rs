use black_box_tests::{Home, Mcp, Zoom};
use serde_json::json;
use std::io::{BufRead, BufReader};
use std::net::TcpListener;

#[test]
fn and_the_session_goes_on() {
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let mut home = Home::new(&Zoom::start());
    home.set("ZOOM_ACCESS_TOKEN", "planted");
    home.set(
        "ZOOM_API_URL",
        format!("http://{}", silent.local_addr().unwrap()),
    );
    let mut server = Mcp::open(&home);
    server.send(
        &json!({"jsonrpc": "2.0", "id": "slow", "method": "tools/call",
                        "params": {"name": "list_meetings", "arguments": {}}}),
    );
    let (connection, _) = silent.accept().unwrap();
    let mut lines = BufReader::new(connection).lines();
    let head: Vec<String> = lines
        .by_ref()
        .map(Result::unwrap)
        .take_while(|line| !line.is_empty())
        .collect();
    assert!(head[0].starts_with("GET /users/me/meetings"), "{head:?}");
    server.send(
        &json!({"jsonrpc": "2.0", "method": "notifications/cancelled",
                        "params": {"requestId": "slow", "reason": "enough"}}),
    );
    // The end of the connection, however it comes.
    assert!(
        lines.next().is_none_or(|line| line.is_err()),
        "nothing follows on it"
    );
    let status = server.call("zoom_token_status");
    assert_eq!(
        status["isError"], false,
        "no answer to the other came first: {status}"
    );
    assert_eq!(server.close().code, Some(0));
}
