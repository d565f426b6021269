//! A third-party server behind relays, a keeper that serves them, and a policy.

use black_box_tests::{
    Finished, Home, Mcp, Watch, Zoom, golden_line, places_cut, program, times_cut,
};
use serde_json::{Value, json};
use std::path::PathBuf;

/// The entry of the server.
pub const SERVER: &str = "other";

pub struct Stage {
    pub home: Home,
    pub keeper: Watch,
    _zoom: Zoom,
}

impl Stage {
    /// With this policy, if any.
    pub fn new(policy: Option<&Value>) -> Self {
        let zoom = Zoom::start();
        let home = Home::new(&zoom);
        assert_eq!(home.add_account().code, Some(0));
        if let Some(policy) = policy {
            write_policy(&home, &policy.to_string());
        }
        let entry = json!({
            "command": program("stand-in-server"),
            "args": ["--log", home.path().join("server.log")],
        });
        let config = json!({"mcpServers": {SERVER: entry}});
        fs_err::write(home.claude_config(), config.to_string()).unwrap();
        let mut keeper = home.watch(&[]);
        keeper.read_until("✅");
        let stage = Self {
            home,
            keeper,
            _zoom: zoom,
        };
        stage.ctl(&["claude", "connect", SERVER]);
        stage
    }

    /// A session as Claude Desktop opens it.
    pub fn session(&self) -> Mcp {
        Mcp::through_relay(&self.home, SERVER)
    }

    /// Runs `zoomtrayctl`, which must succeed; what it said.
    pub fn ctl(&self, arguments: &[&str]) -> String {
        let finished = self.home.ctl(arguments);
        assert_eq!(finished.code, Some(0), "{arguments:?}: {finished:?}");
        finished.out
    }

    /// The next keeper takes the place of this one.
    pub fn restart_keeper(&mut self) {
        assert_eq!(self.keeper.interrupt(), Some(0));
        self.keeper = self.home.watch(&[]);
        self.keeper.read_until("✅");
    }

    /// Replaces the policy and waits until the keeper has looked at it, which it tells like this.
    pub fn edit(&mut self, policy: &str, told: &str) {
        write_policy(&self.home, policy);
        self.keeper.read_until(told);
    }

    /// The tools whose calls the server has got, in order.
    pub fn called(&self) -> Vec<String> {
        let log = fs_err::read_to_string(self.home.path().join("server.log")).unwrap_or_default();
        let lines = log.lines().map(|line| serde_json::from_str(line).unwrap());
        let calls = lines.filter(|line: &Value| line["received"]["method"] == "tools/call");
        let tools = calls.map(|line| line["received"]["params"]["name"].clone());
        tools
            .map(|tool| tool.as_str().unwrap().to_owned())
            .collect()
    }

    /// The activity log, a value a line, once it tells of so many calls: it is written beside
    /// the answers.
    pub fn activity(&self, calls: usize) -> Vec<Value> {
        loop {
            let told = self.ctl(&["activity", "--json"]);
            if told.lines().count() >= calls {
                let lines = told.lines();
                return lines
                    .map(|line| serde_json::from_str(line).unwrap())
                    .collect();
            }
        }
    }

    /// Compares what was said of `subject`, on one line.
    pub fn said(&self, subject: &str, text: &str) {
        said(&self.home, subject, text);
    }

    /// The number of the one question, and what is said of it, once that is `state`.
    pub fn question(&self, state: &str) -> (String, String) {
        let told = self.approvals_once(|told| told.contains(state));
        let id = told.split_whitespace().next().unwrap().to_owned();
        assert!(
            id.bytes().all(|byte| byte.is_ascii_digit()),
            "no question: {told}"
        );
        let told = told.replace(&id, "NUMBER");
        (id, told)
    }

    /// Nobody is asked any more, sooner or later.
    pub fn wait_until_nobody_is_asked(&self) {
        self.approvals_once(|told| told == "No call waits for you.\n");
    }

    /// What `approvals` says once it is as expected: what it tells of follows the gate.
    fn approvals_once(&self, is_expected: impl Fn(&str) -> bool) -> String {
        loop {
            let told = self.ctl(&["approvals"]);
            if is_expected(&told) {
                return told;
            }
        }
    }
}

/// Compares what was said of `subject`, on one line.
pub fn said(home: &Home, subject: &str, text: &str) {
    let text = times_cut(&places_cut(text.trim(), home.path()));
    golden_line("policy/lines.txt", subject, &text.replace('\n', " / "));
}

/// What a command that must fail complained of.
pub fn refused(finished: &Finished) -> &str {
    assert_eq!(finished.code, Some(1), "{finished:?}");
    &finished.err
}

/// A question of a call that waits.
pub const WAITS: &str = "waits until";

/// Where the policy is.
pub fn policy_file(home: &Home) -> PathBuf {
    home.zoomtray().join("config/policy.json")
}

pub fn write_policy(home: &Home, policy: &str) {
    let path = policy_file(home);
    fs_err::create_dir_all(path.parent().unwrap()).unwrap();
    let beside = path.with_extension("new");
    fs_err::write(&beside, policy).unwrap();
    fs_err::rename(beside, path).unwrap();
}

/// Sends a call whose progress is told, and waits until a person is asked.
pub fn begin_and_be_asked_about(session: &mut Mcp, tool: &str, arguments: &Value) {
    session.send(
        &json!({"jsonrpc": "2.0", "id": "asked", "method": "tools/call", "params": {
        "name": tool, "arguments": arguments, "_meta": {"progressToken": "token"}}}),
    );
    let told = session.frame();
    assert_eq!(told["method"], "notifications/progress", "{told}");
    assert_eq!(told["params"]["progressToken"], "token", "{told}");
}

/// The words of a result that is an error.
pub fn denied(result: &Value) -> &str {
    assert_eq!(result["isError"], true, "{result}");
    result["content"][0]["text"].as_str().unwrap()
}

/// The arguments that came back.
pub fn echoed(result: &Value) -> &Value {
    assert_ne!(result["isError"], true, "{result}");
    &result["structuredContent"]
}
