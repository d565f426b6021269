use crate::lines::{Lines, until};
use crate::recording::{Line, call_like, read};
use crate::stage::{connect, entry};
use black_box_tests::{Home, Watch, Zoom, program};
use fake_zoom::App;
use files::{FileLock, LockAttempt};
use rustix::process::{Pid, Signal, kill_process};
use serde_json::{Value, json};
use std::process::Command;

/// The entry of the recorded server.
const ENTRY: &str = "recorded";

/// What happens between two frames of the recorded session.
#[derive(Clone, Copy, Debug)]
enum Interlude {
    Rotation,
    Denied,
    Approved,
    Limited,
    Restart,
    Crash,
}

/// In this order, each before one of the recorded calls.
const INTERLUDES: [Interlude; 7] = [
    Interlude::Rotation,
    Interlude::Denied,
    Interlude::Approved,
    Interlude::Limited,
    Interlude::Restart,
    Interlude::Rotation,
    Interlude::Crash,
];

#[test]
fn in_the_legacy_era() {
    replay("legacy");
}

#[test]
fn in_the_modern_era() {
    replay("modern");
}

/// Every recorded line of the server comes again, byte for byte and in its place, and no other
/// line but the answers to what happens between.
fn replay(era: &str) {
    let recording = read(era);
    let mut scene = Scene::open(&recording);
    let mut interludes = INTERLUDES.into_iter();
    for line in &recording {
        match line {
            Line::Client(line) => {
                if line.contains(r#""name":"echo""#)
                    && let Some(interlude) = interludes.next()
                {
                    scene.play(interlude);
                }
                scene.relay.write(line);
            }
            Line::Server(line) => assert_eq!(&scene.relay.next(), line),
        }
    }
    assert!(interludes.next().is_none(), "everything has happened");
    let (status, rest) = scene.relay.close();
    assert!(status.success(), "{status}");
    assert_eq!(rest, Vec::<String>::new());
}

/// A keeper with a policy, and the relay of the recorded server.
struct Scene<'a> {
    relay: Lines,
    keeper: Watch,
    recording: &'a [Line],
    home: Home,
    calls: u32,
    _zoom: Zoom,
    /// The test starts the keepers.
    _starts: FileLock,
}

impl<'a> Scene<'a> {
    fn open(recording: &'a [Line]) -> Self {
        let zoom = Zoom::start();
        let home = Home::new(&zoom);
        assert_eq!(home.add_account().code, Some(0));
        forget_attempts(&home);
        let server = json!({
            "command": program("stand-in-server"),
            "env": {"ZOOM_ACCESS_TOKEN": "of-an-hour-ago"},
        });
        connect(&home, ENTRY, &server);
        fs_err::create_dir_all(home.zoomtray().join("config")).unwrap();
        let policy = home.zoomtray().join("config/policy.json");
        fs_err::write(policy, rules().to_string()).unwrap();
        let starts = hold_starts(&home);
        let keeper = keeper(&home);
        let server = entry(&home, ENTRY);
        let mut command: Command = home.command("zoomtrayctl");
        command.args(&server.arguments);
        Self {
            relay: Lines::of(command),
            keeper,
            recording,
            home,
            calls: 0,
            _zoom: zoom,
            _starts: starts,
        }
    }

    fn play(&mut self, interlude: Interlude) {
        match interlude {
            Interlude::Rotation => self.rotate(),
            Interlude::Denied => self.denied(),
            Interlude::Approved => self.approved(),
            Interlude::Limited => self.limited(),
            Interlude::Restart => self.restart(),
            Interlude::Crash => self.crash(),
        }
    }

    /// A new token, and a server that has it.
    fn rotate(&mut self) {
        let refreshed = self.home.ctl(&["refresh"]);
        assert_eq!(refreshed.code, Some(0), "{}", refreshed.err);
        let token = self.home.ctl(&["token"]).out;
        until("a server with the new token", || {
            text(&self.call("token", &json!({}))) == token.trim()
        });
    }

    fn denied(&mut self) {
        let answer = self.call("delete_thing", &json!({ "id": 1 }));
        assert_eq!(answer["result"]["isError"], true, "{answer}");
        assert!(
            text(&answer).contains("/tools/delete_thing/action"),
            "{answer}"
        );
        assert!(
            text(&answer).contains("Nothing is deleted here."),
            "{answer}"
        );
    }

    fn approved(&mut self) {
        let id = self.begin("write_thing", &json!({ "name": "a" }));
        let question = self.question();
        let allowed = self.home.ctl(&["approvals", "allow", &question]);
        assert_eq!(allowed.code, Some(0), "{}", allowed.err);
        let answer = self.relay.answer(&id);
        assert_eq!(
            answer["result"]["structuredContent"],
            json!({ "name": "a" })
        );
    }

    /// The number of the call that waits for a person.
    fn question(&self) -> String {
        let mut question = None;
        until("a call that waits for a person", || {
            let listed = self.home.ctl(&["approvals"]);
            assert_eq!(listed.code, Some(0), "{}", listed.err);
            let line = listed.out.lines().find(|line| line.contains("write_thing"));
            let number = line.and_then(|line| line.split_whitespace().next());
            question = number.map(str::to_owned);
            question.is_some()
        });
        question.unwrap()
    }

    fn limited(&mut self) {
        let first = self.call("read_thing", &json!({}));
        assert_ne!(first["result"]["isError"], true, "{first}");
        let second = self.call("read_thing", &json!({}));
        assert_eq!(second["result"]["isError"], true, "{second}");
        assert!(
            text(&second).contains("/tools/read_thing/limits/0"),
            "{second}"
        );
    }

    /// The keeper dies, and another takes its place.
    fn restart(&mut self) {
        let pid = Pid::from_raw(self.keeper.pid().cast_signed()).unwrap();
        kill_process(pid, Signal::KILL).unwrap();
        assert_eq!(self.keeper.ended(), None);
        forget_attempts(&self.home);
        self.keeper = keeper(&self.home);
    }

    /// The server ends in the middle of a call; the next call finds another.
    fn crash(&mut self) {
        let before = text(&self.call("pid", &json!({}))).to_owned();
        let lost = self.call("crash", &json!({}));
        assert!(
            lost["error"].is_object() || lost["result"]["isError"] == true,
            "{lost}"
        );
        assert_ne!(text(&self.call("pid", &json!({}))), before);
    }

    fn call(&mut self, tool: &str, arguments: &Value) -> Value {
        let id = self.begin(tool, arguments);
        self.relay.answer(&id)
    }

    fn begin(&mut self, tool: &str, arguments: &Value) -> String {
        self.calls += 1;
        let id = format!("between-{}", self.calls);
        let call = call_like(self.recording, &id, tool, arguments);
        self.relay.write(&call);
        id
    }
}

/// What the policy says of the calls between.
fn rules() -> Value {
    let once = json!({ "counter": "reads", "window": "hour", "max": 1, "scope": "grant" });
    json!({
        "version": "1",
        "default": "allow",
        "tools": {
            "delete_thing": { "action": "deny", "reason": "Nothing is deleted here." },
            "write_thing": { "approval": { "timeout_s": 50 } },
            "read_thing": { "limits": [once] },
        },
    })
}

fn keeper(home: &Home) -> Watch {
    let mut watch = home.watch(&[]);
    watch.read_until("✅");
    watch
}

/// The next keeper need not wait for the cooldown.
fn forget_attempts(home: &Home) {
    home.remember_attempts(&App::default(), "{}");
}

/// While this lives no relay of `home` starts a keeper.
fn hold_starts(home: &Home) -> FileLock {
    let run = home.zoomtray().join("run");
    files::private_folder(&run).unwrap();
    match FileLock::try_take(&run.join("start.lock"), "test").unwrap() {
        LockAttempt::Held(lock) => lock,
        LockAttempt::Taken(holder) => panic!("held by {holder:?}"),
    }
}

/// The first text of a tool's result.
fn text(answer: &Value) -> &str {
    let text = &answer["result"]["content"][0]["text"];
    text.as_str().unwrap_or_else(|| panic!("no text: {answer}"))
}
