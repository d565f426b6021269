//! Claude Desktop's processes under the real programs: which are asked to quit, which never hear
//! of it, and what the user reads when they do not do as expected. Each line stands in
//! `lines.txt`.
#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod a_claude_that_comes_back_by_itself;
mod a_claude_that_does_not_quit;
mod a_claude_that_the_user_starts_in_the_middle;
mod a_claude_that_updates_itself_away;
mod a_hundred_restarts_signal_nothing_else;
mod crowd;
mod the_bundle_of_macos_says_why_it_asks_claude_to_quit;

use black_box_tests::{Home, StandIn, Zoom, golden_line, places_cut, times_cut};
use serde_json::{Value, json};

/// A config that Claude rewrites to the same values.
const CONFIG: &str = "{\n\t\"globalShortcut\": \"Alt+C\",   \"mcpServers\": { \"zoom\": \
    {\"command\":\"true\", \"env\":{\"OTHER\":\"1\",   \"ZOOM_ACCESS_TOKEN\" : \"original-value\"}}} }";

/// Claude runs, and a token waits for it to be quit.
struct Scene {
    home: Home,
    stand_in: StandIn,
    token: String,
    _zoom: Zoom,
}

impl Scene {
    /// With a Claude that does what `options` says.
    fn new(options: &Value) -> Self {
        let zoom = Zoom::start();
        let mut home = Home::new(&zoom);
        assert_eq!(home.add_account().code, Some(0));
        fs_err::write(home.claude_config(), CONFIG).unwrap();
        let mut stand_in = StandIn::install_with(&mut home, options);
        let token = home.ctl(&["token"]).out.trim().to_owned();
        stand_in.start();
        let waits = home.ctl(&["claude", "inject", "zoom"]);
        assert!(
            waits.out.contains("once Claude Desktop is quit"),
            "{waits:?}"
        );
        Self {
            home,
            stand_in,
            token,
            _zoom: zoom,
        }
    }

    /// The config's text.
    fn text(&self) -> String {
        fs_err::read_to_string(self.home.claude_config()).unwrap()
    }

    /// Whether the config holds this value for the variable, and all else as it was.
    #[track_caller]
    fn holds(&self, value: &str) {
        let mut wanted: Value = serde_json::from_str(CONFIG).unwrap();
        wanted["mcpServers"]["zoom"]["env"]["ZOOM_ACCESS_TOKEN"] = json!(value);
        let found: Value = serde_json::from_str(&self.text()).unwrap();
        assert_eq!(found, wanted);
    }

    /// Compares what was said of `subject`, on one line.
    #[track_caller]
    fn said(&self, subject: &str, text: &str) {
        let text = places_cut(text.trim(), self.home.path());
        let text = times_cut(&text).replace('\n', " / ");
        let numbers = regex::Regex::new(r"\(\d+(, \d+)*\)").unwrap();
        let text = numbers.replace_all(&text, "(PIDS)");
        let stand_in = self.stand_in.executable().display().to_string();
        let text = text.replace(&stand_in, "CLAUDE");
        golden_line("claude_process/lines.txt", subject, &text);
    }

    /// The number of the main process that was started last.
    fn newest(&self) -> rustix::process::Pid {
        let started = self.stand_in.told("started");
        let pid = started.last().unwrap()["pid"].as_i64().unwrap();
        rustix::process::Pid::from_raw(i32::try_from(pid).unwrap()).unwrap()
    }
}
