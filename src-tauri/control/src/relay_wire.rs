//! Relay protocol 1: the two first lines of a relay's connection, and the line that says goodbye.
//!
//! Frozen: every later keeper accepts it. After the two lines MCP messages go both ways, one a
//! line. Fields that are not known are ignored. Needs no runtime.

use crate::protocol::LONGEST_LINE;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Version of the relay protocol.
pub const RELAY_PROTOCOL: u32 = 1;

/// The line with which a keeper that was quit takes its leave. It is no JSON, so no message of
/// MCP; what a server prints never reaches a relay in its place.
pub const BYE: &str = "zoomtray: bye";

/// What both first lines say of their speaker.
const NAME: &str = "zoomtray";

/// Room that a first line leaves below [`LONGEST_LINE`] for all but the variables.
const BESIDE_VARIABLES: usize = 64 * 1024;

/// The first line of a relay.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RelayHello {
    /// The speaker's [`RELAY_PROTOCOL`].
    pub protocol: u32,
    /// The speaker's process.
    pub pid: u32,
    /// The entry that it was started for.
    pub entry: String,
    /// Tells its session from others; the same when it connects again. Empty: not told.
    pub session: String,
    /// Its variables: what a server of a third party is started with.
    pub environment: BTreeMap<String, String>,
    /// Its working folder.
    pub folder: Option<String>,
}

/// The first line of the keeper to a relay.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RelayWelcome {
    /// The speaker's [`RELAY_PROTOCOL`].
    pub protocol: u32,
    /// The speaker's process.
    pub pid: u32,
    /// Why nothing follows, if nothing does.
    pub refused: Option<RelayRefusal>,
}

/// Why a keeper serves no relay.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{message}")]
pub struct RelayRefusal {
    /// What a relay must tell apart.
    pub kind: RefusalKind,
    /// What happened and what to do now.
    pub message: String,
}

/// What a relay must tell apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RefusalKind {
    /// A command keeps tokens for a moment: as if nobody were there.
    NotHere,
    /// The keeper leaves; the next one serves.
    Leaving,
    /// A reason of a later version.
    #[serde(other)]
    Other,
}

/// A first line that is none of a keeper to a relay.
#[derive(Debug, thiserror::Error)]
#[error("not a keeper's first line: {0}")]
pub struct NotAWelcome(#[from] serde_json::Error);

/// Either first line, as it is written.
#[derive(Serialize, Deserialize)]
struct Line<T> {
    name: String,
    protocol: u32,
    role: RelayRole,
    pid: u32,
    #[serde(flatten)]
    more: T,
}

/// The literal `relay`.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum RelayRole {
    Relay,
}

#[derive(Serialize, Deserialize)]
struct Asked {
    entry: String,
    #[serde(default)]
    session: String,
    #[serde(default)]
    environment: BTreeMap<String, String>,
    #[serde(default)]
    folder: Option<String>,
}

#[derive(Serialize, Deserialize)]
struct Said {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    refused: Option<RelayRefusal>,
}

impl RelayHello {
    /// This process, as the relay of `entry`. Variables that are not Unicode are left out, and
    /// the longest ones where all of them would not fit into one line.
    #[must_use]
    pub fn of_this_process(entry: &str, session: &str) -> Self {
        let variables = std::env::vars_os().filter_map(|(name, value)| {
            Some((name.into_string().ok()?, value.into_string().ok()?))
        });
        let folder = std::env::current_dir().ok();
        Self {
            protocol: RELAY_PROTOCOL,
            pid: std::process::id(),
            entry: entry.to_owned(),
            session: session.to_owned(),
            environment: fitting(variables.collect()),
            folder: folder.and_then(|folder| folder.into_os_string().into_string().ok()),
        }
    }

    /// The line, with its end.
    #[must_use]
    pub fn line(&self) -> Vec<u8> {
        written(&Line {
            name: NAME.to_owned(),
            protocol: self.protocol,
            role: RelayRole::Relay,
            pid: self.pid,
            more: Asked {
                entry: self.entry.clone(),
                session: self.session.clone(),
                environment: self.environment.clone(),
                folder: self.folder.clone(),
            },
        })
    }

    /// Reads a line; `None` if it is another role's.
    pub(crate) fn read(line: &[u8]) -> Option<Self> {
        let line: Line<Asked> = serde_json::from_slice(line).ok()?;
        Some(Self {
            protocol: line.protocol,
            pid: line.pid,
            entry: line.more.entry,
            session: line.more.session,
            environment: line.more.environment,
            folder: line.more.folder,
        })
    }
}

impl RelayWelcome {
    /// This process' answer.
    pub(crate) fn of_this_process(refused: Option<RelayRefusal>) -> Self {
        Self {
            protocol: RELAY_PROTOCOL,
            pid: std::process::id(),
            refused,
        }
    }

    /// The line, with its end.
    #[must_use]
    pub fn line(&self) -> Vec<u8> {
        let refused = self.refused.clone();
        written(&Line {
            name: NAME.to_owned(),
            protocol: self.protocol,
            role: RelayRole::Relay,
            pid: self.pid,
            more: Said { refused },
        })
    }

    /// Reads a line.
    pub fn read(line: &[u8]) -> Result<Self, NotAWelcome> {
        let line: Line<Said> = serde_json::from_slice(line)?;
        Ok(Self {
            protocol: line.protocol,
            pid: line.pid,
            refused: line.more.refused,
        })
    }
}

/// Whether a line that is no message of MCP is [`BYE`].
#[must_use]
pub fn is_bye(noise: &str) -> bool {
    noise.trim_end() == BYE
}

/// These types have no value that JSON lacks.
fn written<T: Serialize>(line: &Line<T>) -> Vec<u8> {
    let mut bytes = serde_json::to_vec(line).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}

/// The variables without the longest, so that a line holds them. JSON may make six bytes of one.
fn fitting(mut variables: BTreeMap<String, String>) -> BTreeMap<String, String> {
    let length = |name: &str, value: &str| 6 * (name.len() + value.len()) + 6;
    let mut total: usize = variables
        .iter()
        .map(|(name, value)| length(name, value))
        .sum();
    while total > LONGEST_LINE - BESIDE_VARIABLES {
        let longest = variables
            .iter()
            .max_by_key(|(name, value)| length(name, value));
        let Some((name, value)) = longest.map(|(name, value)| (name.clone(), value.clone())) else {
            break;
        };
        variables.remove(&name);
        total -= length(&name, &value);
    }
    variables
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hello() -> RelayHello {
        RelayHello {
            protocol: 1,
            pid: 7,
            entry: "zoom".to_owned(),
            session: "s".to_owned(),
            environment: BTreeMap::from([("PATH".to_owned(), "/bin".to_owned())]),
            folder: Some("/".to_owned()),
        }
    }

    #[test]
    fn the_lines_of_protocol_1_stay_as_they_are() {
        let line = r#"{"name":"zoomtray","protocol":1,"role":"relay","pid":7,"entry":"zoom","session":"s","environment":{"PATH":"/bin"},"folder":"/"}"#;
        assert_eq!(hello().line(), format!("{line}\n").into_bytes());
        assert_eq!(RelayHello::read(line.as_bytes()), Some(hello()));
        let welcome = r#"{"name":"zoomtray","protocol":1,"role":"relay","pid":8}"#;
        let read = RelayWelcome::read(welcome.as_bytes()).unwrap();
        assert_eq!(read.line(), format!("{welcome}\n").into_bytes());
        assert_eq!(BYE, "zoomtray: bye");
    }

    #[test]
    fn what_is_not_known_is_ignored_and_what_is_missing_is_empty() {
        let later =
            r#"{"name":"zoomtray","protocol":2,"role":"relay","pid":7,"entry":"zoom","x":1}"#;
        let read = RelayHello::read(later.as_bytes()).unwrap();
        assert_eq!((read.session.as_str(), read.folder), ("", None));
        let refused = br#"{"name":"zoomtray","protocol":1,"role":"relay","pid":7,"refused":{"kind":"new","message":"No."}}"#;
        let refused = RelayWelcome::read(refused).unwrap().refused.unwrap();
        assert_eq!(refused.kind, RefusalKind::Other);
        let control = br#"{"name":"zoomtray","protocol":1,"role":"control","pid":7}"#;
        assert_eq!(RelayHello::read(control), None);
    }

    #[test]
    fn the_longest_variables_give_way() {
        let long = "x".repeat(LONGEST_LINE);
        let variables = [("A", "1"), ("B", long.as_str()), ("C", "3")];
        let variables = variables.map(|(name, value)| (name.to_owned(), value.to_owned()));
        let kept = fitting(BTreeMap::from(variables));
        assert_eq!(kept.keys().collect::<Vec<_>>(), ["A", "C"]);
    }

    #[test]
    fn goodbye_is_a_line_of_its_own() {
        assert!(is_bye("zoomtray: bye") && is_bye("zoomtray: bye\r"));
        assert!(!is_bye("zoomtray: bye?") && !is_bye("bye"));
    }
}
