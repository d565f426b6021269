//! What the tools about recordings answer. Zoom's bodies are handed on whole: these types say what
//! is in them, and no more strictly than Zoom itself keeps to it.

use rmcp::model::JsonObject;
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

#[derive(JsonSchema)]
#[expect(dead_code, reason = "only its schema is used: the body is Zoom's")]
pub(super) struct RecordingPage {
    /// First day.
    from: Option<String>,
    /// Last day.
    to: Option<String>,
    /// Recorded meetings: `id`, `uuid`, `topic`, `start_time`, `duration`, `recording_files` and
    /// more.
    meetings: Option<Vec<JsonObject>>,
    /// Recordings on all pages, where that is known.
    total_records: Option<i64>,
    /// Recordings a page.
    page_size: Option<i64>,
    /// Leads to the next page; empty on the last.
    next_page_token: Option<String>,
}

#[derive(JsonSchema)]
#[expect(dead_code, reason = "only its schema is used: the body is Zoom's")]
pub(super) struct OneRecorded {
    /// The meeting's number.
    id: Option<Value>,
    /// The recorded instance's UUID.
    uuid: Option<String>,
    /// What it was about.
    topic: Option<String>,
    /// When it began, RFC 3339 in UTC.
    start_time: Option<String>,
    /// Minutes.
    duration: Option<i64>,
    /// Bytes of all files.
    total_size: Option<i64>,
    /// How many files there are.
    recording_count: Option<i64>,
    /// The files: `id`, `file_type`, `file_size`, `recording_type`, `play_url`, `download_url`
    /// (which needs the token) and more.
    recording_files: Option<Vec<JsonObject>>,
}

/// What was said in one meeting.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Said {
    /// The meeting asked for.
    pub(super) meeting_id: String,
    /// What it was about.
    pub(super) topic: Option<String>,
    /// Minutes.
    pub(super) meeting_duration: Option<i64>,
    /// One for each transcript file.
    pub(crate) transcripts: Vec<Transcript>,
    /// `success`.
    pub(super) status: &'static str,
}

/// One transcript file.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(inline)]
pub(crate) struct Transcript {
    /// Zoom's id of the file.
    pub(crate) file_id: Option<String>,
    /// A name for the file.
    pub(super) file_name: Option<String>,
    /// When it begins, RFC 3339 in UTC.
    pub(super) recording_start: Option<String>,
    /// When it ends, RFC 3339 in UTC.
    pub(super) recording_end: Option<String>,
    /// The text, as `WEBVTT`.
    pub(crate) content: String,
}
