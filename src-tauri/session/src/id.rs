//! Request ids and other small values that are compared as the raw JSON they are.

/// A request id: the raw JSON of a string or a number. `1` and `"1"` differ.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id(Box<str>);

impl Id {
    /// The id that `json` is, if it is a string or a number.
    pub(crate) fn read(json: &str) -> Option<Self> {
        let first = json.bytes().next()?;
        let fits = matches!(first, b'"' | b'-' | b'0'..=b'9');
        fits.then(|| Self(json.into()))
    }

    /// The id as it stands in the JSON.
    #[must_use]
    pub fn raw(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_strings_and_numbers_are_ids() {
        for json in ["1", "-1", "1.0", "\"a\"", "\"\""] {
            assert!(Id::read(json).is_some(), "{json}");
        }
        for json in ["null", "true", "{}", "[1]", ""] {
            assert_eq!(Id::read(json), None, "{json}");
        }
        assert_ne!(Id::read("1"), Id::read("\"1\""));
    }
}
