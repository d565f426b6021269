//! A short MCP session of a command: with a server behind Zoomtray, or with the bundled one.
//!
//! What servers ask meanwhile is declined, and what they tell is passed over.

use crate::exit::Failed;
use control::{ConnectError, Endpoint, RelayHello, RelayStream, connect_relay, is_bye};
use serde::Deserialize;
use serde_json::value::RawValue;
use serde_json::{Value, json};
use std::pin::Pin;
use std::time::{SystemTime, UNIX_EPOCH};
use tokio::io::{AsyncBufRead, AsyncBufReadExt, AsyncReadExt, AsyncWrite, AsyncWriteExt};

/// The longest line that is read, in bytes: a message of 16 MiB and its end.
const LONGEST_LINE: u64 = 17 * 1024 * 1024;

/// The revision that is spoken: the last of those that begin with `initialize`, which every
/// server knows.
const REVISION: &str = "2025-11-25";

/// An open session.
pub(crate) struct Mcp {
    reading: Pin<Box<dyn AsyncBufRead + Send>>,
    writing: Pin<Box<dyn AsyncWrite + Send>>,
    last_id: u64,
}

#[derive(Deserialize)]
struct Received {
    #[serde(default)]
    id: Option<Value>,
    #[serde(default)]
    method: Option<String>,
    #[serde(default)]
    result: Option<Value>,
    #[serde(default)]
    error: Option<Refusal>,
}

#[derive(Deserialize)]
struct Refusal {
    message: String,
}

impl Mcp {
    /// Opens a session with the server of an entry, as a client's relay does.
    pub(crate) async fn through_entry(endpoint: &Endpoint, entry: &str) -> Result<Self, Failed> {
        let hello = RelayHello::of_this_process(entry, &session_name());
        let stream = connect_relay(endpoint, &hello).await.map_err(not_served)?;
        let RelayStream { reading, writing } = stream;
        Self::open(reading, writing).await
    }

    /// Opens a session on these pipes.
    pub(crate) async fn open(
        reading: Pin<Box<dyn AsyncBufRead + Send>>,
        writing: Pin<Box<dyn AsyncWrite + Send>>,
    ) -> Result<Self, Failed> {
        let mut session = Self {
            reading,
            writing,
            last_id: 0,
        };
        let client = json!({
            "protocolVersion": REVISION,
            "capabilities": {},
            "clientInfo": { "name": "zoomtrayctl", "version": env!("CARGO_PKG_VERSION") },
        });
        session.request("initialize", &client.to_string()).await?;
        let opened = r#"{"jsonrpc":"2.0","method":"notifications/initialized"}"#;
        session.write(opened).await?;
        Ok(session)
    }

    /// Calls a tool with the raw JSON of its arguments; gives its result, whatever that says.
    pub(crate) async fn call(&mut self, tool: &str, arguments: &RawValue) -> Result<Value, Failed> {
        let name = Value::from(tool);
        let params = format!(r#"{{"name":{name},"arguments":{}}}"#, arguments.get());
        self.request("tools/call", &params).await
    }

    /// Every page of its tools.
    pub(crate) async fn list_tools(&mut self) -> Result<Vec<Value>, Failed> {
        let mut tools = Vec::new();
        let mut params = json!({});
        for _ in 0..MOST_PAGES {
            let mut page = self.request("tools/list", &params.to_string()).await?;
            if let Some(Value::Array(more)) = page.get_mut("tools").map(Value::take) {
                tools.extend(more);
            }
            match page.get("nextCursor") {
                Some(Value::String(cursor)) => params = json!({ "cursor": cursor }),
                _ => return Ok(tools),
            }
        }
        Err(Failed::new(format!(
            "the server's list of tools does not end after {MOST_PAGES} pages"
        )))
    }

    async fn request(&mut self, method: &str, params: &str) -> Result<Value, Failed> {
        self.last_id += 1;
        let id = self.last_id;
        let request =
            format!(r#"{{"jsonrpc":"2.0","id":{id},"method":"{method}","params":{params}}}"#);
        self.write(&request).await?;
        loop {
            let Some(received) = self.read().await? else {
                continue;
            };
            match received {
                Received {
                    id: Some(asked),
                    method: Some(method),
                    ..
                } => self.decline(&asked, &method).await?,
                Received {
                    id: Some(answered),
                    result,
                    error,
                    ..
                } if answered == id => {
                    return match (result, error) {
                        (Some(result), _) => Ok(result),
                        (None, Some(refusal)) => {
                            Err(Failed::new(crate::terminal::printable(&refusal.message)))
                        }
                        (None, None) => Err(Failed::new("the server's answer is empty")),
                    };
                }
                _ => {}
            }
        }
    }

    async fn decline(&mut self, id: &Value, method: &str) -> Result<(), Failed> {
        let answer = if method == "ping" {
            json!({ "jsonrpc": "2.0", "id": id, "result": {} })
        } else {
            let error = json!({ "code": -32601, "message": "zoomtrayctl does not do that" });
            json!({ "jsonrpc": "2.0", "id": id, "error": error })
        };
        self.write(&answer.to_string()).await
    }

    async fn write(&mut self, line: &str) -> Result<(), Failed> {
        let line = format!("{line}\n");
        let written = async {
            self.writing.write_all(line.as_bytes()).await?;
            self.writing.flush().await
        };
        written.await.map_err(|_| Failed::new(GONE))
    }

    /// The next message; none if the line is none.
    async fn read(&mut self) -> Result<Option<Received>, Failed> {
        let mut line = Vec::new();
        let mut bounded = (&mut self.reading).take(LONGEST_LINE);
        let read = bounded.read_until(b'\n', &mut line).await;
        if !read.is_ok_and(|count| count > 0) {
            return Err(Failed::new(GONE));
        }
        let text = String::from_utf8_lossy(&line);
        if is_bye(text.trim_end()) {
            return Err(Failed::new("Zoomtray was quit; open it to go on"));
        }
        Ok(serde_json::from_str(&text).ok())
    }
}

/// More pages than a server has that means well.
const MOST_PAGES: usize = 1000;

const GONE: &str = "the server went away before it answered; try again";

/// Limits of the scope `session` count each command for itself.
fn session_name() -> String {
    let since_epoch = SystemTime::now().duration_since(UNIX_EPOCH);
    let nanos = since_epoch.map_or(0, |span| span.as_nanos());
    format!("zoomtrayctl-{}-{nanos:x}", std::process::id())
}

fn not_served(error: ConnectError) -> Failed {
    match error {
        ConnectError::NobodyThere => Failed::new(
            "nothing serves it: Zoomtray is not running. Start it, or `zoomtrayctl watch`.",
        ),
        other => Failed::new(other.to_string()),
    }
}
