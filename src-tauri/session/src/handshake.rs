//! An entry's cached handshake: the last results of the requests that open a session, for the
//! time when no child answers them.

use crate::limits::LONGEST_RESULT;
use crate::method::Method;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Results as raw JSON, by what was asked. To be kept per entry, with its command and version:
/// another program has another handshake.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Handshake(BTreeMap<String, String>);

/// Versions of the protocol and lists together.
const MOST_RESULTS: usize = 16;

impl Handshake {
    /// Whether it changed by this.
    pub(crate) fn keep(&mut self, question: String, result: &str) -> bool {
        let is_known = self.0.contains_key(&question);
        let fits = result.len() <= LONGEST_RESULT && (is_known || self.0.len() < MOST_RESULTS);
        if !fits || self.get(&question) == Some(result) {
            return false;
        }
        self.0.insert(question, result.to_owned());
        true
    }

    pub(crate) fn get(&self, question: &str) -> Option<&str> {
        self.0.get(question).map(String::as_str)
    }
}

/// The question that `initialize` for this raw version is.
pub(crate) fn opening(version: &str) -> String {
    format!("initialize {version}")
}

/// The question that a request without a cursor is, if its result opens sessions.
pub(crate) fn question(method: Method, cursor: Option<&str>) -> Option<String> {
    let name = method.name().filter(|_| method.opens());
    name.filter(|_| cursor.is_none()).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_fits_is_kept_and_only_a_change_is_told() {
        let mut handshake = Handshake::default();
        assert!(handshake.keep("a".into(), "{}"));
        assert!(!handshake.keep("a".into(), "{}"));
        assert!(handshake.keep("a".into(), "[]"));
        assert!(!handshake.keep("a".into(), &" ".repeat(LONGEST_RESULT + 1)));
        for number in 0..100 {
            handshake.keep(number.to_string(), "{}");
        }
        assert_eq!(handshake.0.len(), MOST_RESULTS);
        assert_eq!(handshake.get("a"), Some("[]"));
    }

    #[test]
    fn a_first_page_is_part_of_the_opening_and_a_later_one_is_not() {
        assert_eq!(
            question(Method::ToolsList, None).as_deref(),
            Some("tools/list")
        );
        assert_eq!(question(Method::ToolsList, Some("\"2\"")), None);
        assert_eq!(question(Method::ToolsCall, None), None);
    }
}
