//! `claude status`: config file, entries, what waits and what was lost.

use crate::exit::{Failed, NO, YES};
use crate::{terminal, words};
use control::{
    CandidateView, ClaudeView, ClearTextView, Drift, EntryMode, EntryView, GuardianView, LossView,
};
use daemon::wall_now;
use lifecycle::WallTime;
use std::process::ExitCode;

pub(crate) fn run(view: &ClaudeView, as_json: bool) -> Result<ExitCode, Failed> {
    if as_json {
        let text = serde_json::to_string_pretty(view)
            .map_err(|error| Failed::new(format!("the status does not serialise: {error}")))?;
        terminal::say(&text)?;
    } else {
        for line in lines(view, wall_now()) {
            terminal::say(&line)?;
        }
    }
    Ok(if view.problem.is_some() { NO } else { YES }.into())
}

fn lines(view: &ClaudeView, now: WallTime) -> Vec<String> {
    let mut lines = vec![config_line(view)];
    lines.extend(
        view.problem
            .iter()
            .map(|problem| format!("   {}", words::sentence(problem))),
    );
    lines.extend(view.candidates.iter().filter_map(other_candidate));
    let running = match view.running {
        Some(true) => "running",
        Some(false) => "not running",
        None => "not looked at",
    };
    lines.push(format!("Claude Desktop: {running}"));
    let entry = |entry| entry_line(entry, view.running, now);
    lines.extend(view.entries.iter().map(entry));
    lines.extend(view.clear_text.iter().map(clear_text_line));
    lines.extend(view.losses.iter().map(|loss| loss_line(loss, now)));
    lines.extend(guardian_line(view.guardian).map(str::to_owned));
    if view.restart_needed {
        lines.push("A change waits for a restart: `zoomtrayctl claude restart`.".to_owned());
    }
    lines
}

fn config_line(view: &ClaudeView) -> String {
    let in_use = view.candidates.iter().find(|candidate| candidate.in_use);
    match (in_use, &view.config) {
        (Some(candidate), _) => format!(
            "Config file: {} ({})",
            candidate.path.display(),
            candidate.why
        ),
        (None, Some(path)) => format!("Config file: {}, to be made", path.display()),
        (None, None) => "Config file: not found".to_owned(),
    }
}

fn other_candidate(candidate: &CandidateView) -> Option<String> {
    let there = if candidate.exists {
        "not used"
    } else {
        "not there"
    };
    let path = candidate.path.display();
    (!candidate.in_use).then(|| format!("   {there}: {path} ({})", candidate.why))
}

fn entry_line(entry: &EntryView, running: Option<bool>, now: WallTime) -> String {
    let mode = match entry.mode {
        EntryMode::Off => "off",
        EntryMode::Relay => "relay",
        EntryMode::Inject => "inject",
    };
    let drift = match entry.drift {
        Drift::None => "",
        Drift::Lost => ", lost from the config",
        Drift::Changed => ", changed by another program or by hand",
    };
    let waits = match (entry.pending, running) {
        (false, _) => "",
        (true, Some(false)) => ", not written yet",
        (true, _) => ", written once Claude Desktop is quit",
    };
    let delivered = entry.delivered_at.map_or_else(String::new, |at| {
        format!(", token written at {}", words::clock(at, now))
    });
    format!("   {}: {mode}{delivered}{drift}{waits}", entry.name)
}

fn clear_text_line(found: &ClearTextView) -> String {
    format!(
        "Entry {} holds {} in clear text. Move it into the keychain: `zoomtrayctl accounts import`.",
        found.entry,
        found.names.join(", ")
    )
}

fn loss_line(loss: &LossView, now: WallTime) -> String {
    let what = match loss.drift {
        Drift::Changed => "was changed",
        Drift::None | Drift::Lost => "was lost",
    };
    let restored = loss.restored.map_or_else(String::new, |at| {
        format!(", back since {}", words::clock(at, now))
    });
    format!(
        "{} {what} at {}{restored}",
        loss.entry,
        words::clock(loss.at, now)
    )
}

fn guardian_line(guardian: GuardianView) -> Option<&'static str> {
    match guardian {
        GuardianView::Idle | GuardianView::Watching { .. } => None,
        GuardianView::RestoreOffered => {
            Some("`zoomtrayctl claude restore` puts back what was lost.")
        }
        GuardianView::RestoreQueued => {
            Some("What was lost is put back once Claude Desktop is quit.")
        }
        GuardianView::GaveUp => Some(
            "Claude Desktop has dropped it twice, so Zoomtray leaves it alone now. \
             `zoomtrayctl claude restore` puts it back once more.",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::PathBuf;

    #[test]
    fn each_departure_and_wait_is_said() {
        let entry = |mode, drift, pending| EntryView {
            name: "zoom".to_owned(),
            mode,
            drift,
            pending,
            ..EntryView::default()
        };
        let cases = [
            (
                entry(EntryMode::Relay, Drift::None, false),
                "   zoom: relay",
            ),
            (
                entry(EntryMode::Relay, Drift::None, true),
                "   zoom: relay, written once Claude Desktop is quit",
            ),
            (
                entry(EntryMode::Inject, Drift::Lost, false),
                "   zoom: inject, lost from the config",
            ),
            (
                entry(EntryMode::Off, Drift::Changed, false),
                "   zoom: off, changed by another program or by hand",
            ),
        ];
        for (entry, line) in cases {
            assert_eq!(entry_line(&entry, Some(true), WallTime(0)), line);
        }
    }

    #[test]
    fn the_file_in_use_is_named_with_why_and_the_others_with_what_they_are() {
        let candidate = |path: &str, exists, in_use| CandidateView {
            path: PathBuf::from(path),
            why: "why".to_owned(),
            exists,
            in_use,
        };
        let view = ClaudeView {
            candidates: vec![
                candidate("/a", true, true),
                candidate("/b", true, false),
                candidate("/c", false, false),
            ],
            ..ClaudeView::default()
        };
        let lines = lines(&view, WallTime(0));
        assert_eq!(
            lines[..3],
            [
                "Config file: /a (why)",
                "   not used: /b (why)",
                "   not there: /c (why)"
            ]
        );
    }
}
