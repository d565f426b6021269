//! How Claude Desktop stands, in one line of the menu.

use control::{ClaudeView, EntryMode};

/// Longest line, in characters: a menu as wide as a page helps nobody.
const LONGEST: usize = 70;

/// The line for the menu.
pub(super) fn of(claude: &ClaudeView) -> String {
    shortened(&in_full(claude))
}

/// The line with all its words, for where there is room.
#[must_use]
pub fn in_full(claude: &ClaudeView) -> String {
    match &claude.problem {
        Some(problem) if problem.starts_with(NAME) => problem.clone(),
        Some(problem) => format!("{NAME}: {problem}"),
        None => format!("{NAME}: {}", standing(claude)),
    }
}

const NAME: &str = "Claude Desktop";

fn standing(claude: &ClaudeView) -> String {
    if claude.config.is_none() {
        return "not found".to_owned();
    }
    let served = claude
        .entries
        .iter()
        .filter(|entry| entry.mode != EntryMode::Off)
        .count();
    match (served, claude.restart_needed, claude.running) {
        (0, ..) => "no server set up".to_owned(),
        (count, true, _) => format!("restart needed, {}", servers(count)),
        (count, _, Some(false)) => format!("not running, {}", servers(count)),
        (count, ..) => format!("connected, {}", servers(count)),
    }
}

fn servers(count: usize) -> String {
    if count == 1 {
        "1 server".to_owned()
    } else {
        format!("{count} servers")
    }
}

fn shortened(line: &str) -> String {
    if line.chars().count() <= LONGEST {
        return line.trim_end_matches('.').to_owned();
    }
    line.chars().take(LONGEST - 1).chain(['…']).collect()
}
