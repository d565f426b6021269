//! What there is at the fake Zoom: users, meetings, recordings, rooms. A test or a file says so;
//! calls change it.

use crate::rooms::Rooms;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;

/// The example, as JSON. Shapes and ids are those of Zoom's specification.
const EXAMPLE: &str = include_str!("contents/example.json");

/// Everything that the REST calls read and change.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Contents {
    /// Users as `GET /users/{id}` answers them, the token's owner first.
    pub users: Vec<Value>,
    /// Meetings as `GET /meetings/{id}` answers them; the host is the user of `host_id`.
    pub meetings: Vec<Value>,
    /// Recordings as `GET /meetings/{id}/recordings` answers them. A file without a `download_url`
    /// gets one at this Zoom.
    pub recordings: Vec<Value>,
    /// Who took part, by the meeting's id or UUID.
    pub participants: BTreeMap<String, Vec<Value>>,
    /// Transcripts as text, by their file's id.
    pub transcripts: BTreeMap<String, String>,
    /// Zoom Rooms and their locations.
    pub rooms: Rooms,
}

impl Contents {
    /// A small company: three users, four meetings, three recordings.
    #[must_use]
    pub fn example() -> Self {
        serde_json::from_str(EXAMPLE).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_is_read_whole() {
        let contents = serde_json::from_str::<Contents>(EXAMPLE).unwrap();
        assert_eq!(contents.users.len(), 3);
        assert_eq!(contents.meetings.len(), 4);
        assert_eq!(contents.recordings.len(), 3);
        assert_eq!(contents, Contents::example());
    }
}
