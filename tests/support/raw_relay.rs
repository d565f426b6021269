//! A relay's connection to the keeper, spoken by the test itself: relay protocol 1.

use crate::Home;
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, ErrorKind, Write};
use std::os::unix::net::UnixStream;
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::time::{Duration, Instant};

/// Far longer than anything takes: ends a test that would hang.
const PATIENCE: Duration = Duration::from_mins(2);

/// A connection as a relay has it.
pub struct RawRelay {
    stream: UnixStream,
    lines: Receiver<String>,
    told: Vec<Value>,
    next: u64,
}

/// What a relay is told of itself.
#[derive(Default)]
pub struct RelayOptions<'a> {
    /// The variables it says it has.
    pub environment: &'a [(&'a str, &'a str)],
    /// Its working folder.
    pub folder: Option<&'a str>,
    /// Its session's name.
    pub session: &'a str,
}

impl RawRelay {
    /// Connects for `entry` to the keeper of `home`, which listens or is about to.
    pub fn connect(home: &Home, entry: &str) -> Self {
        Self::connect_with(home, entry, &RelayOptions::default())
    }

    /// Connects with these options.
    pub fn connect_with(home: &Home, entry: &str, options: &RelayOptions<'_>) -> Self {
        let (relay, welcome) = Self::greet(home, entry, options);
        assert_eq!(welcome["role"], "relay", "{welcome}");
        assert!(welcome["refused"].is_null(), "{welcome}");
        relay
    }

    /// Connects, and returns the keeper's first line too.
    pub fn greet(home: &Home, entry: &str, options: &RelayOptions<'_>) -> (Self, Value) {
        let mut stream = connect(home);
        let path = std::env::var("PATH").unwrap();
        let mut environment = json!({"PATH": path});
        for (name, value) in options.environment {
            environment[*name] = (*value).into();
        }
        let hello = json!({
            "name": "zoomtray", "protocol": 1, "role": "relay", "pid": std::process::id(),
            "entry": entry, "session": options.session, "environment": environment,
            "folder": options.folder,
        });
        stream.write_all(format!("{hello}\n").as_bytes()).unwrap();
        let mut reading = BufReader::new(stream.try_clone().unwrap());
        let mut welcome = String::new();
        reading.read_line(&mut welcome).unwrap();
        let relay = Self {
            lines: read(reading),
            stream,
            told: Vec::new(),
            next: 0,
        };
        (relay, serde_json::from_str(&welcome).unwrap())
    }

    /// Connects and opens a session as Claude Desktop does.
    pub fn open(home: &Home, entry: &str) -> Self {
        let mut relay = Self::connect(home, entry);
        relay.initialize();
        relay
    }

    /// Opens a session as Claude Desktop does.
    pub fn initialize(&mut self) -> Value {
        let params = json!({
            "protocolVersion": "2025-11-25",
            "capabilities": {"roots": {}, "sampling": {}, "elicitation": {}},
            "clientInfo": {"name": "claude-ai", "version": "0.1.0"},
        });
        let answer = self.request("initialize", &params);
        self.notify("notifications/initialized", &json!({}));
        answer
    }

    /// Calls a tool; returns its result.
    pub fn call(&mut self, tool: &str, arguments: &Value) -> Value {
        let id = self.begin(tool, arguments);
        let answer = self.answer(&id);
        assert!(answer["result"].is_object(), "{answer}");
        answer["result"].clone()
    }

    /// Calls a tool; returns the first text of its result.
    pub fn text(&mut self, tool: &str, arguments: &Value) -> String {
        let result = self.call(tool, arguments);
        result["content"][0]["text"].as_str().unwrap().to_owned()
    }

    /// Begins to call a tool; returns the call's id.
    pub fn begin(&mut self, tool: &str, arguments: &Value) -> Value {
        self.ask("tools/call", &json!({"name": tool, "arguments": arguments}))
    }

    /// Sends a request; returns its result.
    pub fn request(&mut self, method: &str, params: &Value) -> Value {
        let id = self.ask(method, params);
        let answer = self.answer(&id);
        assert!(answer["result"].is_object(), "{answer}");
        answer["result"].clone()
    }

    /// Sends a request; returns its id.
    pub fn ask(&mut self, method: &str, params: &Value) -> Value {
        self.next += 1;
        let id = json!(self.next);
        self.send(&json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params}));
        id
    }

    /// Sends a notification.
    pub fn notify(&mut self, method: &str, params: &Value) {
        self.send(&json!({"jsonrpc": "2.0", "method": method, "params": params}));
    }

    /// Sends a message.
    pub fn send(&mut self, message: &Value) {
        self.write(format!("{message}\n").as_bytes());
    }

    /// Sends bytes.
    pub fn write(&mut self, bytes: &[u8]) {
        self.stream.write_all(bytes).unwrap();
    }

    /// The answer to the request of this id. What comes before it is kept.
    pub fn answer(&mut self, id: &Value) -> Value {
        self.take(|message| message["id"] == *id && message["method"].is_null())
    }

    /// The next message that is told with this method, or was.
    pub fn told(&mut self, method: &str) -> Value {
        self.take(|message| message["method"] == method)
    }

    /// The first message that `fits`; others are kept.
    fn take(&mut self, fits: impl Fn(&Value) -> bool) -> Value {
        if let Some(known) = self.told.iter().position(&fits) {
            return self.told.remove(known);
        }
        loop {
            let message = self.message();
            if fits(&message) {
                return message;
            }
            self.told.push(message);
        }
    }

    /// Everything that came unasked and was not taken.
    pub fn untaken(&self) -> &[Value] {
        &self.told
    }

    /// The next message.
    pub fn message(&mut self) -> Value {
        let line = self.next_line().unwrap();
        serde_json::from_str(&line).unwrap_or_else(|error| panic!("{error}: {line:.200}"))
    }

    /// The next line; none at the end.
    pub fn next_line(&mut self) -> Option<String> {
        match self.lines.recv_timeout(PATIENCE) {
            Ok(line) => Some(line),
            Err(RecvTimeoutError::Disconnected) => None,
            Err(RecvTimeoutError::Timeout) => panic!("nothing comes"),
        }
    }
}

/// The thread that reads holds the connection too: it is told to end.
impl Drop for RawRelay {
    fn drop(&mut self) {
        // The keeper may have ended it.
        let _ended = self.stream.shutdown(std::net::Shutdown::Both);
    }
}

/// Reads lines in a thread of its own, one ahead of the test at the most: a test that does not
/// take them is a relay that does not read.
fn read(mut reading: BufReader<UnixStream>) -> Receiver<String> {
    let (sender, lines) = sync_channel(0);
    std::thread::spawn(move || {
        let mut line = String::new();
        while reading.read_line(&mut line).is_ok_and(|length| length > 0) {
            let whole = std::mem::take(&mut line);
            if sender.send(whole.trim_end().to_owned()).is_err() {
                return;
            }
        }
    });
    lines
}

/// Connects as soon as a keeper listens.
fn connect(home: &Home) -> UnixStream {
    let socket = home.zoomtray().join("run/control.sock");
    let deadline = Instant::now() + PATIENCE;
    loop {
        match UnixStream::connect(&socket) {
            Ok(stream) => return stream,
            Err(error) => {
                let is_early = matches!(
                    error.kind(),
                    ErrorKind::NotFound | ErrorKind::ConnectionRefused
                );
                assert!(is_early && Instant::now() < deadline, "{error}");
                std::thread::sleep(Duration::from_millis(5));
            }
        }
    }
}

/// One call on the control socket; its result.
pub fn control(home: &Home, method: &str, params: &Value) -> Value {
    let mut stream = connect(home);
    let hello = json!({"name": "zoomtray", "protocol": 1, "role": "control", "pid": 1});
    let asked = json!({"jsonrpc": "2.0", "id": 1, "method": method, "params": params});
    stream
        .write_all(format!("{hello}\n{asked}\n").as_bytes())
        .unwrap();
    let mut lines = BufReader::new(stream).lines();
    lines.next().unwrap().unwrap();
    let answer: Value = serde_json::from_str(&lines.next().unwrap().unwrap()).unwrap();
    assert!(answer["error"].is_null(), "{answer}");
    answer["result"].clone()
}
