//! What the guardian must not forget when the keeper ends: entries, what was lost, and which
//! tokens Claude Desktop was restarted for.

use super::consent::Restarts;
use super::entry::Guarded;
use control::{Drift, LOSSES_KEPT, LossView};
use lifecycle::WallTime;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What is saved. No secret.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Memory {
    pub(super) entries: BTreeMap<String, Guarded>,
    pub(super) restarts: Restarts,
    /// Newest first, at most [`LOSSES_KEPT`].
    losses: Vec<LossView>,
}

impl Memory {
    /// What was lost, newest first.
    pub(super) fn losses(&self) -> &[LossView] {
        &self.losses
    }

    pub(super) fn lost(&mut self, entry: &str, drift: Drift, at: WallTime) {
        let loss = LossView {
            at,
            entry: entry.to_owned(),
            drift,
            restored: None,
        };
        self.losses.insert(0, loss);
        self.losses.truncate(LOSSES_KEPT);
    }

    /// The entry's last loss is over.
    pub(super) fn found_again(&mut self, entry: &str, at: WallTime) {
        let last = self.losses.iter_mut().find(|loss| loss.entry == entry);
        if let Some(loss) = last {
            loss.restored.get_or_insert(at);
        }
    }
}
