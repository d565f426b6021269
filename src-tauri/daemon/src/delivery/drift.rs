//! How an entry departs from what Zoomtray wrote there.
//!
//! Pure over the config's bytes.

use crate::delivery::journal::Kept;
use crate::delivery::writes::{Wrote, mark};
use claude::{NewValue, Original, Outcome, Refusal, patch};
use control::Drift;
use secrecy::SecretString;

/// How what stands in the config `bytes` departs from what was written; `None` if the config
/// cannot be read. What was not written to its end cannot be told and counts as it should be.
pub(crate) fn drift(bytes: &[u8], kept: &Kept) -> Option<Drift> {
    let Some(wrote) = kept.writes.done() else {
        return Some(Drift::None);
    };
    match wrote {
        Wrote::Relay { entry } => {
            match patch(bytes, &kept.pointer, &NewValue::Entry(entry.clone())) {
                Outcome::AlreadySo { .. } => Some(Drift::None),
                Outcome::Created { .. } => Some(Drift::Lost),
                Outcome::Changed { .. } => Some(Drift::Changed),
                Outcome::Refused(refusal) => of_refusal(&refusal),
            }
        }
        Wrote::Token { mark } => of_token(bytes, kept, mark),
    }
}

/// A value that no token is: what stands there is always told as the original.
fn of_token(bytes: &[u8], kept: &Kept, written: &str) -> Option<Drift> {
    let none = NewValue::Variable(SecretString::default());
    let found = match patch(bytes, &kept.pointer, &none) {
        Outcome::AlreadySo { original } | Outcome::Changed { original, .. } => original,
        Outcome::Created { .. } => return Some(Drift::Lost),
        Outcome::Refused(refusal) => return of_refusal(&refusal),
    };
    Some(match found {
        Original::Value(_) if mark(&found.decoded()) == written => Drift::None,
        _ => Drift::Changed,
    })
}

/// What is wrong at the entry itself was done to it by somebody; what is wrong with the whole
/// document says nothing of the entry.
pub(super) fn of_refusal(refusal: &Refusal) -> Option<Drift> {
    match refusal {
        Refusal::NoSuchEntry { .. } => Some(Drift::Lost),
        Refusal::OwnedByExtension { .. }
        | Refusal::EnvValueNotString { .. }
        | Refusal::NotAnObject { .. }
        | Refusal::DuplicateKeys { .. } => Some(Drift::Changed),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::delivery::journal::for_tests;
    use crate::delivery::writes::Writes;
    use claude::Pointer;
    use serde_json::{Map, json};

    fn relay() -> Kept {
        let entry: Map<_, _> =
            serde_json::from_value(json!({"command": "z", "args": ["relay"]})).unwrap();
        Kept {
            writes: Writes::Done {
                wrote: Wrote::Relay { entry },
            },
            ..for_tests::kept()
        }
    }

    fn token() -> Kept {
        Kept {
            pointer: Pointer::env("zoom", "T"),
            writes: Writes::Done {
                wrote: Wrote::Token {
                    mark: mark(&"eyJ.token".to_owned().into()),
                },
            },
            ..for_tests::kept()
        }
    }

    #[test]
    fn each_departure_has_its_name() {
        let ours = r#"{"mcpServers": {"zoom": {"args": ["relay"], "command": "z"}}}"#;
        let with_token = r#"{"mcpServers": {"zoom": {"env": {"T": "eyJ.token"}}}}"#;
        let cases = [
            (relay(), ours, Some(Drift::None)),
            (relay(), r#"{"mcpServers": {}}"#, Some(Drift::Lost)),
            (relay(), "{}", Some(Drift::Lost)),
            (relay(), "", Some(Drift::Lost)),
            (
                relay(),
                r#"{"mcpServers": {"zoom": {"command": "node"}}}"#,
                Some(Drift::Changed),
            ),
            (
                relay(),
                r#"{"mcpServers": {"zoom": 7}}"#,
                Some(Drift::Changed),
            ),
            (relay(), "{ cut", None),
            (token(), with_token, Some(Drift::None)),
            (
                token(),
                r#"{"mcpServers": {"zoom": {"env": {"T": "eyJ.old"}}}}"#,
                Some(Drift::Changed),
            ),
            (
                token(),
                r#"{"mcpServers": {"zoom": {"env": {"T": ""}}}}"#,
                Some(Drift::Changed),
            ),
            (
                token(),
                r#"{"mcpServers": {"zoom": {"env": {"T": 7}}}}"#,
                Some(Drift::Changed),
            ),
            (
                token(),
                r#"{"mcpServers": {"zoom": {"env": {}}}}"#,
                Some(Drift::Lost),
            ),
            (
                token(),
                r#"{"mcpServers": {"zoom": {}}}"#,
                Some(Drift::Lost),
            ),
            (token(), r#"{"mcpServers": {}}"#, Some(Drift::Lost)),
            (token(), "[1,", None),
        ];
        for (kept, config, wanted) in cases {
            assert_eq!(drift(config.as_bytes(), &kept), wanted, "{config}");
        }
    }

    #[test]
    fn a_write_that_was_cut_short_tells_nothing() {
        let begun = Kept {
            writes: Writes::First {
                writing: relay().writes.done().unwrap().clone(),
            },
            ..relay()
        };
        assert_eq!(drift(b"{}", &begun), Some(Drift::None));
    }
}
