//! `get_room_details`: one room's profile, without what opens the room's device to others.

use crate::outcome::Success;
use crate::tool::{Hints, ToolSpec};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use zoom::ApiRequest;

/// Which room.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Which {
    /// Zoom's id of the room, as `get_zoom_rooms` lists it; not its name.
    room_id: String,
}

/// The room.
#[derive(Debug, Serialize, JsonSchema)]
struct Details {
    /// Zoom's profile of the room: `basic`, `device` and `setup`.
    room: Map<String, Value>,
    /// Always null: Zoom has no list of a room's past events.
    recent_events: (),
    /// Paths in `room` whose value was taken out because it is a secret.
    withheld: Vec<String>,
    /// What else to know, a sentence each.
    notes: Vec<String>,
}

/// What Zoom does not have.
const NO_EVENTS: &str = "Zoom has no list of a room's past events: recent_events is null.";
/// What was taken out, and where it is.
const WITHHELD: &str = "Codes and links that open the room's device were taken out (withheld); \
                        an admin finds them at zoom.us under Room Management.";
/// The activation code makes a device the room, the passcode opens its settings, and the link to a
/// background carries a token.
const SECRETS: [&str; 3] = ["activation_code", "room_passcode", "download_url"];

pub(super) fn tool() -> ToolSpec {
    ToolSpec::new::<Which, Details, _>(
        "get_room_details",
        "Show a Zoom Room",
        "Shows Zoom's profile of one room: name, type, capacity, support contacts, location, \
         device profile, display setup (GET /rooms/{id}). Passcode, activation code and signed \
         links are taken out. Changes nothing. Needs the scope room:read:admin or \
         zoom_rooms:read:room:admin. Limits: one medium API request; at most 50 s. Fails if there is \
         no room with this id, the scope is missing, or Zoom cannot be reached. Use get_zoom_rooms \
         first: it lists the ids, and whether a room is in use now.",
        Hints::READ,
        |zoom, which: Which| async move {
            let request = ApiRequest::get(&["rooms", which.room_id.trim()])?;
            let room = zoom.read(request).await?;
            Success::of(&Details::of(room))
        },
    )
}

impl Details {
    fn of(mut room: Value) -> Self {
        let mut withheld = Vec::new();
        withhold(&mut room, "", &mut withheld);
        let notes = [Some(NO_EVENTS), (!withheld.is_empty()).then_some(WITHHELD)];
        Self {
            room: match room {
                Value::Object(room) => room,
                _ => Map::new(),
            },
            recent_events: (),
            withheld,
            notes: notes.into_iter().flatten().map(str::to_owned).collect(),
        }
    }
}

/// Takes every secret out of `value`, which stands at `path`, and notes where it was.
fn withhold(value: &mut Value, path: &str, withheld: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            for (name, field) in fields.iter_mut() {
                let path = format!("{path}/{name}");
                if SECRETS.contains(&name.as_str()) {
                    *field = Value::Null;
                    withheld.push(path);
                } else {
                    withhold(field, &path, withheld);
                }
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter_mut().enumerate() {
                withhold(item, &format!("{path}/{index}"), withheld);
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_opens_the_device_is_taken_out_wherever_it_stands() {
        let details = Details::of(json!({
            "basic": {"name": "Room", "activation_code": "1315-2376", "room_passcode": "123456"},
            "setup": {"background_image_info": [{"content_id": "c", "download_url": "https://x"}]},
        }));
        let text = serde_json::to_string(&details).unwrap();
        assert!(!text.contains("1315") && !text.contains("123456") && !text.contains("https"));
        assert!(text.contains("\"name\":\"Room\"") && text.contains("\"content_id\":\"c\""));
        let setup = "/setup/background_image_info/0/download_url";
        let basic = ["/basic/activation_code", "/basic/room_passcode"];
        assert_eq!(details.withheld, [basic[0], basic[1], setup]);
    }

    #[test]
    fn a_profile_without_secrets_is_shown_whole() {
        let profile = json!({"basic": {"name": "Room", "capacity": 4}, "device": {}});
        let details = Details::of(profile.clone());
        assert_eq!(Value::Object(details.room), profile);
        assert_eq!(details.notes, [NO_EVENTS]);
    }
}
