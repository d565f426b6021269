//! The real binary on pipes, one JSON line at a time.

use serde_json::{Value, json};
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::process::{Child, ChildStdin, ChildStdout, Command, ExitStatus, Stdio};
use tempfile::TempDir;

/// A running `zoomtray-mcp` with a home of its own.
pub struct Server {
    child: Child,
    stdin: Option<ChildStdin>,
    stdout: BufReader<ChildStdout>,
    home: TempDir,
}

impl Server {
    /// Starts it with these variables and no others of Zoom's.
    pub fn start(variables: &[(&str, &str)]) -> Self {
        let home = tempfile::tempdir().unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_zoomtray-mcp"));
        command
            .env_clear()
            .env("HOME", home.path())
            .env("ZOOMTRAY_VAULT", "memory");
        command
            .env("ZOOMTRAY_HOME", home.path().join("zoomtray"))
            .current_dir(home.path());
        command.envs(variables.iter().copied());
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
            home,
        }
    }

    /// Sends one frame.
    pub fn send(&mut self, frame: &Value) {
        self.send_bytes(format!("{frame}\n").as_bytes());
    }

    /// Sends bytes as they are.
    pub fn send_bytes(&mut self, bytes: &[u8]) {
        self.stdin.as_mut().unwrap().write_all(bytes).unwrap();
    }

    /// The next frame; panics at the end of the output.
    pub fn receive(&mut self) -> Value {
        let mut line = String::new();
        self.stdout.read_line(&mut line).unwrap();
        serde_json::from_str(&line).unwrap_or_else(|error| panic!("{error}: {line:?}"))
    }

    /// Sends a request of the handshake era and returns its whole answer.
    pub fn request(&mut self, id: u64, method: &str, params: &Value) -> Value {
        self.send(&json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params}));
        let answer = self.receive();
        assert_eq!(answer["id"], id, "{answer}");
        answer
    }

    /// Opens a session as Claude Desktop does.
    pub fn initialize(&mut self) -> Value {
        let params = json!({
            "protocolVersion": "2025-11-25",
            "capabilities": {},
            "clientInfo": {"name": "claude-ai", "version": "0.1.0"},
        });
        let answer = self.request(0, "initialize", &params);
        self.send(&json!({"jsonrpc": "2.0", "method": "notifications/initialized"}));
        answer
    }

    /// Calls a tool without arguments and returns its result.
    pub fn call(&mut self, tool: &str) -> Value {
        let answer = self.request(7, "tools/call", &json!({"name": tool, "arguments": {}}));
        answer["result"].clone()
    }

    /// Whether anything was written below its home.
    pub fn has_touched_its_home(&self) -> bool {
        std::fs::read_dir(self.home.path())
            .unwrap()
            .next()
            .is_some()
    }

    /// Closes its stdin and waits: how it ended, the rest of its output, and its complaints.
    pub fn close(mut self) -> (ExitStatus, String, String) {
        drop(self.stdin.take());
        let status = self.child.wait().unwrap();
        let (mut rest, mut complaints) = (String::new(), String::new());
        self.stdout.read_to_string(&mut rest).unwrap();
        self.child
            .stderr
            .take()
            .unwrap()
            .read_to_string(&mut complaints)
            .unwrap();
        (status, rest, complaints)
    }
}
