//! The stage with the stand-in for Claude Desktop on it.

use crate::stage::{SOON, Stage, wait_for_state};
use black_box_tests::StandIn;
use desktop_session::{MenuItem, Panel, SessionError, StatusItem};
use serde_json::json;
use std::path::PathBuf;

/// The question whether to restart Claude Desktop, in notification, menu and window.
pub const QUESTION: &str = "Restart Claude Desktop?";
/// Its answers.
pub const ANSWERS: [&str; 3] = ["Restart now", "When I quit Claude", "Not this time"];

/// A desktop with an account, and with a Claude Desktop that has an entry zoom.
pub struct WithClaude {
    pub stand_in: StandIn,
    pub stage: Stage,
    config: PathBuf,
}

impl WithClaude {
    /// The entry is served in this way, `connect` or `inject`. Claude Desktop is closed;
    /// nothing of ours runs.
    pub fn served(way: &str, panel: Panel) -> Self {
        let mut stage = Stage::new(panel);
        let folder = stage.desktop.home().join("Claude");
        fs_err::create_dir_all(&folder).unwrap();
        let config = folder.join("claude_desktop_config.json");
        let entry = json!({"command": "node", "env": {"ZOOM_ACCESS_TOKEN": ""}});
        let whole = json!({"mcpServers": {"zoom": entry}});
        fs_err::write(&config, format!("{whole:#}")).unwrap();
        let stand_in = StandIn::at(&config, &json!({}));
        stage.set("CLAUDE_CONFIG_FILE", config.display());
        stage.set("CLAUDE_APP_PATH", stand_in.executable().display());
        stage.zoom.fake.set_lifetime(3600);
        stage.add_account();
        stage.ctl(&["claude", way, "zoom"], "");
        Self {
            stand_in,
            stage,
            config,
        }
    }

    /// What stands in Claude's config.
    pub fn config_text(&self) -> String {
        fs_err::read_to_string(&self.config).unwrap()
    }

    /// Another program writes the config without any entry.
    pub fn remove_entries(&self) {
        fs_err::write(&self.config, "{}").unwrap();
    }

    /// Claude Desktop starts with a config that it cannot parse, and writes an empty one.
    pub fn start_and_lose(&mut self) {
        let whole = self.config_text();
        let cut = whole.get(..whole.len() - 2).unwrap();
        fs_err::write(&self.config, cut).unwrap();
        self.stand_in.start();
        self.stand_in.changes_a_preference();
        self.stand_in.wait_for("wrote", 1);
    }
}

/// Asks for a new token in the menu, which comes once the cooldown has passed.
pub fn refresh(item: &StatusItem) {
    wait_for_state(item, "Fresh", SOON);
    item.menu().unwrap().press("Refresh now").unwrap();
}

/// Waits until the menu has this line.
pub fn wait_for_line(item: &StatusItem, line: &str) {
    let has = |item: &StatusItem| {
        let lines = item.menu()?.labels()?;
        Ok(lines.iter().any(|shown| shown == line).then_some(()))
    };
    item.wait_for(line, SOON, has)
        .unwrap_or_else(|error| panic!("{error}: {:?}", item.menu().unwrap().labels()));
}

/// Whether the question can be answered in the menu.
pub fn question_is_open(item: &StatusItem) -> bool {
    question(item).unwrap().enabled
}

/// Waits until it can, or cannot, be answered there.
pub fn wait_for_question(item: &StatusItem, open: bool) {
    let is_so = |item: &StatusItem| Ok((question(item)?.enabled == open).then_some(()));
    item.wait_for(QUESTION, SOON, is_so).unwrap();
}

/// The question's answers in the menu.
pub fn answers(item: &StatusItem) -> Vec<String> {
    let answers = question(item).unwrap().children.into_iter();
    answers.map(|answer| answer.label).collect()
}

fn question(item: &StatusItem) -> Result<MenuItem, SessionError> {
    let items = item.menu()?.items()?;
    let question = items.iter().find(|line| line.label == QUESTION);
    Ok(question
        .unwrap_or_else(|| panic!("{QUESTION} is missing in {items:?}"))
        .clone())
}
