//! The tools of each entry, as its server last told them to anybody, hidden ones included.

use policy::{Governing, Hints, Pointer, RiskClass, Standing};
use std::collections::BTreeMap;

/// Most tools of a server that are remembered.
const MOST_TOOLS: usize = 2_000;

/// Most entries whose tools are remembered.
const MOST_ENTRIES: usize = 200;

/// Longest name of a tool that is remembered, in bytes.
const LONGEST_NAME: usize = 256;

/// A tool as its server tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct SeenTool {
    pub(super) name: String,
    pub(super) hints: Hints,
}

/// A tool and what is in force for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToolStanding {
    /// Its name.
    pub name: String,
    /// What a call of it may do.
    pub class: RiskClass,
    /// What the policy says of it.
    pub standing: Standing,
    /// The place in the policy file that says so; none without a file.
    pub rule: Option<Pointer>,
}

/// The pages of a list that has not been told to its end.
#[derive(Debug, Default)]
pub(super) struct Pages(Vec<SeenTool>);

impl Pages {
    /// Takes a page in; the whole list once it was the last. A page that begins as the list did
    /// is its first again: the client did not ask to its end before.
    pub(super) fn turn(
        &mut self,
        tools: impl Iterator<Item = SeenTool>,
        is_last: bool,
    ) -> Option<Vec<SeenTool>> {
        let is_named = |tool: &SeenTool| (1..=LONGEST_NAME).contains(&tool.name.len());
        let mut named = tools.filter(is_named).peekable();
        let (first, begun) = (named.peek(), self.0.first());
        if first.is_some_and(|first| begun.is_some_and(|begun| begun.name == first.name)) {
            self.0.clear();
        }
        let room = MOST_TOOLS.saturating_sub(self.0.len());
        self.0.extend(named.take(room));
        is_last.then(|| std::mem::take(&mut self.0))
    }
}

/// The tools of each entry.
#[derive(Debug, Default)]
pub(super) struct Seen(BTreeMap<String, Vec<SeenTool>>);

impl Seen {
    /// Remembers the whole list of an entry, in place of the one before.
    pub(super) fn keep(&mut self, entry: &str, tools: Vec<SeenTool>) {
        if self.0.len() < MOST_ENTRIES || self.0.contains_key(entry) {
            self.0.insert(entry.to_owned(), tools);
        }
    }

    /// The tools of an entry in its server's order; none if it was never asked.
    pub(super) fn of(&self, entry: &str, governing: &Governing) -> Option<Vec<ToolStanding>> {
        let tools = self.0.get(entry)?.iter().map(|tool| {
            let (standing, rule) = governing.standing(&tool.name);
            ToolStanding {
                name: tool.name.clone(),
                class: RiskClass::of(&tool.name, tool.hints),
                standing,
                rule,
            }
        });
        Some(tools.collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tools(names: &[&str]) -> Vec<SeenTool> {
        let tool = |name: &&str| SeenTool {
            name: (*name).to_owned(),
            hints: Hints::default(),
        };
        names.iter().map(tool).collect()
    }

    #[test]
    fn a_list_is_remembered_once_it_was_told_to_its_end() {
        let mut pages = Pages::default();
        assert_eq!(pages.turn(tools(&["a"]).into_iter(), false), None);
        let whole = pages.turn(tools(&["b", ""]).into_iter(), true);
        assert_eq!(
            whole,
            Some(tools(&["a", "b"])),
            "what has no name is left out"
        );
        assert_eq!(pages.turn(tools(&[]).into_iter(), true), Some(Vec::new()));
    }

    #[test]
    fn a_list_that_is_asked_for_anew_begins_anew() {
        let mut pages = Pages::default();
        pages.turn(tools(&["a", "gone"]).into_iter(), false);
        pages.turn(tools(&["a", "b"]).into_iter(), false);
        let whole = pages.turn(tools(&["c"]).into_iter(), true);
        assert_eq!(whole, Some(tools(&["a", "b", "c"])));
    }

    #[test]
    fn a_server_that_tells_of_too_many_is_cut_short() {
        let mut pages = Pages::default();
        let names: Vec<String> = (0..3_000).map(|number| number.to_string()).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let whole = pages.turn(tools(&names).into_iter(), true).unwrap();
        assert_eq!(whole.len(), MOST_TOOLS);
    }

    #[test]
    fn the_class_and_what_is_in_force_are_told_of_each() {
        let mut seen = Seen::default();
        seen.keep("zoom", tools(&["list_meetings", "delete_meeting"]));
        assert_eq!(seen.of("other", &Governing::Nothing), None);
        let tools = seen.of("zoom", &Governing::Nothing).unwrap();
        let shown: Vec<String> = tools
            .iter()
            .map(|tool| format!("{} {} {:?}", tool.name, tool.class.risk, tool.standing))
            .collect();
        assert_eq!(
            shown,
            [
                "list_meetings read Allowed",
                "delete_meeting destructive Allowed"
            ]
        );
    }
}
