//! Where a new token goes: a `.env`, the entries of Claude's config.
//!
//! Nothing here asks Zoom for anything. A delivery that fails is told and left for the next
//! token; it never causes another request.

pub(crate) mod claude_desktop;
pub(crate) mod deliverer;
pub(crate) mod env_target;
pub(crate) mod foreign;
pub(crate) mod originals;
pub(crate) mod steps;
