//! What limits have counted, from keeper to keeper.

use files::{ReadError, read_json, write_json};
use policy::{Ledger, Now, SavedCounters};
use std::path::Path;

/// A ledger that goes on from what the last keeper counted. A file that cannot be read counts
/// for nothing: limits begin anew, and the log says so.
pub(super) fn load(path: &Path, now: Now) -> Ledger {
    let saved: SavedCounters = match read_json(path) {
        Ok(saved) => saved,
        Err(ReadError::Missing(_)) => SavedCounters::default(),
        Err(error) => {
            tracing::warn!(%error, "the policy's limits begin anew");
            SavedCounters::default()
        }
    };
    Ledger::load(now, saved)
}

/// Whether counts reached the disk.
pub(super) enum Saving {
    Done,
    Failed,
}

/// Keeps them for the next.
pub(super) fn save(path: &Path, saved: &SavedCounters) -> Saving {
    match write_json(path, saved) {
        Ok(()) => Saving::Done,
        Err(error) => {
            tracing::warn!(%error, "what the policy's limits counted is not kept");
            Saving::Failed
        }
    }
}
