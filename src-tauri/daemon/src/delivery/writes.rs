//! What Zoomtray has written into an entry, and what it is about to write.
//!
//! Whatever interrupts a write, these are all values of Zoomtray's that may stand in the config:
//! what is neither one of them nor the original is somebody else's.

use crate::delivery::relay_entry::is_relay;
use crate::hash::short_hash;
use claude::{NewValue, Original, Pointer};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// How far the writes of an entry have come.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub(crate) enum Writes {
    /// The first has begun: the original stands there, or what is written.
    First {
        /// What is written.
        writing: Wrote,
    },
    /// The last came to its end.
    Done {
        /// What it wrote.
        wrote: Wrote,
    },
    /// Another has begun: either may stand there.
    Again {
        /// What stood there.
        wrote: Wrote,
        /// What is written.
        writing: Wrote,
    },
}

/// What Zoomtray writes into an entry.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(crate) enum Wrote {
    /// The relay, as a whole entry.
    Relay {
        /// The entry.
        entry: Map<String, Value>,
    },
    /// A token.
    Token {
        /// [`mark`] of the token.
        mark: String,
    },
}

/// What tells one token from another without saying it.
pub(crate) fn mark(token: &SecretString) -> String {
    short_hash(&[token.expose_secret()])
}

/// Whether `found` is a relay at `pointer`, of this or another place of the program.
pub(crate) fn is_relay_at(pointer: &Pointer, found: &Original) -> bool {
    let (Pointer::Entry { server }, Original::Value(raw)) = (pointer, found) else {
        return false;
    };
    serde_json::from_str(raw.expose_secret()).is_ok_and(|found: Value| is_relay(&found, server))
}

impl Writes {
    /// What was written to its end, with no other write begun since.
    pub(crate) fn done(&self) -> Option<&Wrote> {
        match self {
            Self::Done { wrote } => Some(wrote),
            Self::First { .. } | Self::Again { .. } => None,
        }
    }

    /// Another write begins where `found` stands.
    pub(super) fn begin(self, next: Wrote, found: &Original) -> Self {
        match self {
            Self::First { writing } | Self::Again { writing, .. } if writing.is(found) => {
                Self::Again {
                    wrote: writing,
                    writing: next,
                }
            }
            Self::First { .. } => Self::First { writing: next },
            Self::Done { wrote } | Self::Again { wrote, .. } => Self::Again {
                wrote,
                writing: next,
            },
        }
    }

    /// The write came to its end.
    pub(super) fn end(self) -> Self {
        let (Self::First { writing: wrote }
        | Self::Done { wrote }
        | Self::Again { writing: wrote, .. }) = self;
        Self::Done { wrote }
    }

    /// The write was certainly not made; `None` if there is none before it.
    pub(super) fn take_back(self) -> Option<Self> {
        match self {
            Self::First { .. } => None,
            Self::Done { wrote } | Self::Again { wrote, .. } => Some(Self::Done { wrote }),
        }
    }

    /// Which of Zoomtray's values `found` is; the newest, if it is none of them.
    pub(crate) fn ours(&self, found: &Original) -> NewValue {
        let (newest, before) = match self {
            Self::First { writing } => (writing, None),
            Self::Done { wrote } => (wrote, None),
            Self::Again { wrote, writing } => (writing, Some(wrote)),
        };
        let found_before = before.filter(|before| before.is(found));
        found_before.unwrap_or(newest).value(found)
    }
}

impl Wrote {
    /// Whether `found` is this.
    pub(crate) fn is(&self, found: &Original) -> bool {
        let Original::Value(raw) = found else {
            return false;
        };
        match self {
            Self::Relay { entry } => {
                serde_json::from_str::<Map<String, Value>>(raw.expose_secret())
                    .is_ok_and(|found| found == *entry)
            }
            Self::Token { mark: ours } => mark(&found.decoded()) == *ours,
        }
    }

    /// As it stands in the config. Of a token the mark alone is known, so that it is there only
    /// where it was found.
    fn value(&self, found: &Original) -> NewValue {
        match self {
            Self::Relay { entry } => NewValue::Entry(entry.clone()),
            Self::Token { .. } if self.is(found) => NewValue::Variable(found.decoded()),
            Self::Token { .. } => NewValue::Variable(SecretString::default()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn token(text: &str) -> Wrote {
        let mark = mark(&text.to_owned().into());
        Wrote::Token { mark }
    }

    fn found(text: &str) -> Original {
        Original::Value(format!("\"{text}\"").into())
    }

    fn first(writing: &str) -> Writes {
        let writing = token(writing);
        Writes::First { writing }
    }

    fn done(wrote: &str) -> Writes {
        let wrote = token(wrote);
        Writes::Done { wrote }
    }

    fn again(wrote: &str, writing: &str) -> Writes {
        let (wrote, writing) = (token(wrote), token(writing));
        Writes::Again { wrote, writing }
    }

    #[test]
    fn a_write_begins_with_what_stands_there() {
        let cases = [
            (first("1"), "1", again("1", "new")),
            (first("1"), "the user's", first("new")),
            (done("1"), "1", again("1", "new")),
            (done("1"), "the user's", again("1", "new")),
            (again("1", "2"), "1", again("1", "new")),
            (again("1", "2"), "2", again("2", "new")),
            (again("1", "2"), "the user's", again("1", "new")),
        ];
        for (before, stands, after) in cases {
            let begun = before.clone().begin(token("new"), &found(stands));
            assert_eq!(begun, after, "{before:?} and {stands}");
        }
    }

    #[test]
    fn a_write_ends_or_is_taken_back() {
        assert_eq!(first("1").end(), done("1"));
        assert_eq!(again("1", "2").end(), done("2"));
        assert_eq!(first("1").take_back(), None);
        assert_eq!(again("1", "2").take_back(), Some(done("1")));
        assert_eq!(first("1").done(), None);
        assert_eq!(again("1", "2").done(), None);
    }

    #[test]
    fn each_value_that_may_stand_there_is_ours_and_no_other() {
        let writes = again("1", "2");
        for (text, ours) in [("1", "1"), ("2", "2"), ("the user's", "")] {
            let NewValue::Variable(value) = writes.ours(&found(text)) else {
                panic!("a token");
            };
            assert_eq!(value.expose_secret(), ours);
        }
    }
}
