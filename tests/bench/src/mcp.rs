//! A stdio MCP server under measure, spoken to with as little work of our own as possible:
//! requests are written as text, answers are read as lines.

use crate::app::{milliseconds, words};
use serde_json::json;
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

/// An answer says within so many bytes of its beginning or its end what it is.
const EDGE: usize = 200;

/// A running server with an open session; ended when dropped.
pub struct Session {
    child: Child,
    input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
    line: String,
    requests: u64,
    read: f64,
}

/// What became of a request.
enum Answer {
    Result,
    Error,
}

impl Session {
    /// Starts `command` and opens a session of the era that Claude Desktop speaks.
    pub fn open(mut command: Command) -> Result<Self, String> {
        command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        let mut child = command.spawn().map_err(words)?;
        let (Some(input), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
            return Err("no pipes".to_owned());
        };
        let mut session = Self {
            child,
            input: Some(input),
            output: BufReader::new(output),
            line: String::new(),
            requests: 0,
            read: 0.0,
        };
        session.initialize()?;
        Ok(session)
    }

    fn initialize(&mut self) -> Result<(), String> {
        let client = json!({ "name": "bench", "version": "1" });
        let parameters =
            json!({ "protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": client });
        self.ask("initialize", &parameters.to_string())?;
        self.answer()?;
        self.write("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}\n")
    }

    /// The server's process.
    pub fn process(&self) -> u32 {
        self.child.id()
    }

    /// Calls `tool` so many times, one at a time; milliseconds each.
    pub fn one_at_a_time(&mut self, call: &Call, times: usize) -> Result<Vec<f64>, String> {
        (0..times).map(|_| self.call(call)).collect()
    }

    fn call(&mut self, call: &Call) -> Result<f64, String> {
        let begun = Instant::now();
        self.ask("tools/call", &call.parameters)?;
        self.answer()?;
        Ok(milliseconds(begun.elapsed()))
    }

    /// Calls `tool` so many times with `width` calls on their way at once; how long all took.
    pub fn in_flight(
        &mut self,
        call: &Call,
        width: usize,
        times: usize,
    ) -> Result<Duration, String> {
        let begun = Instant::now();
        for _ in 0..width.min(times) {
            self.ask("tools/call", &call.parameters)?;
        }
        for answered in 0..times {
            self.answer()?;
            if answered + width < times {
                self.ask("tools/call", &call.parameters)?;
            }
        }
        Ok(begun.elapsed())
    }

    fn ask(&mut self, method: &str, parameters: &str) -> Result<(), String> {
        self.requests += 1;
        let id = self.requests;
        self.write(&format!(
            "{{\"jsonrpc\":\"2.0\",\"id\":{id},\"method\":\"{method}\",\"params\":{parameters}}}\n"
        ))
    }

    fn write(&mut self, line: &str) -> Result<(), String> {
        let input = self.input.as_mut().ok_or("the session has ended")?;
        input.write_all(line.as_bytes()).map_err(words)
    }

    /// Calls `tool`; whether it succeeded.
    pub fn succeeds(&mut self, call: &Call) -> Result<bool, String> {
        self.ask("tools/call", &call.parameters)?;
        Ok(matches!(self.next_answer()?, Answer::Result))
    }

    /// Bytes of all that the server has said.
    pub fn read(&self) -> f64 {
        self.read
    }

    /// Reads lines up to the next answer, which must be a result without an error.
    fn answer(&mut self) -> Result<(), String> {
        match self.next_answer()? {
            Answer::Result => Ok(()),
            Answer::Error => Err(format!("it answered {:?}", beginning(&self.line))),
        }
    }

    /// Reads lines up to the next answer.
    fn next_answer(&mut self) -> Result<Answer, String> {
        loop {
            self.line.clear();
            let read = self.output.read_line(&mut self.line).map_err(words)?;
            if read == 0 {
                return Err("the server has ended".to_owned());
            }
            self.read += f64::from(u32::try_from(read).map_err(words)?);
            let line = self.line.as_bytes();
            let (head, tail) = (&line[..read.min(EDGE)], &line[read.saturating_sub(EDGE)..]);
            if holds(head, "\"error\":{") || holds(tail, "\"isError\":true") {
                return Ok(Answer::Error);
            }
            if holds(head, "\"result\":") {
                return Ok(Answer::Result);
            }
        }
    }
}

fn holds(bytes: &[u8], part: &str) -> bool {
    let mut places = bytes.windows(part.len());
    places.any(|place| place == part.as_bytes())
}

/// Enough of an answer to know what went wrong.
fn beginning(line: &str) -> String {
    line.chars().take(300).collect()
}

impl Drop for Session {
    fn drop(&mut self) {
        drop(self.input.take());
        // What it exits with is no part of any measure.
        let _exit = self.child.wait();
    }
}

/// A tool call as it is written again and again.
pub struct Call {
    parameters: String,
}

impl Call {
    /// A call of `tool`.
    pub fn new(tool: &str, arguments: &serde_json::Value) -> Self {
        let parameters = json!({ "name": tool, "arguments": arguments }).to_string();
        Self { parameters }
    }
}
