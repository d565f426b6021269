//! The tools of Zoom Rooms: sites, rooms, one room, and which locations a text means.
//!
//! What Zoom does not return is not invented: documented fields that it lacks are null, and a note
//! says so.

mod aliases_file;
mod cache;
mod details;
mod listing;
mod location;
mod meaning;
mod places;
mod resolving;
mod room;
mod sites;

use crate::tool::ToolSpec;
use places::Places;
use std::sync::Arc;

/// The tools, which share what they read of the locations.
pub(crate) fn tools() -> Vec<ToolSpec> {
    let places = Arc::new(Places::default());
    vec![
        sites::tool(places.clone()),
        listing::tool(places.clone()),
        details::tool(),
        resolving::tool(places),
    ]
}
