//! What the tools about recordings take. The comments are what a model reads.

use crate::inputs::{Id, PageSize};
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Deserializer};

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ListRecordings {
    /// First day, `YYYY-MM-DD` in UTC; 30 days before `to_date` unless given.
    pub(super) from_date: Option<Day>,
    /// Last day, `YYYY-MM-DD` in UTC; today unless given.
    pub(super) to_date: Option<Day>,
    /// Recordings a page, 1 to 300; 30 unless given. Months put together may bring up to twice as
    /// many.
    #[serde(default)]
    #[schemars(extend("default" = 30))]
    pub(super) page_size: PageSize,
    /// Which page, from 1; reading on by `next_page_token` takes fewer requests.
    #[schemars(range(min = 1))]
    pub(super) page_number: Option<u32>,
    /// `next_page_token` of the page before, with the same dates.
    pub(super) next_page_token: Option<String>,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct OneMeeting {
    /// The meeting's number (its last instance), or an instance's UUID as Zoom writes it (not
    /// URL-encoded).
    pub(super) meeting_id: Id,
}

/// A day of the calendar.
#[derive(Clone, Copy, Debug)]
pub(super) struct Day(pub(super) Date);

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let date = text.trim().parse::<Date>();
        date.map(Self)
            .map_err(|_| serde::de::Error::custom("expected a day as YYYY-MM-DD"))
    }
}

impl JsonSchema for Day {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Day".into()
    }

    fn json_schema(_generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({"type": "string", "format": "date"})
    }
}
