//! A location of Zoom Rooms, as `GET /rooms/locations` lists it.

use serde::{Deserialize, Deserializer};

/// A place in the hierarchy of Zoom Rooms. Its parent is named, its children are not.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub(crate) struct Location {
    /// Zoom's id of it.
    pub(crate) id: String,
    /// What the account calls it. Not unique: every building may have its *Floor 1*.
    #[serde(default)]
    pub(crate) name: String,
    /// What kind of place it is.
    #[serde(rename = "type", default)]
    pub(crate) kind: LocationKind,
    /// Id of the place around it; none at the top.
    #[serde(rename = "parent_location_id", default, deserialize_with = "filled")]
    pub(crate) parent_id: Option<String>,
    /// Postal address. The list does not carry it today; Zoom keeps it in the location's profile.
    #[serde(default, deserialize_with = "filled")]
    pub(crate) address: Option<String>,
    /// Time zone. The same holds.
    #[serde(default, deserialize_with = "filled")]
    pub(crate) timezone: Option<String>,
}

/// The kinds of Zoom's hierarchy, from the outside in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(from = "String")]
pub(crate) enum LocationKind {
    /// `country`
    Country,
    /// `states`: a state or province.
    State,
    /// `city`
    City,
    /// `campus`
    Campus,
    /// `building`
    Building,
    /// `floor`
    Floor,
    /// Anything else, in Zoom's word.
    Other(String),
    /// Zoom did not say.
    #[default]
    Unknown,
}

impl LocationKind {
    /// Zoom's word for it; empty if it gave none.
    pub(crate) fn as_str(&self) -> &str {
        match self {
            Self::Country => "country",
            Self::State => "states",
            Self::City => "city",
            Self::Campus => "campus",
            Self::Building => "building",
            Self::Floor => "floor",
            Self::Other(word) => word,
            Self::Unknown => "",
        }
    }
}

impl From<String> for LocationKind {
    fn from(word: String) -> Self {
        match word.as_str() {
            "country" => Self::Country,
            "states" => Self::State,
            "city" => Self::City,
            "campus" => Self::Campus,
            "building" => Self::Building,
            "floor" => Self::Floor,
            "" => Self::Unknown,
            _ => Self::Other(word),
        }
    }
}

/// Zoom writes an absent text as an empty one as often as not.
pub(crate) fn filled<'de, D: Deserializer<'de>>(source: D) -> Result<Option<String>, D::Error> {
    let text = Option::<String>::deserialize(source)?;
    Ok(text.filter(|text| !text.is_empty()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_location_is_read_with_what_zoom_leaves_out() {
        let top = json!({"id": "a", "name": "Campus", "type": "campus", "parent_location_id": ""});
        let top: Location = serde_json::from_value(top).unwrap();
        assert_eq!((top.parent_id, top.kind), (None, LocationKind::Campus));
        let bare: Location = serde_json::from_value(json!({"id": "b"})).unwrap();
        assert_eq!((bare.name.as_str(), bare.kind), ("", LocationKind::Unknown));
    }

    #[test]
    fn kinds_survive_their_words() {
        for word in [
            "country", "states", "city", "campus", "building", "floor", "wing", "",
        ] {
            assert_eq!(LocationKind::from(word.to_owned()).as_str(), word);
        }
    }
}
