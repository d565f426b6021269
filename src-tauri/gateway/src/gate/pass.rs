//! A call that was let through, to its end.

use super::activity::{Decided, Outcome};
use super::note::Note;
use super::shared::Shared;
use std::fmt;
use std::sync::Arc;

/// A call that was let through. Dropped without [`Pass::ended`] it counts as lost if it was
/// forwarded, else as unsent.
#[must_use = "its places under limits are held until it ends"]
pub struct Pass {
    shared: Arc<Shared>,
    /// None once the call is over.
    open: Option<Box<Open>>,
    is_forwarded: bool,
}

struct Open {
    places: policy::Pass,
    note: Note,
    decided: Decided,
}

/// How a call that was let through ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// The server answered, whatever it says.
    Answered,
    /// It reached no server: it counts under no limit.
    Unsent,
    /// It reached a server, and no answer came.
    Lost,
}

impl Pass {
    pub(super) fn new(shared: &Arc<Shared>, places: policy::Pass, note: Note) -> Self {
        let decided = if places.is_approved() {
            Decided::Approved
        } else {
            Decided::Allowed
        };
        Self {
            shared: Arc::clone(shared),
            open: Some(Box::new(Open {
                places,
                note,
                decided,
            })),
            is_forwarded: false,
        }
    }

    /// It is on its way to the server: limits count it from now on.
    pub fn forwarded(&mut self) {
        let Some(open) = self.open.as_ref().filter(|_| !self.is_forwarded) else {
            return;
        };
        self.is_forwarded = true;
        if open.places.is_counted() {
            let now = self.shared.now();
            self.shared.state().ledger.forwarded(now, &open.places);
            self.shared.writer.save_counters();
        }
    }

    /// It is over.
    pub fn ended(mut self, how: End) {
        self.end(how);
    }

    fn end(&mut self, how: End) {
        if how != End::Unsent {
            self.forwarded();
        }
        let Some(open) = self.open.take() else {
            return;
        };
        let open = *open;
        if how == End::Unsent {
            let is_saved = self.is_forwarded && open.places.is_counted();
            self.shared.state().ledger.give_back(open.places);
            if is_saved {
                self.shared.writer.save_counters();
            }
        }
        let record = open.note.record(open.decided, Some(outcome(how)));
        self.shared.writer.write(record);
    }
}

impl Drop for Pass {
    fn drop(&mut self) {
        self.end(if self.is_forwarded {
            End::Lost
        } else {
            End::Unsent
        });
    }
}

impl fmt::Debug for Pass {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = formatter.debug_struct("Pass");
        shown.field("is_forwarded", &self.is_forwarded);
        shown.finish_non_exhaustive()
    }
}

fn outcome(how: End) -> Outcome {
    match how {
        End::Answered => Outcome::Answered,
        End::Unsent => Outcome::Unsent,
        End::Lost => Outcome::Lost,
    }
}
