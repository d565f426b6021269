//! The bundled server as the clients meet it: by itself, and behind the relay.

use crate::client::{Seen, Server};
use black_box_tests::{Home, Watch, Zoom, program};
use fake_zoom::App;
use serde_json::{Value, json};

/// A home whose bundled server runs alone, with credentials from its environment.
pub fn alone(zoom: &Zoom) -> (Home, Server) {
    let mut home = Home::new(zoom);
    home.set_guest();
    let command = program("zoomtray-mcp").to_str().unwrap().to_owned();
    let arguments = Vec::new();
    (home, Server { command, arguments })
}

/// A home with a keeper, and what Claude Desktop would start there for the entry `zoom`, whose
/// server is the bundled one.
pub fn relayed(zoom: &Zoom) -> (Home, Server, Watch) {
    let home = Home::new(zoom);
    assert_eq!(home.add_account().code, Some(0));
    home.remember_attempts(&App::default(), "{}");
    let mcp = program("zoomtray-mcp");
    connect(&home, "zoom", &json!({ "command": mcp }));
    let mut watch = home.watch(&[]);
    watch.read_until("✅");
    let server = entry(&home, "zoom");
    (home, server, watch)
}

/// Gives Claude Desktop's config this entry and connects it.
pub fn connect(home: &Home, name: &str, original: &Value) {
    let config = json!({ "mcpServers": { name: original } });
    fs_err::write(home.claude_config(), config.to_string()).unwrap();
    let connected = home.ctl(&["claude", "connect", name]);
    assert_eq!(connected.code, Some(0), "{}", connected.err);
}

/// What Claude Desktop's config says of the entry `name` now.
pub fn entry(home: &Home, name: &str) -> Server {
    let config: Value =
        serde_json::from_slice(&fs_err::read(home.claude_config()).unwrap()).unwrap();
    let entry = &config["mcpServers"][name];
    let arguments = entry["args"].as_array().unwrap();
    Server {
        command: entry["command"].as_str().unwrap().to_owned(),
        arguments: arguments
            .iter()
            .map(|argument| argument.as_str().unwrap().to_owned())
            .collect(),
    }
}

/// A call that changes nothing and is answered the same whenever it is made, one with
/// arguments, and one that fails.
pub fn calls() -> Value {
    json!([
        { "name": "test_zoom_connection", "arguments": {} },
        { "name": "list_users", "arguments": { "page_size": 1 } },
        { "name": "get_meeting", "arguments": { "meeting_id": "1" } },
    ])
}

/// Checks what came of [`calls`].
pub fn check(seen: &Seen) {
    let [tested, listed, failed] = &seen.results[..] else {
        panic!("{} results", seen.results.len());
    };
    assert_eq!(tested["structuredContent"]["status"], "success", "{tested}");
    assert_ne!(listed["isError"], true, "{listed}");
    assert!(listed["structuredContent"]["users"].is_array(), "{listed}");
    assert_eq!(failed["isError"], true, "no meeting has this id: {failed}");
}

/// The names of tools, sorted.
pub fn names(tools: &[Value]) -> Vec<&str> {
    let mut names: Vec<_> = tools
        .iter()
        .map(|tool| tool["name"].as_str().unwrap())
        .collect();
    names.sort_unstable();
    names
}
