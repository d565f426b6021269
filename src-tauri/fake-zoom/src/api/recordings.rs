//! Cloud recordings: a user's by date, one meeting's, and their files.

use super::meetings::text;
use super::paging::invalid;
use super::route::{Asked, Route};
use super::users::usual_page;
use super::{day, instant};
use crate::basic;
use crate::ledger::Standing;
use crate::reply::Reply;
use crate::wire::Request;
use crate::world::World;
use jiff::ToSpan as _;
use jiff::civil::Date;
use serde_json::{Value, json};

/// Where files are, on the same host.
pub(crate) const DOWNLOADS: &str = "/rec/download/";
const FILES: &[&str] = &[
    "cloud_recording:read:list_recording_files:admin",
    "cloud_recording:read:list_recording_files",
    "recording:read:admin",
    "recording:read",
];

pub(crate) const ROUTES: &[Route] = &[
    Route {
        method: "GET",
        pattern: "users/{id}/recordings",
        scopes: &[
            "cloud_recording:read:list_user_recordings:admin",
            "cloud_recording:read:list_user_recordings",
            "recording:read:admin",
            "recording:read",
        ],
        answer: list,
    },
    Route {
        method: "GET",
        pattern: "meetings/{id}/recordings",
        scopes: FILES,
        answer: get,
    },
];

fn list(world: &mut World, asked: &Asked) -> Reply {
    if asked.parameter("page_number").is_some() {
        let complaint = "page_number is no parameter of recordings";
        world.counters.complain(complaint.to_owned());
    }
    let (from, to) = match dates(asked) {
        Ok(dates) => dates,
        Err(refusal) => return refusal,
    };
    let recordings = match world.hosted_by(&world.contents.recordings, asked.id()) {
        Ok(recordings) => recordings,
        Err(refusal) => return refusal,
    };
    let mut found: Vec<Value> = recordings
        .into_iter()
        .filter(|recording| {
            day(&recording["start_time"]).is_some_and(|day| from <= day && day <= to)
        })
        .map(|recording| world.with_addresses(recording))
        .collect();
    found.sort_by(|one, other| text(&other["start_time"]).cmp(&text(&one["start_time"])));
    let mut reply = usual_page(asked, "meetings", found);
    reply.add(&json!({"from": from.to_string(), "to": to.to_string()}));
    reply
}

/// Today by default; more than a month is refused. The body of that refusal is assumed.
fn dates(asked: &Asked) -> Result<(Date, Date), Reply> {
    let today = day(&instant(asked.now).into()).ok_or_else(|| invalid("from"))?;
    let date = |name: &'static str, default: Date| match asked.parameter(name) {
        Some(text) => text.parse::<Date>().map_err(|_| invalid(name)),
        None => Ok(default),
    };
    let (to, from) = (date("to", today)?, date("from", today)?);
    let latest = from.checked_add(1.month()).map_err(|_| invalid("from"))?;
    if to < from || to > latest {
        return Err(invalid("from"));
    }
    Ok((from, to))
}

fn get(world: &mut World, asked: &Asked) -> Reply {
    let id = asked.id();
    let mut recordings = world.contents.recordings.iter();
    let found = recordings.find(|one| one["uuid"] == id || text(&one["id"]) == id);
    match found.cloned() {
        Some(recording) => Reply::json(200, &world.with_addresses(recording)),
        None => Reply::api_error(404, 3301, "This recording does not exist."),
    }
}

impl World {
    /// Every file that is told no address gets one here.
    fn with_addresses(&self, mut recording: Value) -> Value {
        let files = recording["recording_files"].as_array_mut();
        for file in files.into_iter().flatten() {
            if file.get("download_url").is_none()
                && let Some(id) = file["id"].as_str()
            {
                file["download_url"] = format!("{}{DOWNLOADS}{id}", self.base).into();
            }
        }
        recording
    }

    /// A file below [`DOWNLOADS`], for a valid token. The refusal's form is assumed.
    pub(crate) fn download(&self, request: &Request, now: i64) -> Reply {
        let token = basic::bearer(request).unwrap_or_default();
        if !matches!(self.ledger.standing(token, now), Standing::Valid(_)) {
            let body = json!({"status": false, "errorCode": 124, "errorMessage": "Forbidden"});
            return Reply::json(401, &body);
        }
        let id = request.path.strip_prefix(DOWNLOADS).unwrap_or_default();
        match self.contents.transcripts.get(id) {
            Some(text) => Reply::text(200, "text/vtt", text),
            None => Reply::text(404, "text/html", "<!DOCTYPE html><title>404</title>\n"),
        }
    }
}
