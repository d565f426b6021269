//! Zoom Rooms: locations, rooms, and the profile of a room.

use crate::api::paging::{LARGEST, invalid, page};
use crate::api::route::{Asked, Route};
use crate::reply::Reply;
use crate::world::World;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

pub(crate) const ROUTES: &[Route] = &[
    Route {
        method: "GET",
        pattern: "rooms",
        scopes: &["zoom_rooms:read:list_rooms:admin", "room:read:admin"],
        answer: list,
    },
    Route {
        method: "GET",
        pattern: "rooms/locations",
        scopes: &["zoom_rooms:read:list_locations:admin", "room:read:admin"],
        answer: locations,
    },
    Route {
        method: "GET",
        pattern: "rooms/{id}",
        scopes: &["zoom_rooms:read:room:admin", "room:read:admin"],
        answer: profile,
    },
];

/// The locations and rooms of the account.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Rooms {
    /// Locations as `GET /rooms/locations` lists them.
    pub locations: Vec<Value>,
    /// Rooms as `GET /rooms` lists them.
    pub rooms: Vec<Value>,
}

impl Rooms {
    /// Adds so many rooms to one location, named `NAME 1` and so on.
    pub fn add(&mut self, count: usize, name: &str, location_id: &str) {
        let many = (1..=count).map(|number| {
            json!({
                "id": format!("many-{number:05}"),
                "room_id": format!("many-room-{number:05}"),
                "name": format!("{name} {number}"),
                "activation_code": "1315-2376-2198-7926",
                "location_id": location_id,
                "status": "Available",
                "tag_ids": [],
            })
        });
        self.rooms.extend(many);
    }
}

fn list(world: &mut World, asked: &Asked) -> Reply {
    let known = [
        "location_id",
        "status",
        "type",
        "unassigned_rooms",
        "query_name",
    ];
    if let Some(refusal) = unknown(asked, &known) {
        return refusal;
    }
    let contents = &world.contents.rooms;
    let mut rooms = contents.rooms.clone();
    if let Some(location) = asked.parameter("location_id") {
        if !contents
            .locations
            .iter()
            .any(|known| known["id"] == location)
        {
            return Reply::api_error(404, 4801, "Location does not exist.");
        }
        rooms.retain(|room| room["location_id"] == location);
    }
    if let Some(status) = asked.parameter("status") {
        rooms.retain(|room| room["status"] == status);
    }
    paged(asked, "rooms", rooms)
}

fn locations(world: &mut World, asked: &Asked) -> Reply {
    if let Some(refusal) = unknown(asked, &["type", "parent_location_id"]) {
        return refusal;
    }
    let mut locations = world.contents.rooms.locations.clone();
    for (parameter, field) in [
        ("type", "type"),
        ("parent_location_id", "parent_location_id"),
    ] {
        if let Some(wanted) = asked.parameter(parameter) {
            locations.retain(|location| location[field] == wanted);
        }
    }
    paged(asked, "locations", locations)
}

/// Neither list says how many there are in all.
fn paged(asked: &Asked, items: &str, all: Vec<Value>) -> Reply {
    match page(asked, items, all, LARGEST) {
        Ok(mut page) => {
            if let Some(page) = page.as_object_mut() {
                page.remove("total_records");
            }
            Reply::json(200, &page)
        }
        Err(refusal) => refusal,
    }
}

/// Zoom ignores what it does not know; a caller of ours that sends it is mistaken.
fn unknown(asked: &Asked, known: &[&str]) -> Option<Reply> {
    let paging = ["page_size", "next_page_token"];
    let stranger = asked
        .query
        .keys()
        .find(|name| !known.contains(&name.as_str()) && !paging.contains(&name.as_str()))?;
    Some(invalid(stranger))
}

fn profile(world: &mut World, asked: &Asked) -> Reply {
    if let Some(refusal) = unknown(asked, &["regenerate_activation_code"]) {
        return refusal;
    }
    let mut rooms = world.contents.rooms.rooms.iter();
    match rooms.find(|room| room["id"] == asked.id()) {
        Some(room) => Reply::json(200, &profile_of(room)),
        None => Reply::api_error(404, 1012, "Room does not exist."),
    }
}

/// Fields and forms as seen from Zoom, the secrets among them too.
fn profile_of(room: &Value) -> Value {
    json!({
        "basic": {
            "name": room["name"],
            "display_name": "",
            "zoom_room_type": "ZoomRoom",
            "activation_code": room["activation_code"],
            "support_email": "rooms@example.com",
            "support_phone": "",
            "room_passcode": "271828",
            "required_code_to_ext": true,
            "hide_room_in_contacts": false,
            "capacity": 8,
            "location_id": room["location_id"],
            "calendar_resource_id": "",
            "tag_ids": room["tag_ids"],
        },
        "device": {"device_profile_id": ""},
        "setup": {
            "under_construction": room["status"] == "UnderConstruction",
            "apply_background_image_to_all_displays": true,
            "background_image_info": [{
                "display_id": "zoom_rooms_display1",
                "content_id": "JIyXvlGuQ3mg67oI9D7Tvw",
                "download_url": "https://file.zoom.us/file/background?jwt=SignedLinkToken",
            }],
        },
    })
}
