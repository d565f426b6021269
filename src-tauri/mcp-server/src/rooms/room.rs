//! A room as `GET /rooms` lists it, and as the tools report it.

use super::location::{Hierarchy, filled};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What Zoom lists of a room and may be shown: not the activation code, with which a device
/// becomes the room.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub(super) struct ListedRoom {
    pub(super) id: String,
    #[serde(default)]
    name: String,
    #[serde(default)]
    pub(super) status: String,
    #[serde(default, deserialize_with = "filled")]
    pub(super) location_id: Option<String>,
}

/// A documented field that Zoom's list does not have.
type NotListed = ();

/// A room.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(inline)]
pub(super) struct ShownRoom {
    /// Zoom's id of it, for `get_room_details`.
    id: String,
    /// Its name.
    name: String,
    /// Always null: Zoom's list has no type.
    room_type: NotListed,
    /// `Offline`, `Available`, `InMeeting` or `UnderConstruction`.
    status: String,
    /// Zoom's id of its location; null for a room without one.
    location_id: Option<String>,
    /// Always null: Zoom's list has no capacity.
    capacity: NotListed,
    /// Always null: Zoom's list has no device address.
    device_ip: NotListed,
    /// Always null: Zoom's list has no health.
    health: NotListed,
    /// Always null: Zoom's list has no issues.
    issues: NotListed,
    /// Where it is; null if all rooms of the account were wanted.
    location_context: Option<Context>,
}

/// Where a room is.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(inline)]
pub(super) struct Context {
    /// Name of its location.
    location_name: String,
    /// The names from the outside in.
    location_path: String,
    /// What the `location_query` was taken for.
    query_resolved_to: String,
}

impl ShownRoom {
    pub(super) fn of(room: ListedRoom, location_context: Option<Context>) -> Self {
        Self {
            id: room.id,
            name: room.name,
            room_type: (),
            status: room.status,
            location_id: room.location_id,
            capacity: (),
            device_ip: (),
            health: (),
            issues: (),
            location_context,
        }
    }

    /// A room that was found by a query of this type.
    pub(super) fn there(room: ListedRoom, hierarchy: &Hierarchy, resolved_to: &str) -> Self {
        let location = room.location_id.as_deref().and_then(|id| hierarchy.get(id));
        let context = location.map(|location| Context {
            location_name: location.name.clone(),
            location_path: hierarchy.path(&location.id),
            query_resolved_to: resolved_to.to_owned(),
        });
        Self::of(room, context)
    }
}
