//! What is written down of a call: cut short, scrubbed, and without a value of its arguments.

use super::activity::{Decided, Outcome, Record};
use super::day;
use crate::scrub::scrub;
use policy::{Call, Pointer};
use std::time::Instant;

/// Most names of arguments that are written down.
const MOST_NAMES: usize = 32;

/// Most characters of a name, of a tool or of a rule.
const LONGEST_NAME: usize = 128;

/// What is known of a call before its end.
#[derive(Debug)]
pub(super) struct Note {
    wall_ms: i64,
    began: Instant,
    entry: String,
    tool: String,
    rule: Option<String>,
    arguments: Vec<String>,
}

impl Note {
    /// A call that came at `wall_ms`, since the Unix epoch.
    pub(super) fn of(wall_ms: i64, call: &Call<'_>, rule: Option<&Pointer>) -> Self {
        let names = call.arguments.names().into_iter().take(MOST_NAMES);
        Self {
            wall_ms,
            began: Instant::now(),
            entry: shortened(&call.origin.entry),
            tool: shortened(call.tool),
            rule: rule.map(|rule| shortened(rule.as_str())),
            arguments: names.map(shortened).collect(),
        }
    }

    /// The same call, decided by another rule.
    pub(super) fn by(mut self, rule: &Pointer) -> Self {
        self.rule = Some(shortened(rule.as_str()));
        self
    }

    /// The line of the log, now that the call is over.
    pub(super) fn record(self, decision: Decided, outcome: Option<Outcome>) -> Record {
        let latency = self.began.elapsed().as_millis();
        Record {
            time: day::written(self.wall_ms),
            entry: self.entry,
            tool: self.tool,
            decision,
            outcome,
            rule: self.rule,
            latency_ms: u64::try_from(latency).unwrap_or(u64::MAX),
            arguments: self.arguments,
        }
    }
}

/// A client may put anything into a name, a token too.
fn shortened(name: &str) -> String {
    let short: String = name.chars().take(LONGEST_NAME).collect();
    scrub(&short, &[])
}

#[cfg(test)]
mod tests {
    use super::*;
    use policy::{Arguments, Origin};

    fn names(arguments: &str) -> Vec<String> {
        let origin = Origin {
            session: "s".to_owned(),
            entry: "zoom".to_owned(),
            account: String::new(),
        };
        let call = Call {
            origin: &origin,
            tool: "t",
            arguments: &Arguments::read(Some(arguments)),
        };
        let note = Note::of(0, &call, None);
        note.record(Decided::Denied, None).arguments
    }

    #[test]
    fn a_name_is_cut_short_and_a_token_in_one_is_not_written() {
        let token = "eyJhbGciOiJIUzUxMiJ9.eyJhdWQiOiJ6b29tIn0.c2ln";
        let text = format!(r#"{{"b":"value","{token}":1,"{}":2}}"#, "x".repeat(500));
        assert_eq!(names(&text), ["b", "<redacted>", &"x".repeat(128)]);
    }

    #[test]
    fn of_many_names_the_first_are_written() {
        let members: Vec<String> = (0..100).map(|number| format!("\"n{number}\":1")).collect();
        let text = format!("{{{}}}", members.join(","));
        assert_eq!(names(&text).len(), MOST_NAMES);
    }
}
