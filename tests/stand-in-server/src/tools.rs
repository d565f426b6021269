//! The tools.

use crate::answers::{Era, text};
use crate::options::Options;
use crate::server::{Failed, Server};
use serde_json::{Value, json};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::Duration;

/// How often `gate` looks whether its file is there, and `progress` steps at the least.
const LOOK: Duration = Duration::from_millis(5);

/// Every tool with what its annotations say.
const TOOLS: [(&str, &str); 19] = [
    ("echo", "{}"),
    ("token", "{}"),
    ("pid", "{}"),
    ("variables", "{}"),
    ("sleep", "{}"),
    ("big", "{}"),
    ("crash", "{}"),
    ("never", "{}"),
    ("progress", "{}"),
    ("sample", "{}"),
    ("elicit", "{}"),
    ("roots", "{}"),
    ("update", "{}"),
    ("change_tools", "{}"),
    ("grandchild", "{}"),
    ("gate", "{}"),
    ("read_thing", r#"{"readOnlyHint": true}"#),
    (
        "write_thing",
        r#"{"readOnlyHint": false, "destructiveHint": false}"#,
    ),
    (
        "delete_thing",
        r#"{"readOnlyHint": false, "destructiveHint": true}"#,
    ),
];

/// The list of them.
pub(crate) fn list(options: &Options) -> Vec<Value> {
    let named = |name: &str, annotations: Value| {
        json!({
            "name": name,
            "description": format!("What {name} does."),
            "inputSchema": {"type": "object"},
            "annotations": annotations,
        })
    };
    let known = TOOLS.iter().map(|(name, annotations)| {
        let annotations = serde_json::from_str(annotations).unwrap();
        named(name, annotations)
    });
    let extra = (1..=options.tools).map(|number| named(&format!("extra_{number}"), json!({})));
    let of_token = options
        .tool_of_token
        .then(|| named(&format!("of_{}", token()), json!({})));
    known.chain(extra).chain(of_token).collect()
}

/// Calls one.
pub(crate) fn call(server: &Server, message: &Value) -> Result<Value, Failed> {
    let arguments = &message["params"]["arguments"];
    let result = match message["params"]["name"].as_str().unwrap_or_default() {
        "echo" | "read_thing" | "write_thing" | "delete_thing" => echo(arguments),
        "token" => text(token()),
        "pid" => text(std::process::id().to_string()),
        "variables" => variables(arguments),
        "sleep" => {
            std::thread::sleep(milliseconds(arguments));
            text("slept")
        }
        "big" => text("x".repeat(number(arguments, "bytes"))),
        "crash" => std::process::exit(i32::try_from(number(arguments, "code")).unwrap()),
        "never" => return Err(Failed::Silent),
        "progress" => progress(server, message),
        "sample" => asked(server, "sampling/createMessage", &sampling())?,
        "elicit" => asked(server, "elicitation/create", &elicitation())?,
        "roots" => asked(server, "roots/list", &json!({}))?,
        "update" => {
            let params = json!({"uri": arguments["uri"]});
            let method = "notifications/resources/updated";
            server.resources.tell(&server.client, method, &params);
            text("told")
        }
        "change_tools" => {
            let method = "notifications/tools/list_changed";
            server.resources.tell(&server.client, method, &json!({}));
            text("told")
        }
        "grandchild" => grandchild(),
        "gate" => gate(server, message)?,
        name if name.starts_with("extra_") || name.starts_with("of_") => echo(arguments),
        name => return Err(Failed::Error(-32602, format!("no tool {name}"))),
    };
    Ok(Era::of(message).result(result))
}

fn token() -> String {
    std::env::var("ZOOM_ACCESS_TOKEN").unwrap_or_default()
}

fn echo(arguments: &Value) -> Value {
    let mut result = text(arguments.to_string());
    if arguments.is_object() {
        result["structuredContent"] = arguments.clone();
    }
    result
}

fn variables(arguments: &Value) -> Value {
    let names = arguments["names"].as_array().cloned().unwrap_or_default();
    let values = names.iter().filter_map(Value::as_str).map(|name| {
        let value = std::env::var(name).ok();
        (name.to_owned(), Value::from(value))
    });
    echo(&Value::Object(values.collect()))
}

fn number(arguments: &Value, name: &str) -> usize {
    let number = arguments[name].as_u64().unwrap_or_default();
    usize::try_from(number).unwrap()
}

fn milliseconds(arguments: &Value) -> Duration {
    Duration::from_millis(arguments["ms"].as_u64().unwrap_or_default())
}

/// Tells its progress under the call's token, then answers.
fn progress(server: &Server, message: &Value) -> Value {
    let arguments = &message["params"]["arguments"];
    let steps = number(arguments, "steps");
    for step in 1..=steps {
        let token = &message["params"]["_meta"]["progressToken"];
        let params = json!({"progressToken": token, "progress": step, "total": steps});
        server.client.notify("notifications/progress", &params);
        std::thread::sleep(milliseconds(arguments).max(LOOK));
    }
    text("done")
}

/// Asks the client, and answers with what it said.
fn asked(server: &Server, method: &str, params: &Value) -> Result<Value, Failed> {
    let answer = server.client.ask(method, params).ok_or(Failed::Silent)?;
    Ok(text(answer.to_string()))
}

fn sampling() -> Value {
    json!({
        "messages": [{"role": "user", "content": {"type": "text", "text": "Say it."}}],
        "maxTokens": 10,
    })
}

fn elicitation() -> Value {
    json!({
        "message": "Which one?",
        "requestedSchema": {"type": "object", "properties": {"which": {"type": "string"}}},
    })
}

/// A process of this one that stays behind: it ends with its own standard input, which is held
/// open for ever.
fn grandchild() -> Value {
    let mut command = Command::new(std::env::current_exe().unwrap());
    let child = command
        .arg("--deaf")
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    let pid = child.id();
    std::mem::forget(child);
    text(pid.to_string())
}

/// Answers once the file is there, or never if it is cancelled before.
fn gate(server: &Server, message: &Value) -> Result<Value, Failed> {
    let file = message["params"]["arguments"]["file"].as_str();
    let file = PathBuf::from(file.unwrap_or_default());
    while !file.exists() {
        if server.is_cancelled(&message["id"]) {
            return Err(Failed::Silent);
        }
        std::thread::sleep(LOOK);
    }
    Ok(text("open"))
}
