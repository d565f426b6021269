//! `zoomtray-mcp` on pipes, as Claude Desktop runs it.

use crate::Home;
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, ChildStdout, Stdio};

/// A running server; killed when dropped.
pub struct Mcp {
    child: Child,
    stdin: Option<ChildStdin>,
    stdout: BufReader<ChildStdout>,
    frames: String,
}

/// How a server ended, and all it ever said.
#[derive(Debug)]
pub struct Closed {
    /// The exit code; none if a signal ended it.
    pub code: Option<i32>,
    /// Every frame it sent.
    pub frames: String,
    /// Its standard error.
    pub err: String,
}

impl Mcp {
    /// Starts it with this home's environment.
    pub fn start(home: &Home) -> Self {
        let mut command = home.command("zoomtray-mcp");
        command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let stdin = child.stdin.take();
        let stdout = BufReader::new(child.stdout.take().unwrap());
        Self {
            child,
            stdin,
            stdout,
            frames: String::new(),
        }
    }

    /// Starts it and opens a session.
    pub fn open(home: &Home) -> Self {
        let mut server = Self::start(home);
        server.initialize();
        server
    }

    /// Opens a session as Claude Desktop does.
    pub fn initialize(&mut self) -> Value {
        let params = json!({
            "protocolVersion": "2025-11-25",
            "capabilities": {},
            "clientInfo": {"name": "claude-ai", "version": "0.1.0"},
        });
        let answer = self.request("initialize", &params);
        self.send(&json!({"jsonrpc": "2.0", "method": "notifications/initialized"}));
        answer
    }

    /// Calls a tool without arguments and returns its result.
    pub fn call(&mut self, tool: &str) -> Value {
        self.request("tools/call", &json!({"name": tool, "arguments": {}}))
    }

    /// Sends a request and returns its result.
    pub fn request(&mut self, method: &str, params: &Value) -> Value {
        self.send(&json!({"jsonrpc": "2.0", "id": method, "method": method, "params": params}));
        let mut line = String::new();
        self.stdout.read_line(&mut line).unwrap();
        self.frames.push_str(&line);
        let answer: Value =
            serde_json::from_str(&line).unwrap_or_else(|error| panic!("{error}: {line:?}"));
        assert_eq!(answer["id"], method, "{answer}");
        assert!(answer["result"].is_object(), "{answer}");
        answer["result"].clone()
    }

    /// Its process.
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Closes its standard input and waits for its end.
    pub fn close(mut self) -> Closed {
        drop(self.stdin.take());
        let code = self.child.wait().unwrap().code();
        let mut err = String::new();
        self.stdout.read_to_string(&mut self.frames).unwrap();
        self.child
            .stderr
            .take()
            .unwrap()
            .read_to_string(&mut err)
            .unwrap();
        Closed {
            code,
            frames: std::mem::take(&mut self.frames),
            err,
        }
    }

    fn send(&mut self, frame: &Value) {
        self.stdin
            .as_mut()
            .unwrap()
            .write_all(format!("{frame}\n").as_bytes())
            .unwrap();
    }
}

impl Drop for Mcp {
    fn drop(&mut self) {
        // It may have ended already.
        let _ended = self.child.kill();
        let _reaped = self.child.wait();
    }
}
