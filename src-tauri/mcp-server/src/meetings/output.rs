//! What the tools about meetings answer. Zoom's bodies are handed on whole: these types say what
//! is in them, and no more strictly than Zoom itself keeps to it.
#![expect(dead_code, reason = "only the schemas are used: the bodies are Zoom's")]

use rmcp::model::JsonObject;
use schemars::JsonSchema;
use serde_json::Value;

#[derive(JsonSchema)]
pub(super) struct MeetingPage {
    /// Meetings: `id`, `uuid`, `topic`, `type`, `start_time`, `duration`, `timezone`, `join_url`
    /// and more.
    meetings: Option<Vec<JsonObject>>,
    /// Meetings on all pages.
    total_records: Option<i64>,
    /// Meetings a page.
    page_size: Option<i64>,
    /// Leads to the next page; empty on the last.
    next_page_token: Option<String>,
}

#[derive(JsonSchema)]
pub(super) struct Meeting {
    /// The meeting's number.
    id: Option<Value>,
    /// This instance's UUID.
    uuid: Option<String>,
    /// What it is about.
    topic: Option<String>,
    /// 1 instant, 2 scheduled, 3 recurring with no fixed time, 8 recurring with fixed time.
    r#type: Option<Value>,
    /// When it begins, RFC 3339 in UTC.
    start_time: Option<String>,
    /// Minutes.
    duration: Option<i64>,
    /// The time zone it is shown in.
    timezone: Option<String>,
    /// A description.
    agenda: Option<String>,
    /// Where participants join.
    join_url: Option<String>,
    /// Occurrences of a recurring meeting: `occurrence_id`, `start_time`, `duration`, `status`.
    occurrences: Option<Vec<JsonObject>>,
    /// How it is held.
    settings: Option<Value>,
}

#[derive(JsonSchema)]
pub(super) struct Changed {
    /// The meeting that was changed.
    meeting_id: String,
    /// What was done.
    message: String,
}

#[derive(JsonSchema)]
pub(super) struct ParticipantPage {
    /// Participants: `id`, `name`, `user_email`, `join_time`, `leave_time`, `duration` in seconds
    /// and more; one for each time somebody joined.
    participants: Option<Vec<JsonObject>>,
    /// Participants on all pages.
    total_records: Option<i64>,
    /// Participants a page.
    page_size: Option<i64>,
    /// Leads to the next page; empty on the last.
    next_page_token: Option<String>,
}
