use crate::client::{in_this_folder, prepared_node};
use crate::gateway_alone::GatewayAlone;
use crate::lines::{Lines, call, until};
use black_box_tests::Home;
use gateway::ThirdParty;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// The entry of the server.
const ENTRY: &str = "everything";

/// How often the token is rotated.
const ROTATIONS: usize = 50;

/// Calls on their way while a token is rotated.
const CALLS: usize = 40;

#[test]
fn with_no_failed_call_and_no_changed_answer() {
    let quiet = answers(0);
    let rotated = answers(ROTATIONS);
    assert_eq!(quiet.len(), ROTATIONS * CALLS);
    for (id, answer) in &quiet {
        assert_eq!(Some(answer), rotated.get(id));
        let answer: Value = serde_json::from_str(answer).unwrap();
        assert!(answer["result"]["content"].is_array(), "{answer}");
        assert_ne!(answer["result"]["isError"], true, "{answer}");
    }
    assert_eq!(quiet.len(), rotated.len());
}

/// The answers to the same two thousand calls in one session, with the token rotated so often
/// meanwhile: each time with calls on their way.
fn answers(rotations: usize) -> BTreeMap<String, String> {
    let home = Home::without_zoom();
    let gateway = GatewayAlone::start(&home.zoomtray(), ENTRY, everything());
    let mut command = home.command("zoomtrayctl");
    command.args(["relay", ENTRY]);
    let mut relay = Lines::of(command);
    relay.open();
    let mut answers = BTreeMap::new();
    for round in 0..ROTATIONS {
        for number in 0..CALLS / 2 {
            relay.write(&numbered(round * CALLS + number));
        }
        let token = (round < rotations).then(|| gateway.rotate());
        for number in CALLS / 2..CALLS {
            relay.write(&numbered(round * CALLS + number));
        }
        answers.extend(relay.answers(CALLS));
        if let Some(token) = token {
            wait_for_server_with(&mut relay, &token);
        }
    }
    let (status, rest) = relay.close();
    assert!(status.success(), "{status}");
    assert_eq!(rest, Vec::<String>::new());
    answers
}

/// The pinned server, as a config would name it.
fn everything() -> ThirdParty {
    let path = in_this_folder("node_modules/@modelcontextprotocol/server-everything/dist/index.js");
    ThirdParty {
        program: prepared_node().to_str().unwrap().to_owned(),
        arguments: vec![path.to_str().unwrap().to_owned(), "stdio".to_owned()],
        variables: Vec::new(),
        token_variable: Some("ZOOM_ACCESS_TOKEN".to_owned()),
        secrets: Vec::new(),
    }
}

/// Calls that are answered the same whenever they are made.
fn numbered(number: usize) -> String {
    let (tool, arguments) = match number % 5 {
        0 => (
            "echo",
            json!({ "message": format!("call {number} \u{1f600}") }),
        ),
        1 => ("get-sum", json!({ "a": number, "b": 0.5 })),
        2 => ("get-structured-content", json!({ "location": "Chicago" })),
        3 => ("get-tiny-image", json!({})),
        _ => ("get-annotated-message", json!({ "messageType": "success" })),
    };
    call(&format!("call-{number:04}"), tool, &arguments)
}

/// Asks until the server that answers was started with `token`. Between two questions the
/// server in place rests, so that the next one can start.
fn wait_for_server_with(relay: &mut Lines, token: &str) {
    let rest = json!({ "duration": 0.05, "steps": 1 });
    until("a server with the new token", || {
        let rested = ask(relay, "trigger-long-running-operation", &rest);
        assert!(rested["result"]["content"].is_array(), "{rested}");
        let answer = ask(relay, "get-env", &json!({}));
        let text = answer["result"]["content"][0]["text"].as_str().unwrap();
        let environment: Value = serde_json::from_str(text).unwrap();
        environment["ZOOM_ACCESS_TOKEN"] == token
    });
}

/// Each new server tells by itself that its tools have changed: that is no answer.
fn ask(relay: &mut Lines, tool: &str, arguments: &Value) -> Value {
    relay.write(&call(tool, tool, arguments));
    serde_json::from_str(&relay.answers(1)[tool]).unwrap()
}
