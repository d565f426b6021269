//! What these tests stand on: a relay with Claude's few variables, a keeper, and a third-party
//! server behind them.

use black_box_tests::{Home, Watch, program};
use files::{FileLock, LockAttempt};
use rustix::event::{PollFd, PollFlags, poll};
use rustix::process::{Pid, PidfdFlags, pidfd_open};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::io::{BufRead, BufReader, Write};
use std::os::fd::OwnedFd;
use std::os::unix::net::UnixListener;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

/// Ends a test that would hang; longer than everything that a relay waits for.
const PATIENCE: Duration = Duration::from_secs(100);

/// The entry of the third-party server.
pub const SERVER: &str = "other";

/// All that Claude Desktop passes on to a server, in their order.
pub const CLAUDES_VARIABLES: [&str; 6] = ["HOME", "LOGNAME", "PATH", "SHELL", "TERM", "USER"];

/// A running relay; killed when dropped.
pub struct Relay {
    child: Child,
    input: Option<ChildStdin>,
    frames: Receiver<String>,
}

/// Claude's variables and folder for `command`.
pub fn as_claude_does<'a>(command: &'a mut Command, home: &Path) -> &'a mut Command {
    let path = std::env::var_os("PATH").unwrap_or_default();
    command
        .env_clear()
        .env("HOME", home)
        .env("LOGNAME", "owner")
        .env("PATH", path)
        .env("SHELL", "/bin/sh")
        .env("TERM", "dumb")
        .env("USER", "owner")
        .current_dir("/")
}

impl Relay {
    /// The relay of `entry` in `home`.
    pub fn start(home: &Home, entry: &str) -> Self {
        let mut command = Command::new(program("zoomtrayctl"));
        as_claude_does(&mut command, home.path());
        command
            .args(["relay", entry, "--home"])
            .arg(home.zoomtray());
        Self::of(command)
    }

    /// Starts a command that is a relay.
    pub fn of(mut command: Command) -> Self {
        command.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let input = child.stdin.take();
        let output = BufReader::new(child.stdout.take().unwrap());
        let (sender, frames) = channel();
        std::thread::spawn(move || {
            for line in output.lines().map_while(Result::ok) {
                // The test may have seen enough.
                let _unread = sender.send(line);
            }
        });
        Self {
            child,
            input,
            frames,
        }
    }

    /// Its process.
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Writes bytes as they are.
    pub fn write(&mut self, bytes: &[u8]) {
        self.input.as_mut().unwrap().write_all(bytes).unwrap();
    }

    /// Sends a message.
    pub fn send(&mut self, message: &Value) {
        self.write(format!("{message}\n").as_bytes());
    }

    /// The next answer. Notifications may come at any time.
    pub fn next(&self) -> Value {
        loop {
            let line = self.frames.recv_timeout(PATIENCE);
            let line = line.unwrap_or_else(|why| panic!("the relay says no more: {why}"));
            let message: Value =
                serde_json::from_str(&line).unwrap_or_else(|error| panic!("{error}: {line:?}"));
            if message["method"].is_null() {
                return message;
            }
        }
    }

    /// Opens a session as Claude Desktop does.
    pub fn open(&mut self) {
        let answer = self.initialize();
        assert!(answer["result"].is_object(), "{answer}");
        self.send(&json!({"jsonrpc": "2.0", "method": "notifications/initialized"}));
    }

    /// Asks to open a session.
    pub fn initialize(&mut self) -> Value {
        self.send(
            &json!({"jsonrpc": "2.0", "id": "open", "method": "initialize", "params": {
                "protocolVersion": "2025-11-25",
                "capabilities": {},
                "clientInfo": {"name": "claude-ai", "version": "0.1.0"},
            }}),
        );
        let answer = self.next();
        assert_eq!(answer["id"], "open", "{answer}");
        answer
    }

    /// Sends a call of a tool.
    pub fn begin(&mut self, id: &Value, tool: &str, arguments: &Value) {
        self.send(&json!({"jsonrpc": "2.0", "id": id, "method": "tools/call",
            "params": {"name": tool, "arguments": arguments}}));
    }

    /// Calls a tool and returns its answer.
    pub fn call(&mut self, tool: &str, arguments: &Value) -> Value {
        self.begin(&json!(tool), tool, arguments);
        let answer = self.next();
        assert_eq!(answer["id"], tool, "{answer}");
        answer
    }

    /// Closes its input and waits for its end.
    pub fn close(mut self) -> ExitStatus {
        drop(self.input.take());
        self.child.wait().unwrap()
    }

    /// Kills it.
    pub fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Relay {
    fn drop(&mut self) {
        // It may have ended already.
        let _ended = self.child.kill();
        let _reaped = self.child.wait();
    }
}

/// The first text of a tool's result.
pub fn text(answer: &Value) -> &str {
    answer["result"]["content"][0]["text"]
        .as_str()
        .unwrap_or_else(|| panic!("no text: {answer}"))
}

/// What a relay answers with after its keeper was quit.
pub const QUIT: &str = "Zoomtray was quit; open it to go on.";

/// Calls until the relay says that Zoomtray was quit: until the goodbye arrives, a call may still
/// be answered, or be lost.
pub fn was_quit(relay: &mut Relay) {
    let deadline = Instant::now() + PATIENCE;
    loop {
        let answer = relay.call("zoom_token_status", &json!({}));
        if answer["result"]["isError"] == true && text(&answer) == QUIT {
            return;
        }
        assert!(Instant::now() < deadline, "it never says so: {answer}");
    }
}

/// How often a relay looks in vain, at least 20 ms apart: for 4 s. One that has lost its keeper
/// starts another after 2 s.
const LOOKS: u32 = 200;

/// Waits until each of so many `relays`, whose keeper has ended, would have started another if it
/// wanted to: their looks for one are counted where its socket was, and turned away.
pub fn search_in_vain(zoomtray: &Path, relays: usize) {
    let socket = zoomtray.join("run/control.sock");
    // A keeper takes its socket with it, unless it was killed.
    let _left_behind = fs_err::remove_file(&socket);
    let listener = UnixListener::bind(&socket).unwrap();
    let mut looks = BTreeMap::<String, u32>::new();
    while looks.values().filter(|looks| **looks >= LOOKS).count() < relays {
        let (stream, _) = listener.accept().unwrap();
        let mut hello = String::new();
        BufReader::new(stream).read_line(&mut hello).unwrap();
        let hello: Value = serde_json::from_str(&hello).unwrap();
        let session = hello["session"].as_str().unwrap();
        *looks.entry(session.to_owned()).or_default() += 1;
    }
    fs_err::remove_file(&socket).unwrap();
}

/// A process that lives, to wait for.
pub fn process(pid: i32) -> OwnedFd {
    pidfd_open(Pid::from_raw(pid).unwrap(), PidfdFlags::empty()).unwrap()
}

/// Waits for a process' end.
pub fn wait_for_end(process: &OwnedFd) {
    poll(&mut [PollFd::new(process, PollFlags::IN)], None).unwrap();
}

/// While this lives no relay of `home` starts a keeper.
pub fn hold_starts(home: &Home) -> FileLock {
    let run = home.zoomtray().join("run");
    files::private_folder(&run).unwrap();
    match FileLock::try_take(&run.join("start.lock"), "test").unwrap() {
        LockAttempt::Held(lock) => lock,
        LockAttempt::Taken(holder) => panic!("held by {holder:?}"),
    }
}

/// Connects [`SERVER`] to a stand-in that writes what it hears to [`log`]. The keeper goes on.
pub fn connect_server(home: &Home) -> Watch {
    let entry = json!({
        "command": program("stand-in-server"),
        "args": ["--log", log(home)],
        "env": {"ZOOM_ACCESS_TOKEN": "original", "OTHER": "kept"},
    });
    let config = json!({"mcpServers": {SERVER: entry}});
    fs_err::write(home.claude_config(), config.to_string()).unwrap();
    let mut keeper = home.watch(&[]);
    keeper.read_until("✅");
    let connected = home.ctl(&["claude", "connect", SERVER]);
    assert_eq!(connected.code, Some(0), "{connected:?}");
    keeper
}

/// Where the stand-in writes.
pub fn log(home: &Home) -> PathBuf {
    home.path().join("server.log")
}

/// What the stand-ins have written so far: a value a line.
pub fn logged(home: &Home) -> Vec<Value> {
    let text = fs_err::read_to_string(log(home)).unwrap_or_default();
    let whole = text
        .lines()
        .filter_map(|line| serde_json::from_str(line).ok());
    whole.collect()
}

/// A relay with Claude's variables in a `sandbox` (bwrap): the only process above it has the
/// sandbox' variables, of the user's session there is only `session`, if it is given, and what it
/// starts ends with it.
pub fn alone(mut sandbox: Command, session: Option<&Path>, home: &Path, zoomtray: &Path) -> Relay {
    sandbox.args(["--dev-bind", "/", "/", "--tmpfs", "/run/user"]);
    if let Some(session) = session {
        let user = rustix::process::geteuid().as_raw();
        sandbox
            .arg("--bind")
            .arg(session)
            .arg(format!("/run/user/{user}"));
    }
    sandbox
        .args(["--unshare-pid", "--proc", "/proc", "--die-with-parent"])
        .args(["--chdir", "/", "--", "env", "-i"]);
    let path = set_in(&sandbox, "PATH");
    let mut relay = Command::new(program("zoomtrayctl"));
    as_claude_does(&mut relay, home).envs(path.map(|path| ("PATH", path)));
    for (name, value) in relay.get_envs() {
        let mut pair = name.to_owned();
        pair.push("=");
        pair.push(value.unwrap_or_default());
        sandbox.arg(pair);
    }
    sandbox.arg(relay.get_program());
    sandbox.args(["relay", "zoom", "--home"]).arg(zoomtray);
    Relay::of(sandbox)
}

fn set_in(command: &Command, name: &str) -> Option<OsString> {
    let mut set = command.get_envs();
    set.find_map(|(known, value)| (known == name).then_some(value?.to_owned()))
}
