//! Where a new token goes: a `.env`, the entries of Claude's config; and how those entries come
//! to be connected, given back and restored.
//!
//! Nothing here asks Zoom for anything. A delivery that fails is told and left for the next
//! token; it never causes another request.

mod assembly;
mod claude_desktop;
mod cutting;
pub(crate) mod deliverer;
mod drift;
mod env_target;
mod following;
mod giving_back;
mod guard;
mod guarding;
pub(crate) mod inbox;
pub(crate) mod journal;
mod known;
mod looking_again;
mod meanwhile;
mod modes;
pub(crate) mod order;
mod plan;
pub(crate) mod program_place;
mod readable;
mod recording;
pub(crate) mod relay_entry;
mod restarting;
mod restoring;
mod secrets;
mod showing;
pub(crate) mod steps;
mod token_delivery;
mod writes;
mod writing;
