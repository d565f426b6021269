//! Locations for this module's tests.

use super::hierarchy::Hierarchy;
use super::place::{Location, LocationKind};

/// A location; an empty parent is none.
pub(super) fn location(id: &str, name: &str, kind: &str, parent: &str) -> Location {
    Location {
        id: id.to_owned(),
        name: name.to_owned(),
        kind: LocationKind::from(kind.to_owned()),
        parent_id: (!parent.is_empty()).then(|| parent.to_owned()),
        address: None,
        timezone: None,
    }
}

/// Two campuses with numbered buildings, one with floors alone.
pub(super) fn world() -> Hierarchy {
    Hierarchy::new(vec![
        location("sf", "USSFO", "campus", ""),
        location("sf-b1", "Building 1", "building", "sf"),
        location("sf-b1-f1", "Floor 1", "floor", "sf-b1"),
        location("sf-b1-f2", "Floor 2", "floor", "sf-b1"),
        location("sf-b2", "Building 2", "building", "sf"),
        location("sf-b2-f1", "Floor 1", "floor", "sf-b2"),
        location("den", "Denver", "campus", ""),
        location("den-b1", "Building 1", "building", "den"),
        location("den-b2", "Building 2", "building", "den"),
        location("den-b2-f3", "Floor 3", "floor", "den-b2"),
        location("nyc", "New York City", "city", ""),
        location("nyc-f1", "Floor 1", "floor", "nyc"),
        location("nyc-f2", "Floor 2", "floor", "nyc"),
        location("lodz", "Łódź Étage", "building", ""),
    ])
}
