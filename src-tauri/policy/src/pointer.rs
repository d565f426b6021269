//! Places in a JSON document, as RFC 6901 writes them.

use std::borrow::Cow;
use std::fmt;

/// A JSON pointer: `/tools/update_meeting/action`; empty for the whole document.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pointer(String);

impl Pointer {
    /// The member `name` of this place.
    #[must_use]
    pub fn child(&self, name: &str) -> Self {
        let name = name.replace('~', "~0").replace('/', "~1");
        Self(format!("{}/{name}", self.0))
    }

    /// The element `index`, from 0, of this place.
    #[must_use]
    pub fn item(&self, index: usize) -> Self {
        Self(format!("{}/{index}", self.0))
    }

    /// As text; empty for the whole document.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The names on the way, decoded.
    pub(crate) fn steps(&self) -> impl Iterator<Item = Cow<'_, str>> {
        self.0.split('/').skip(1).map(|step| {
            if step.contains('~') {
                Cow::Owned(step.replace("~1", "/").replace("~0", "~"))
            } else {
                Cow::Borrowed(step)
            }
        })
    }
}

impl fmt::Display for Pointer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_with_slashes_and_tildes_come_back() {
        let pointer = Pointer::default().child("tools").child("a/b~1").item(3);
        assert_eq!(pointer.as_str(), "/tools/a~1b~01/3");
        let steps: Vec<_> = pointer.steps().collect();
        assert_eq!(steps, ["tools", "a/b~1", "3"]);
    }

    #[test]
    fn the_whole_document_has_no_steps() {
        assert_eq!(Pointer::default().steps().count(), 0);
    }
}
