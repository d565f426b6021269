//! `zoomtray-mcp` on pipes, as Claude Desktop runs it.

use crate::Home;
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStderr, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

/// Longer than anything it says takes: ends a test that would hang.
const PATIENCE: Duration = Duration::from_secs(90);

/// A running server; killed when dropped.
pub struct Mcp {
    child: Child,
    stdin: Option<ChildStdin>,
    stdout: BufReader<ChildStdout>,
    frames: String,
    told: Vec<Value>,
    err: Receiver<String>,
    complaints: String,
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
        Self::of(home.command("zoomtray-mcp"))
    }

    /// Starts it with these arguments.
    pub fn start_with(home: &Home, arguments: &[&str]) -> Self {
        let mut command = home.command("zoomtray-mcp");
        command.args(arguments);
        Self::of(command)
    }

    /// Starts the relay of this entry, with this home's environment, and opens a session.
    pub fn through_relay(home: &Home, entry: &str) -> Self {
        let mut command = home.command("zoomtrayctl");
        command
            .args(["relay", entry, "--home"])
            .arg(home.zoomtray());
        let mut relay = Self::of(command);
        relay.initialize();
        relay
    }

    /// Starts a command that speaks MCP.
    pub fn of(mut command: Command) -> Self {
        command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let stdin = child.stdin.take();
        let stdout = BufReader::new(child.stdout.take().unwrap());
        let err = lines_of(child.stderr.take().unwrap());
        Self {
            child,
            stdin,
            stdout,
            frames: String::new(),
            told: Vec::new(),
            err,
            complaints: String::new(),
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
        let answer = self.answer();
        assert_eq!(answer["id"], method, "{answer}");
        assert!(answer["result"].is_object(), "{answer}");
        answer["result"].clone()
    }

    /// The next frame that is no notification; those before it are kept for [`Mcp::told`].
    pub fn answer(&mut self) -> Value {
        loop {
            let frame = self.frame();
            if frame.get("id").is_some() {
                return frame;
            }
            self.told.push(frame);
        }
    }

    /// The next frame.
    pub fn frame(&mut self) -> Value {
        let mut line = String::new();
        self.stdout.read_line(&mut line).unwrap();
        self.frames.push_str(&line);
        serde_json::from_str(&line).unwrap_or_else(|error| panic!("{error}: {line:?}"))
    }

    /// The notifications since the last look, in their order.
    pub fn told(&mut self) -> Vec<Value> {
        std::mem::take(&mut self.told)
    }

    /// Calls a tool and returns its result.
    pub fn call_with(&mut self, tool: &str, arguments: &Value) -> Value {
        self.request("tools/call", &json!({"name": tool, "arguments": arguments}))
    }

    /// Reads standard error until a line holds `text`, and returns that line.
    pub fn says(&mut self, text: &str) -> String {
        loop {
            let line = self.err.recv_timeout(PATIENCE);
            let line =
                line.unwrap_or_else(|why| panic!("no {text:?} ({why}): {}", self.complaints));
            self.complaints.push_str(&line);
            if line.contains(text) {
                return line.trim_end().to_owned();
            }
        }
    }

    /// What it has said on standard error so far.
    pub fn complaints(&mut self) -> &str {
        while let Ok(line) = self.err.try_recv() {
            self.complaints.push_str(&line);
        }
        &self.complaints
    }

    /// Its process.
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Closes its standard input and waits for its end.
    pub fn close(mut self) -> Closed {
        drop(self.stdin.take());
        let code = self.child.wait().unwrap().code();
        self.stdout.read_to_string(&mut self.frames).unwrap();
        while let Ok(line) = self.err.recv() {
            self.complaints.push_str(&line);
        }
        Closed {
            code,
            frames: std::mem::take(&mut self.frames),
            err: std::mem::take(&mut self.complaints),
        }
    }

    /// Sends a frame.
    pub fn send(&mut self, frame: &Value) {
        self.stdin
            .as_mut()
            .unwrap()
            .write_all(format!("{frame}\n").as_bytes())
            .unwrap();
    }
}

/// Each line with its end, as it comes.
fn lines_of(err: ChildStderr) -> Receiver<String> {
    let (sender, lines) = channel();
    std::thread::spawn(move || {
        let mut err = BufReader::new(err);
        let mut line = String::new();
        while err.read_line(&mut line).is_ok_and(|bytes| bytes > 0) {
            // The test may have seen enough.
            let _unread = sender.send(std::mem::take(&mut line));
        }
    });
    lines
}

impl Drop for Mcp {
    fn drop(&mut self) {
        // It may have ended already.
        let _ended = self.child.kill();
        let _reaped = self.child.wait();
    }
}
