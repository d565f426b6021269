//! A program that speaks MCP on its pipes, and the lines as they are.

use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

/// Ends a test that would hang; longer than everything that a relay waits for.
const PATIENCE: Duration = Duration::from_secs(100);

/// A running program; killed when dropped.
pub struct Lines {
    child: Child,
    input: Option<ChildStdin>,
    output: Receiver<String>,
}

impl Lines {
    /// Starts it.
    pub fn of(mut command: Command) -> Self {
        command.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let input = child.stdin.take();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let (sender, output) = channel();
        std::thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                // The test may have seen enough.
                let _unread = sender.send(line);
            }
        });
        Self {
            child,
            input,
            output,
        }
    }

    /// Writes a line.
    pub fn write(&mut self, line: &str) {
        let input = self.input.as_mut().unwrap();
        input.write_all(format!("{line}\n").as_bytes()).unwrap();
    }

    /// The next line.
    pub fn next(&self) -> String {
        let line = self.output.recv_timeout(PATIENCE);
        line.unwrap_or_else(|why| panic!("it says no more: {why}"))
    }

    /// The next line, which must be the answer of this id.
    pub fn answer(&self, id: &str) -> Value {
        let line = self.next();
        let answer: Value =
            serde_json::from_str(&line).unwrap_or_else(|error| panic!("{error}: {line:?}"));
        assert_eq!(answer["id"], id, "{line}");
        answer
    }

    /// Opens a session as Claude Desktop does.
    pub fn open(&mut self) {
        let parameters = json!({
            "protocolVersion": "2025-11-25",
            "capabilities": {},
            "clientInfo": {"name": "claude-ai", "version": "0.1.0"},
        });
        self.write(&request("open", "initialize", &parameters));
        let answer = self.answer("open");
        assert!(answer["result"].is_object(), "{answer}");
        self.write(r#"{"jsonrpc":"2.0","method":"notifications/initialized"}"#);
    }

    /// The answers of so many requests, by id, as they came.
    pub fn answers(&self, count: usize) -> BTreeMap<String, String> {
        let mut answers = BTreeMap::new();
        while answers.len() < count {
            let line = self.next();
            let message: Value = serde_json::from_str(&line).unwrap();
            if let Some(id) = message["id"]
                .as_str()
                .filter(|_| message["method"].is_null())
            {
                let twice = answers.insert(id.to_owned(), line.clone());
                assert_eq!(twice, None, "answered twice: {line}");
            }
        }
        answers
    }

    /// Closes its input, waits for its end, and returns what it had still to say.
    pub fn close(mut self) -> (ExitStatus, Vec<String>) {
        drop(self.input.take());
        let status = self.child.wait().unwrap();
        let mut rest = Vec::new();
        while let Ok(line) = self.output.recv_timeout(PATIENCE) {
            rest.push(line);
        }
        (status, rest)
    }
}

impl Drop for Lines {
    fn drop(&mut self) {
        // It may have ended already.
        let _ended = self.child.kill();
        let _reaped = self.child.wait();
    }
}

/// Asks again and again until it holds; what a program does tells nobody.
pub fn until(what: &str, mut holds: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !holds() {
        assert!(begun.elapsed() < PATIENCE, "{what}: not in {PATIENCE:?}");
    }
}

/// A call of a tool as a line.
pub fn call(id: &str, tool: &str, arguments: &Value) -> String {
    let parameters = json!({ "name": tool, "arguments": arguments });
    request(id, "tools/call", &parameters)
}

fn request(id: &str, method: &str, parameters: &Value) -> String {
    json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": parameters }).to_string()
}
