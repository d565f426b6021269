//! A `tools/list` answer: which tools it tells of, and where they stand in its bytes.

use super::seen::SeenTool;
use policy::Hints;
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::ops::Range;

/// The tools of one page.
pub(super) struct Listing {
    tools: Vec<Listed>,
    /// Whether no page follows.
    pub(super) is_last: bool,
}

struct Listed {
    tool: SeenTool,
    span: Range<usize>,
}

#[derive(Deserialize)]
struct Answer<'a> {
    #[serde(borrow)]
    result: Page<'a>,
}

/// An answer of any kind.
#[derive(Deserialize)]
struct Kind {
    result: Option<IgnoredAny>,
    error: Option<IgnoredAny>,
}

#[derive(Deserialize)]
struct Page<'a> {
    #[serde(borrow)]
    tools: Vec<&'a RawValue>,
    #[serde(borrow, default, rename = "nextCursor")]
    next_cursor: Option<&'a RawValue>,
}

#[derive(Default, Deserialize)]
struct Tool<'a> {
    #[serde(borrow, default)]
    name: Cow<'a, str>,
    #[serde(borrow, default)]
    annotations: Option<&'a RawValue>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Annotations {
    #[serde(rename = "readOnlyHint")]
    read_only: Option<bool>,
    #[serde(rename = "destructiveHint")]
    destructive: Option<bool>,
}

impl Listing {
    /// Reads an answer; none if it is no list of tools.
    pub(super) fn read(json: &str) -> Option<Self> {
        let Answer { result } = serde_json::from_str(json).ok()?;
        let listed = |raw: &&RawValue| Listed {
            tool: tool(raw.get()),
            span: span(json, raw.get()),
        };
        Some(Self {
            tools: result.tools.iter().map(listed).collect(),
            is_last: result.next_cursor.is_none(),
        })
    }

    pub(super) fn tools(&self) -> impl Iterator<Item = SeenTool> {
        self.tools.iter().map(|listed| listed.tool.clone())
    }

    /// Where to cut the hidden tools out, each with one comma.
    pub(super) fn cuts(&self, is_hidden: impl Fn(&str) -> bool) -> Vec<Range<usize>> {
        let mut cuts = Vec::new();
        let mut follows_shown = false;
        for (place, listed) in self.tools.iter().enumerate() {
            let Range { start, end } = listed.span;
            if !is_hidden(&listed.tool.name) {
                follows_shown = true;
            } else if follows_shown {
                let before = place
                    .checked_sub(1)
                    .and_then(|before| self.tools.get(before));
                cuts.push(before.map_or(start, |before| before.span.end)..end);
            } else {
                let after = self.tools.get(place + 1);
                cuts.push(start..after.map_or(end, |after| after.span.start));
            }
        }
        cuts
    }
}

/// Whether the answer says that there is no list.
pub(super) fn is_error(json: &str) -> bool {
    let kind: Option<Kind> = serde_json::from_str(json).ok();
    kind.is_some_and(|kind| kind.error.is_some() && kind.result.is_none())
}

/// A tool that cannot be read has no name: it is shown only where nothing is hidden.
fn tool(json: &str) -> SeenTool {
    let tool: Tool<'_> = serde_json::from_str(json).unwrap_or_default();
    let annotations = tool.annotations.map(RawValue::get);
    let annotations: Annotations = annotations
        .and_then(|json| serde_json::from_str(json).ok())
        .unwrap_or_default();
    SeenTool {
        name: tool.name.into_owned(),
        hints: Hints {
            read_only: annotations.read_only,
            destructive: annotations.destructive,
        },
    }
}

/// Where `part`, which borrows from `json`, stands in it.
fn span(json: &str, part: &str) -> Range<usize> {
    let start = part.as_ptr().addr() - json.as_ptr().addr();
    start..start + part.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn without(json: &str, hidden: &[&str]) -> String {
        let mut text = json.to_owned();
        let cuts = Listing::read(json)
            .unwrap()
            .cuts(|tool| hidden.contains(&tool));
        for cut in cuts.into_iter().rev() {
            text.replace_range(cut, "");
        }
        text
    }

    #[test]
    fn hidden_tools_go_and_every_other_byte_stays() {
        let json = r#"{"id":1, "result":{"x":1.50,"tools": [ {"name":"a"} , {"name":"b","y":"]"},{"name":"c"} ] },"jsonrpc":"2.0"}"#;
        for (hidden, tools) in [
            (
                &[][..],
                r#"[ {"name":"a"} , {"name":"b","y":"]"},{"name":"c"} ]"#,
            ),
            (&["a"], r#"[ {"name":"b","y":"]"},{"name":"c"} ]"#),
            (&["b"], r#"[ {"name":"a"},{"name":"c"} ]"#),
            (&["c"], r#"[ {"name":"a"} , {"name":"b","y":"]"} ]"#),
            (&["a", "b"], r#"[ {"name":"c"} ]"#),
            (&["b", "c"], r#"[ {"name":"a"} ]"#),
            (&["a", "c"], r#"[ {"name":"b","y":"]"} ]"#),
            (&["a", "b", "c"], "[  ]"),
        ] {
            let expected =
                format!(r#"{{"id":1, "result":{{"x":1.50,"tools": {tools} }},"jsonrpc":"2.0"}}"#);
            assert_eq!(without(json, hidden), expected, "{hidden:?}");
        }
    }

    #[test]
    fn names_are_compared_as_they_are_meant() {
        let json = r#"{"result":{"tools":[{"name":"\u0061"},{"name":7}]}}"#;
        assert_eq!(
            without(json, &["a"]),
            r#"{"result":{"tools":[{"name":7}]}}"#
        );
        assert_eq!(without(json, &["a", ""]), r#"{"result":{"tools":[]}}"#);
    }

    #[test]
    fn hints_and_further_pages_are_read() {
        let json = r#"{"result":{"tools":[{"name":"a","annotations":{"readOnlyHint":true,"destructiveHint":"?"}},{"name":"b","annotations":{"destructiveHint":false}}],"nextCursor":"2"}}"#;
        let listing = Listing::read(json).unwrap();
        assert!(!listing.is_last);
        let hints: Vec<Hints> = listing.tools().map(|tool| tool.hints).collect();
        assert_eq!(
            hints[0],
            Hints::default(),
            "what is not understood says nothing"
        );
        assert_eq!(hints[1].destructive, Some(false));
    }

    #[test]
    fn what_is_no_list_of_tools_is_told() {
        for json in [
            r#"{"id":1,"error":{"code":-32000,"message":"no"}}"#,
            r#"{"id":1,"result":{"tools":7}}"#,
            r#"{"id":1,"result":{}}"#,
        ] {
            assert!(Listing::read(json).is_none(), "{json}");
        }
    }
}
