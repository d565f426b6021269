//! Claude Desktop on the board: candidates, entries with their mode, drift and what waits.

use crate::clear_text;
use crate::delivery::claude_desktop::bytes;
use crate::delivery::deliverer::Deliverer;
use crate::delivery::modes::has_zoom_variable;
use crate::settings::Choice;
use control::{ClaudeView, ClearTextView, Drift, EntryMode, EntryView};
use secrecy::ExposeSecret;
use std::collections::{BTreeMap, BTreeSet};

impl Deliverer {
    /// Puts what is known of Claude Desktop on the board.
    pub(crate) fn show(&self) {
        let view = self.view();
        self.board.change(|snapshot| snapshot.claude = view);
    }

    fn view(&self) -> ClaudeView {
        let is_running = self.desktop.is_running();
        let entries = self.entry_views(self.entry_names());
        let waits = entries.iter().any(|entry| entry.pending) || !self.state.cuts.is_empty();
        let mut view = ClaudeView {
            config: self
                .desktop
                .config()
                .ok()
                .map(|config| config.path().to_owned()),
            candidates: self.desktop.candidates(),
            problem: self.desktop.problem(),
            entries,
            running: is_running,
            restart_needed: waits && is_running != Some(false) && !self.is_declined(),
            clear_text: self.clear_text(),
            ..ClaudeView::default()
        };
        self.guard.show(&mut view);
        view
    }

    /// The entries to show, in the order of the config; behind them those that are lost.
    fn entry_names(&self) -> Vec<String> {
        let served: BTreeSet<String> = self.served();
        let entries = self.desktop.entries().unwrap_or_default();
        let mut names: Vec<String> = entries
            .into_iter()
            .filter(|entry| served.contains(&entry.name) || has_zoom_variable(entry, &self.key))
            .map(|entry| entry.name)
            .collect();
        let others = served.into_iter().filter(|name| !names.contains(name));
        let others: Vec<String> = others.collect();
        names.extend(others);
        names
    }

    fn served(&self) -> BTreeSet<String> {
        let chosen = self.all_choices().into_keys();
        chosen.chain(self.journal.all().keys().cloned()).collect()
    }

    fn entry_views(&self, names: Vec<String>) -> Vec<EntryView> {
        let (choices, due) = (self.all_choices(), self.due(&BTreeSet::new()));
        let drifts = self.drifts().unwrap_or_default();
        let view = |name: String| {
            let delivered = self.state.deliveries.get(&name).copied();
            EntryView {
                mode: choices.get(&name).map_or(EntryMode::Off, Choice::mode),
                drift: self.drift_of(&name, &drifts),
                pending: due.contains_key(&name) || self.is_queued(&name),
                delivered: delivered.map(|(generation, _)| generation),
                delivered_at: delivered.map(|(_, at)| at),
                name,
            }
        };
        names.into_iter().map(view).collect()
    }

    /// What stands there now; where that cannot be read, what the guardian saw last.
    fn drift_of(&self, name: &str, drifts: &BTreeMap<String, Drift>) -> Drift {
        match drifts.get(name) {
            Some(drift) => *drift,
            None => self.guard.guardian().drift(name),
        }
    }

    fn is_queued(&self, name: &str) -> bool {
        self.guard.guardian().queued().contains(name)
    }

    /// Whether the user wants no restart for the token that waits.
    fn is_declined(&self) -> bool {
        let token = self.state.token.as_ref();
        token.is_some_and(|token| self.guard.guardian().is_declined(token.generation))
    }

    /// Entries with credentials that anybody can read, those left out that Zoomtray writes.
    fn clear_text(&self) -> Vec<ClearTextView> {
        let config = self.desktop.config().ok();
        let bytes = config.and_then(|config| bytes(config.path()).ok());
        let bytes = bytes.unwrap_or_else(|| Vec::new().into());
        clear_text::names_in_config(bytes.expose_secret(), &self.all_choices())
    }
}
