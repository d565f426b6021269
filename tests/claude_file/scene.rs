//! A home with an account and a config in a folder of its own, as Claude Desktop has it.

use black_box_tests::{Finished, Home, Zoom, golden_line, places_cut};
use std::path::PathBuf;
use std::process::Command;

/// Formatted by no program, so that a byte too many changed would show.
pub const CONFIG: &str = "{\n\t\"globalShortcut\": \"\",  \"mcpServers\": { \"zoom\": \
    {\"command\":\"node\", \"env\":{\"OTHER\":\"1\",   \"ZOOM_ACCESS_TOKEN\" : \"original-value\"}} }\r\n}";

/// Where everything happens.
pub struct Scene {
    pub home: Home,
    /// The token that the account has.
    token: String,
    _zoom: Zoom,
}

impl Scene {
    /// With `CONFIG` as the config.
    pub fn new() -> Self {
        let zoom = Zoom::start();
        let mut home = Home::new(&zoom);
        home.set_path("CLAUDE_CONFIG_FILE", "Claude/claude_desktop_config.json");
        assert_eq!(home.add_account().code, Some(0));
        let token = home.ctl(&["token"]).out.trim().to_owned();
        let scene = Self {
            home,
            token,
            _zoom: zoom,
        };
        fs_err::create_dir(scene.folder()).unwrap();
        scene.write(CONFIG);
        scene
    }

    /// Claude's folder.
    pub fn folder(&self) -> PathBuf {
        self.home.path().join("Claude")
    }

    /// The config.
    pub fn config(&self) -> PathBuf {
        self.folder().join("claude_desktop_config.json")
    }

    /// What is there now.
    pub fn text(&self) -> String {
        fs_err::read_to_string(self.config()).unwrap()
    }

    /// Gives it this content.
    pub fn write(&self, text: &str) {
        fs_err::write(self.config(), text).unwrap();
    }

    /// `text` with the token in the place of what stood there.
    pub fn with_token(&self, text: &str) -> String {
        text.replace("original-value", &self.token)
    }

    /// Brings the token into the entry.
    pub fn inject(&self) -> Finished {
        self.home.ctl(&["claude", "inject", "zoom"])
    }

    /// The same, by a process that the file's mode binds as it binds any user: root may do
    /// without.
    pub fn inject_as_bound_by_modes(&self) -> Finished {
        let inject = self.injecting();
        let output = if rustix::process::geteuid().is_root() {
            let mut bound = Command::new("setpriv");
            bound.arg("--bounding-set=-dac_override,-dac_read_search");
            bound.arg(inject.get_program()).args(inject.get_args());
            bound.env_clear().current_dir(self.home.path());
            bound.envs(
                inject
                    .get_envs()
                    .filter_map(|(name, value)| Some((name, value?))),
            );
            bound.output()
        } else {
            self.injecting().output()
        };
        let output = output.unwrap();
        Finished {
            code: output.status.code(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// The command that brings the token into the entry.
    pub fn injecting(&self) -> Command {
        let mut command = self.home.command("zoomtrayctl");
        command.args(["claude", "inject", "zoom"]);
        command
    }

    /// Compares the one line that the user reads of `subject`.
    pub fn said(&self, subject: &str, finished: &Finished) {
        assert_eq!(
            (finished.code, finished.out.as_str()),
            (Some(1), ""),
            "{finished:?}"
        );
        assert!(!finished.err.contains(&self.token), "{}", finished.err);
        let line = places_cut(finished.err.trim(), self.home.path());
        golden_line("claude_file/lines.txt", subject, &line.replace('\n', " / "));
    }

    /// Nothing of ours lies beside the config.
    pub fn is_tidy(&self) {
        let names: Vec<_> = fs_err::read_dir(self.folder())
            .unwrap()
            .map(|entry| entry.unwrap().file_name())
            .filter(|name| name.to_string_lossy().ends_with("zoomtray-new"))
            .collect();
        assert!(names.is_empty(), "{names:?}");
    }
}
