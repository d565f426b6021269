//! What the tools about meetings take. The comments are what a model reads.

use crate::inputs::{Id, PageSize};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ListMeetings {
    /// Which meetings: `scheduled` (all that are not over), `live`, `upcoming`,
    /// `upcoming_meetings` (also those to which the owner is invited), `previous_meetings`.
    #[serde(default, rename = "type")]
    pub(super) kind: Kind,
    /// Meetings a page, 1 to 300; 30 unless given.
    #[serde(default)]
    #[schemars(extend("default" = 30))]
    pub(super) page_size: PageSize,
    /// `next_page_token` of the page before.
    pub(super) next_page_token: Option<String>,
}

/// Which meetings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(inline)]
pub(super) enum Kind {
    Scheduled,
    Live,
    #[default]
    Upcoming,
    UpcomingMeetings,
    PreviousMeetings,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct GetMeeting {
    /// The meeting's number, or the UUID of one instance as Zoom writes it (not URL-encoded).
    pub(super) meeting_id: Id,
}

#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct CreateMeeting {
    /// What it is about, up to 200 characters.
    pub(super) topic: String,
    /// 1 instant, 2 scheduled, 3 recurring with no fixed time, 8 recurring with fixed time.
    #[serde(default, rename = "type")]
    pub(super) kind: MeetingType,
    /// When it begins: `2026-03-25T07:32:55` in `timezone`, or `2026-03-25T07:32:55Z` in UTC.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) start_time: Option<String>,
    /// Minutes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) duration: Option<u32>,
    /// The time zone of `start_time`, e.g. `Europe/Berlin`; the owner's unless given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) timezone: Option<String>,
    /// A description, up to 2,000 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) agenda: Option<String>,
    /// The passcode to join, up to 10 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) password: Option<String>,
    /// How it is held.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) settings: Option<Settings>,
}

/// Zoom's numbers for kinds of meetings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "u8", try_from = "u8")]
pub(super) enum MeetingType {
    Instant,
    #[default]
    Scheduled,
    Recurring,
    RecurringFixed,
}

/// How a meeting is held.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
pub(super) struct Settings {
    /// Start with the host's video on.
    #[serde(skip_serializing_if = "Option::is_none")]
    host_video: Option<bool>,
    /// Start with participants' video on.
    #[serde(skip_serializing_if = "Option::is_none")]
    participant_video: Option<bool>,
    /// Let participants join before the host.
    #[serde(skip_serializing_if = "Option::is_none")]
    join_before_host: Option<bool>,
    /// Mute participants as they join.
    #[serde(skip_serializing_if = "Option::is_none")]
    mute_upon_entry: Option<bool>,
    /// Let participants wait until the host admits them.
    #[serde(skip_serializing_if = "Option::is_none")]
    waiting_room: Option<bool>,
    /// How participants may hear: by computer (`voip`), `telephony` or `both`.
    #[serde(skip_serializing_if = "Option::is_none")]
    audio: Option<Audio>,
}

#[derive(Clone, Copy, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(inline)]
enum Audio {
    Both,
    Telephony,
    Voip,
}

#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct UpdateMeeting {
    /// The meeting's number.
    pub(super) meeting_id: Id,
    /// What it is about, up to 200 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    topic: Option<String>,
    /// When it begins: `2026-03-25T07:32:55` in the meeting's time zone, or with `Z` in UTC.
    #[serde(skip_serializing_if = "Option::is_none")]
    start_time: Option<String>,
    /// Minutes.
    #[serde(skip_serializing_if = "Option::is_none")]
    duration: Option<u32>,
    /// A description, up to 2,000 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    agenda: Option<String>,
    /// How it is held; settings that are not given stay.
    #[serde(skip_serializing_if = "Option::is_none")]
    settings: Option<Settings>,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct DeleteMeeting {
    /// The meeting's number.
    pub(super) meeting_id: Id,
    /// One occurrence of a recurring meeting, as `get_meeting` names it; the whole series without.
    pub(super) occurrence_id: Option<Id>,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Participants {
    /// The meeting's number (its last instance), or an instance's UUID as Zoom writes it (not
    /// URL-encoded).
    pub(super) meeting_id: Id,
    /// Participants a page, 1 to 300; 30 unless given.
    #[serde(default)]
    #[schemars(extend("default" = 30))]
    pub(super) page_size: PageSize,
    /// `next_page_token` of the page before.
    pub(super) next_page_token: Option<String>,
}

impl Kind {
    /// In Zoom's query.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Scheduled => "scheduled",
            Self::Live => "live",
            Self::Upcoming => "upcoming",
            Self::UpcomingMeetings => "upcoming_meetings",
            Self::PreviousMeetings => "previous_meetings",
        }
    }
}

impl From<MeetingType> for u8 {
    fn from(kind: MeetingType) -> Self {
        match kind {
            MeetingType::Instant => 1,
            MeetingType::Scheduled => 2,
            MeetingType::Recurring => 3,
            MeetingType::RecurringFixed => 8,
        }
    }
}

impl TryFrom<u8> for MeetingType {
    type Error = &'static str;

    fn try_from(number: u8) -> Result<Self, Self::Error> {
        match number {
            1 => Ok(Self::Instant),
            2 => Ok(Self::Scheduled),
            3 => Ok(Self::Recurring),
            8 => Ok(Self::RecurringFixed),
            _ => Err("expected 1, 2, 3 or 8"),
        }
    }
}

impl JsonSchema for MeetingType {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        "MeetingType".into()
    }

    fn json_schema(_generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({"type": "integer", "enum": [1, 2, 3, 8]})
    }
}
