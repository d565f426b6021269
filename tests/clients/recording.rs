//! A session as it was recorded: each line that passed between a client of others and a server.

use crate::client::in_this_folder;
use serde_json::Value;

/// One line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    /// The client's.
    Client(String),
    /// The server's.
    Server(String),
}

/// The file of the recording of this era.
pub fn file(era: &str) -> std::path::PathBuf {
    in_this_folder("recorded").join(format!("{era}.jsonl"))
}

/// The lines of the recording of this era.
pub fn read(era: &str) -> Vec<Line> {
    let text = fs_err::read_to_string(file(era)).unwrap();
    text.lines().map(line).collect()
}

fn line(text: &str) -> Line {
    let mut entry: Value = serde_json::from_str(text).unwrap();
    let Value::String(line) = entry["line"].take() else {
        panic!("{text}");
    };
    match entry["from"].as_str() {
        Some("client") => Line::Client(line),
        Some("server") => Line::Server(line),
        _ => panic!("{text}"),
    }
}

/// A call of `tool` as the recorded client would make it.
pub fn call_like(recording: &[Line], id: &str, tool: &str, arguments: &Value) -> String {
    let calls = recording.iter().filter_map(|line| match line {
        Line::Client(line) => serde_json::from_str::<Value>(line).ok(),
        Line::Server(_) => None,
    });
    let mut call = calls
        .into_iter()
        .find(|message| message["method"] == "tools/call")
        .unwrap();
    call["id"] = id.into();
    call["params"]["name"] = tool.into();
    call["params"]["arguments"] = arguments.clone();
    call.to_string()
}
