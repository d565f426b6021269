//! Arguments that several tools take, in the forms in which models send them.

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize};

/// The largest page that Zoom's lists have.
const LARGEST_PAGE: u32 = 300;
/// Zoom's own page.
const USUAL_PAGE: u32 = 30;

/// An id. Schemas ask for text; a number is taken too, because meeting ids are digits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(transparent)]
#[schemars(inline)]
pub(crate) struct Id(String);

/// How many items a page has: 30 unless told, 300 at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, JsonSchema)]
#[schemars(transparent, inline)]
pub(crate) struct PageSize(#[schemars(range(min = 1, max = 300))] u32);

impl Id {
    /// As Zoom writes it.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for Id {
    fn from(text: &str) -> Self {
        Self(text.trim().to_owned())
    }
}

impl PageSize {
    /// What Zoom is asked for.
    pub(crate) fn get(self) -> u32 {
        self.0
    }
}

impl Default for PageSize {
    fn default() -> Self {
        Self(USUAL_PAGE)
    }
}

impl<'de> Deserialize<'de> for Id {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged, expecting = "expected an id as text")]
        enum Forms {
            Text(String),
            Number(u64),
        }
        Ok(match Forms::deserialize(deserializer)? {
            Forms::Text(text) => Self::from(text.as_str()),
            Forms::Number(number) => Self(number.to_string()),
        })
    }
}

impl<'de> Deserialize<'de> for PageSize {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let asked = Option::<u32>::deserialize(deserializer)?.unwrap_or(USUAL_PAGE);
        Ok(Self(asked.clamp(1, LARGEST_PAGE)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{from_value, json};

    #[test]
    fn an_id_may_be_text_or_a_number() {
        for given in [
            json!("97763643886"),
            json!(97_763_643_886_u64),
            json!(" 97763643886 "),
        ] {
            assert_eq!(from_value::<Id>(given).unwrap().as_str(), "97763643886");
        }
        assert!(from_value::<Id>(json!(true)).is_err());
    }

    #[test]
    fn a_page_has_a_size_that_zoom_takes() {
        for (given, size) in [
            (json!(null), 30),
            (json!(0), 1),
            (json!(50), 50),
            (json!(999), 300),
        ] {
            assert_eq!(from_value::<PageSize>(given).unwrap().get(), size);
        }
        assert_eq!(PageSize::default().get(), 30);
    }
}
