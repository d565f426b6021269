//! The stand-in for Claude Desktop: its config, its process, and what it has read.

use desktop_session::{DesktopSession, Output, SessionChild, SessionError};
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Between two looks at what it has said.
const LOOK: Duration = Duration::from_millis(20);

/// Two servers: one that gets the token and one that nobody may touch.
const CONFIG: &str = r#"{
  "globalShortcut": "Alt+C",
  "mcpServers": {
    "zoom": {
      "command": "zoom-server",
      "env": { "ZOOM_ACCESS_TOKEN": "none-yet", "OTHER": "kept" }
    },
    "files": { "command": "files-server", "args": ["--read-only"] }
  }
}
"#;

/// The stand-in and its files.
pub struct Claude {
    program: PathBuf,
    config: PathBuf,
    log: PathBuf,
    process: Option<SessionChild>,
}

impl Claude {
    /// Names its files in `desktop`'s home; nothing is started.
    pub fn new(binaries: &Path, desktop: &DesktopSession) -> Self {
        Self {
            program: binaries.join("stand-in-claude"),
            config: desktop
                .home()
                .join(".config/Claude/claude_desktop_config.json"),
            log: desktop.home().join("claude.log"),
            process: None,
        }
    }

    /// What leads Zoomtray and the stand-in to these files.
    pub fn variables(&self) -> Vec<(String, String)> {
        let text = |path: &Path| path.display().to_string();
        vec![
            ("CLAUDE_CONFIG_FILE".to_owned(), text(&self.config)),
            ("CLAUDE_APP_PATH".to_owned(), text(&self.program)),
            ("STAND_IN_CLAUDE_LOG".to_owned(), text(&self.log)),
        ]
    }

    /// Writes the config as a user has it.
    pub fn write_config(&self) -> std::io::Result<()> {
        if let Some(folder) = self.config.parent() {
            fs_err::create_dir_all(folder)?;
        }
        fs_err::write(&self.config, CONFIG)
    }

    /// Starts it as a user does.
    pub fn open(&mut self, desktop: &DesktopSession) -> Result<(), SessionError> {
        let mut command = desktop.command(&self.program);
        command.envs(self.variables());
        self.process = Some(desktop.spawn("claude", command, Output::ToLog)?);
        Ok(())
    }

    /// The token in the entry `zoom`, and whether everything else is as the user wrote it.
    pub fn delivered(&self) -> std::io::Result<(String, bool)> {
        let now: Value = serde_json::from_str(&fs_err::read_to_string(&self.config)?)?;
        let mut before: Value = serde_json::from_str(CONFIG)?;
        let pointer = "/mcpServers/zoom/env/ZOOM_ACCESS_TOKEN";
        let token = now
            .pointer(pointer)
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned();
        if let Some(value) = before.pointer_mut(pointer) {
            *value = Value::from(token.as_str());
        }
        Ok((token, now == before))
    }

    /// How often it has been started, once that is `wanted` times or `patience` is over: it
    /// says so a moment after its process is there.
    pub fn starts_within(&self, wanted: usize, patience: Duration) -> std::io::Result<usize> {
        let begun = Instant::now();
        loop {
            let starts = self.starts()?;
            if starts >= wanted || begun.elapsed() > patience {
                return Ok(starts);
            }
            std::thread::sleep(LOOK);
        }
    }

    /// How often it has been started.
    pub fn starts(&self) -> std::io::Result<usize> {
        let log = if self.log.exists() {
            fs_err::read_to_string(&self.log)?
        } else {
            String::new()
        };
        let events = log
            .lines()
            .filter_map(|line| serde_json::from_str::<Value>(line).ok());
        Ok(events.filter(|event| event["event"] == "started").count())
    }
}
