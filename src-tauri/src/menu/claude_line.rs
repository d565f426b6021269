//! How Claude Desktop stands, in one line of the menu.

use crate::question::listed;
use crate::restart_steps::waits_for;
use crate::words::without_code_marks;
use control::{ClaudeView, Drift, EntryMode, EntryView, GuardianView};

/// Longest line, in characters: a menu as wide as a page helps nobody.
const LONGEST: usize = 70;

/// The line for the menu.
pub(super) fn of(claude: &ClaudeView) -> String {
    shortened(&without_code_marks(&in_full(claude)))
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
    if !claude.restarting.is_empty() {
        return match waits_for(&claude.restarting) {
            Some(_) => "restarts once you quit it".to_owned(),
            None => "restarting".to_owned(),
        };
    }
    if let Some(drift) = drift(claude) {
        return drift;
    }
    let served = names(claude, |entry| entry.mode != EntryMode::Off);
    let pending = names(claude, |entry| entry.pending);
    match (served.len(), claude.restart_needed, claude.running) {
        _ if !pending.is_empty() && claude.running != Some(false) => {
            format!("{} waits until it is quit", listed(&pending))
        }
        (0, ..) => "no server set up".to_owned(),
        (count, true, _) => format!("restart needed, {}", servers(count)),
        (count, _, Some(false)) => format!("not running, {}", servers(count)),
        (count, ..) => format!("connected, {}", servers(count)),
    }
}

/// What departs from what Zoomtray wrote, and what becomes of it.
fn drift(claude: &ClaudeView) -> Option<String> {
    let lost = names(claude, |entry| entry.drift == Drift::Lost);
    let changed = names(claude, |entry| entry.drift == Drift::Changed);
    let happened = match (lost.is_empty(), changed.is_empty()) {
        (true, true) => return None,
        (false, true) => format!("{} lost", listed(&lost)),
        (true, false) => format!("{} changed", listed(&changed)),
        (false, false) => format!("{} lost, {} changed", listed(&lost), listed(&changed)),
    };
    let then = match claude.guardian {
        GuardianView::RestoreQueued => ", put back once it is quit",
        GuardianView::RestoreOffered => ", Restore… puts it back",
        GuardianView::GaveUp => " twice, left alone",
        GuardianView::Idle | GuardianView::Watching { .. } => "",
    };
    Some(happened + then)
}

fn names(claude: &ClaudeView, wanted: impl Fn(&EntryView) -> bool) -> Vec<&str> {
    let entries = claude.entries.iter().filter(|entry| wanted(entry));
    entries.map(|entry| entry.name.as_str()).collect()
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
