//! Meetings: listed, read, made, changed, taken away; and who took part.

use super::instant;
use super::paging::invalid;
use super::route::{Asked, Route};
use super::users::usual_page;
use crate::reply::Reply;
use crate::world::World;
use serde_json::{Map, Value, json};

/// Ids of meetings made here count up from this one.
const FIRST_ID: u64 = 90_000_000_000;
/// What a meeting answers that its list does not.
const DETAILS: [&str; 4] = ["settings", "occurrences", "password", "host_email"];

pub(crate) const ROUTES: &[Route] = &[
    Route {
        method: "GET",
        pattern: "users/{id}/meetings",
        scopes: &[
            "meeting:read:list_meetings:admin",
            "meeting:read:list_meetings",
            "meeting:read:admin",
            "meeting:read",
        ],
        answer: list,
    },
    Route {
        method: "POST",
        pattern: "users/{id}/meetings",
        scopes: &[
            "meeting:write:meeting:admin",
            "meeting:write:meeting",
            "meeting:write:admin",
            "meeting:write",
        ],
        answer: create,
    },
    Route {
        method: "GET",
        pattern: "meetings/{id}",
        scopes: &[
            "meeting:read:meeting:admin",
            "meeting:read:meeting",
            "meeting:read:admin",
            "meeting:read",
        ],
        answer: get,
    },
    Route {
        method: "PATCH",
        pattern: "meetings/{id}",
        scopes: &[
            "meeting:update:meeting:admin",
            "meeting:update:meeting",
            "meeting:write:admin",
            "meeting:write",
        ],
        answer: update,
    },
    Route {
        method: "DELETE",
        pattern: "meetings/{id}",
        scopes: &[
            "meeting:delete:meeting:admin",
            "meeting:delete:meeting",
            "meeting:write:admin",
            "meeting:write",
        ],
        answer: delete,
    },
    Route {
        method: "GET",
        pattern: "past_meetings/{id}/participants",
        scopes: &[
            "meeting:read:list_past_participants:admin",
            "meeting:read:list_past_participants",
            "meeting:read:admin",
            "meeting:read",
        ],
        answer: participants,
    },
];

fn list(world: &mut World, asked: &Asked) -> Reply {
    let kind = asked.parameter("type").unwrap_or("scheduled");
    let now = instant(asked.now);
    let ahead = |meeting: &Value| {
        meeting["start_time"]
            .as_str()
            .is_none_or(|start| start >= now.as_str())
    };
    let wanted: &dyn Fn(&Value) -> bool = match kind {
        "scheduled" => &|_| true,
        "live" => &|meeting| meeting["status"] == "started",
        "upcoming" | "upcoming_meetings" => &ahead,
        "previous_meetings" => &|meeting| !ahead(meeting),
        _ => return invalid("type"),
    };
    match world.hosted_by(&world.contents.meetings, asked.id()) {
        Ok(mut meetings) => {
            meetings.retain(wanted);
            meetings.iter_mut().for_each(shorten);
            usual_page(asked, "meetings", meetings)
        }
        Err(refusal) => refusal,
    }
}

fn shorten(meeting: &mut Value) {
    if let Some(meeting) = meeting.as_object_mut() {
        meeting.retain(|name, _| !DETAILS.contains(&name.as_str()) && name != "status");
    }
}

fn get(world: &mut World, asked: &Asked) -> Reply {
    match world.meeting(asked.id()) {
        Some(place) => Reply::json(200, &world.contents.meetings[place]),
        None => unknown(asked.id()),
    }
}

fn create(world: &mut World, asked: &Asked) -> Reply {
    let host = match world.user(asked.id()) {
        Ok(user) => user.clone(),
        Err(refusal) => return refusal,
    };
    if let Some(field) = wrong_field(&asked.body) {
        return invalid(field);
    }
    if !asked.body["topic"].is_string() {
        return invalid("topic");
    }
    let meeting = made(world.next_number(), &host, asked);
    world.contents.meetings.push(meeting.clone());
    let mut answer = meeting;
    let id = answer["id"].clone();
    answer["start_url"] = format!("https://zoom.us/s/{id}?zak=fake-zak").into();
    Reply::json(201, &answer)
}

fn made(number: u64, host: &Value, asked: &Asked) -> Value {
    let id = FIRST_ID + number;
    let now = instant(asked.now);
    let mut meeting = json!({
        "uuid": format!("Fake{number:016}Uuid=="),
        "id": id,
        "host_id": host["id"],
        "host_email": host["email"],
        "topic": "",
        "type": 2,
        "status": "waiting",
        "start_time": now,
        "duration": 60,
        "timezone": host["timezone"],
        "created_at": now,
        "join_url": format!("https://zoom.us/j/{id}"),
        "settings": {"host_video": false, "audio": "both"},
    });
    merge(&mut meeting, &asked.body);
    meeting
}

fn update(world: &mut World, asked: &Asked) -> Reply {
    if let Some(field) = wrong_field(&asked.body) {
        return invalid(field);
    }
    match world.meeting(asked.id()) {
        Some(place) => {
            merge(&mut world.contents.meetings[place], &asked.body);
            Reply::no_content()
        }
        None => unknown(asked.id()),
    }
}

fn delete(world: &mut World, asked: &Asked) -> Reply {
    let Some(place) = world.meeting(asked.id()) else {
        return unknown(asked.id());
    };
    let Some(occurrence) = asked.parameter("occurrence_id") else {
        world.contents.meetings.remove(place);
        return Reply::no_content();
    };
    let all = &mut world.contents.meetings[place]["occurrences"];
    let before = all.as_array().map_or(0, Vec::len);
    if let Some(all) = all.as_array_mut() {
        all.retain(|one| one["occurrence_id"] != occurrence);
    }
    if all.as_array().map_or(0, Vec::len) == before {
        return unknown(asked.id());
    }
    Reply::no_content()
}

fn participants(world: &mut World, asked: &Asked) -> Reply {
    let Some(place) = world.meeting(asked.id()) else {
        return unknown(asked.id());
    };
    let meeting = &world.contents.meetings[place];
    let keys = [text(&meeting["id"]), text(&meeting["uuid"])];
    let found = keys
        .iter()
        .find_map(|key| world.contents.participants.get(key));
    match found {
        Some(all) => usual_page(asked, "participants", all.clone()),
        None => unknown(asked.id()),
    }
}

/// A number as its digits, a text without quotes.
pub(super) fn text(value: &Value) -> String {
    match value.as_str() {
        Some(text) => text.to_owned(),
        None => value.to_string(),
    }
}

/// The first field of the wrong type.
fn wrong_field(body: &Value) -> Option<&'static str> {
    let is = |field: &str, right: fn(&Value) -> bool| body.get(field).is_none_or(right);
    let kinds = |value: &Value| matches!(value.as_u64(), Some(1 | 2 | 3 | 8));
    [
        ("topic", is("topic", Value::is_string)),
        ("type", is("type", kinds)),
        ("start_time", is("start_time", Value::is_string)),
        ("duration", is("duration", Value::is_u64)),
        ("timezone", is("timezone", Value::is_string)),
        ("agenda", is("agenda", Value::is_string)),
        ("password", is("password", Value::is_string)),
        ("settings", is("settings", Value::is_object)),
    ]
    .into_iter()
    .find_map(|(field, right)| (!right).then_some(field))
}

/// Field by field; objects into each other.
fn merge(meeting: &mut Value, change: &Value) {
    let nothing = Map::new();
    for (name, value) in change.as_object().unwrap_or(&nothing) {
        let old = &mut meeting[name.as_str()];
        if old.is_object() && value.is_object() {
            merge(old, value);
        } else {
            *old = value.clone();
        }
    }
}

fn unknown(id: &str) -> Reply {
    let message = format!("Meeting does not exist: {id}.");
    Reply::api_error(404, 3001, &message)
}

impl World {
    fn meeting(&self, id: &str) -> Option<usize> {
        self.contents
            .meetings
            .iter()
            .position(|meeting| meeting["uuid"] == id || text(&meeting["id"]) == id)
    }
}
