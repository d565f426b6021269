//! What a call that was let through holds.

use super::counters::Slots;
use super::held::Held;

/// A call that was let through. Each one ends: it is forwarded, or given back, or both in this
/// order; one that is dropped before it was forwarded takes its places under limits with it.
#[derive(Debug)]
#[must_use = "its places under limits are held until it is forwarded or given back"]
pub struct Pass {
    pub(super) slots: Slots,
    /// What a person allowed, if one was asked.
    pub(super) approval: Option<Held>,
}

impl Pass {
    pub(super) fn new(slots: Slots, approval: Option<Held>) -> Self {
        Self { slots, approval }
    }

    /// Whether a limit counts the call: then what [`super::Ledger::save`] gives has changed.
    #[must_use]
    pub fn is_counted(&self) -> bool {
        !self.slots.keys.is_empty()
    }

    /// Whether a person allowed the call.
    #[must_use]
    pub fn is_approved(&self) -> bool {
        self.approval.is_some()
    }
}
