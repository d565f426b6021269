//! A JSON-RPC message: its frame as it came, and the few things that are read of it.

use crate::fields::{self, Param, read, span};
use crate::frame::Frame;
use crate::id::Id;
use crate::method::Method;
use serde::de::{Deserializer, Error, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::ops::Range;

/// A message and what it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    frame: Frame,
    kind: Kind,
    id: Range<usize>,
    result: Option<Range<usize>>,
    params: Vec<(Param, Range<usize>)>,
}

/// What a message is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Something to be answered under this id.
    Request {
        /// The id.
        id: Id,
        /// The method.
        method: Method,
    },
    /// Something that is not answered.
    Notification {
        /// The method.
        method: Method,
    },
    /// The answer to the request of this id.
    Answer {
        /// The id.
        id: Id,
        /// Whether it is a result.
        outcome: Outcome,
    },
}

/// The two forms of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// `result`
    Result,
    /// `error`
    Error,
}

/// The members that say what a message is, each at most once and in this spelling alone: servers
/// differ in which of two they take.
#[derive(Default)]
struct Envelope<'a> {
    jsonrpc: Option<&'a RawValue>,
    id: Option<&'a RawValue>,
    method: Option<&'a RawValue>,
    params: Option<&'a RawValue>,
    result: Option<&'a RawValue>,
    error: Option<&'a RawValue>,
}

impl<'a> Envelope<'a> {
    fn member(&mut self, name: &str) -> Option<&mut Option<&'a RawValue>> {
        Some(match name {
            "jsonrpc" => &mut self.jsonrpc,
            "id" => &mut self.id,
            "method" => &mut self.method,
            "params" => &mut self.params,
            "result" => &mut self.result,
            "error" => &mut self.error,
            _ => return None,
        })
    }
}

/// Reads an [`Envelope`].
struct Members;

impl<'de> Visitor<'de> for Members {
    type Value = Envelope<'de>;

    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("a message")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Envelope<'de>, A::Error> {
        let mut envelope = Envelope::default();
        while let Some(name) = members.next_key::<Cow<'de, str>>()? {
            if let Some(member) = envelope.member(&name) {
                if member.is_some() {
                    return Err(A::Error::custom("a member twice"));
                }
                // `null` is nothing.
                *member = members.next_value()?;
            } else if envelope.member(&name.to_ascii_lowercase()).is_some() {
                return Err(A::Error::custom("a member in another spelling"));
            } else {
                members.next_value::<IgnoredAny>()?;
            }
        }
        Ok(envelope)
    }
}

impl Message {
    /// Reads `json`, which is one line: well-formed JSON-RPC 2.0, or it is given back.
    pub(crate) fn read(json: String) -> Result<Self, String> {
        let Some(scanned) = scan(&json) else {
            return Err(json);
        };
        let Scanned {
            kind,
            id,
            result,
            params,
        } = scanned;
        let frame = Frame::new(json);
        Ok(Self {
            frame,
            kind,
            id,
            result,
            params,
        })
    }

    /// What it is.
    #[must_use]
    pub fn kind(&self) -> &Kind {
        &self.kind
    }

    /// The frame as it came.
    #[must_use]
    pub fn frame(&self) -> &Frame {
        &self.frame
    }

    /// The frame as it came.
    #[must_use]
    pub fn into_frame(self) -> Frame {
        self.frame
    }

    /// The name of the tool, prompt or the like that `params` names.
    #[must_use]
    pub fn name(&self) -> Option<String> {
        serde_json::from_str(self.param(Param::Name)?).ok()
    }

    /// The raw JSON of a call's arguments.
    #[must_use]
    pub fn arguments(&self) -> Option<&str> {
        self.param(Param::Arguments)
    }

    /// The raw JSON of the progress token under which a request's progress is to be told.
    #[must_use]
    pub fn progress_token(&self) -> Option<&str> {
        self.param(Param::MetaProgressToken)
    }

    /// The id of the request that a cancellation is about.
    #[must_use]
    pub fn cancels(&self) -> Option<Id> {
        self.param(Param::RequestId).and_then(Id::read)
    }

    /// The raw JSON of the result, if this is one.
    #[must_use]
    pub fn result(&self) -> Option<&str> {
        self.result.clone().map(|span| &self.frame.json()[span])
    }

    /// The raw JSON of a parameter.
    pub(crate) fn param(&self, param: Param) -> Option<&str> {
        self.span(param).map(|span| &self.frame.json()[span])
    }

    pub(crate) fn members(&self) -> fields::Members<'_> {
        read(self.result())
    }

    fn span(&self, param: Param) -> Option<Range<usize>> {
        let mut params = self.params.iter();
        let found = params.find(|(own, _)| *own == param);
        found.map(|(_, span)| span.clone())
    }

    /// The frame under another id.
    pub(crate) fn under(&self, id: &str) -> Frame {
        self.frame.spliced(&self.id, id)
    }

    /// The cancellation's frame, about another request.
    pub(crate) fn cancelling(&self, id: &str) -> Frame {
        self.span(Param::RequestId).map_or_else(
            || self.frame.clone(),
            |named| self.frame.spliced(&named, id),
        )
    }
}

struct Scanned {
    kind: Kind,
    id: Range<usize>,
    result: Option<Range<usize>>,
    params: Vec<(Param, Range<usize>)>,
}

fn scan(json: &str) -> Option<Scanned> {
    if !json.trim_ascii_start().starts_with('{') {
        return None;
    }
    let mut deserializer = serde_json::Deserializer::from_str(json);
    let envelope = deserializer.deserialize_map(Members).ok()?;
    deserializer.end().ok()?;
    if text(envelope.jsonrpc)? != "2.0" {
        return None;
    }
    Some(Scanned {
        kind: kind(&envelope)?,
        id: envelope.id.map_or(0..0, |id| span(json, id)),
        result: envelope.result.map(|result| span(json, result)),
        params: fields::params(json, envelope.params),
    })
}

/// The text that a value is.
fn text(value: Option<&RawValue>) -> Option<String> {
    serde_json::from_str(value?.get()).ok()
}

fn kind(envelope: &Envelope<'_>) -> Option<Kind> {
    let id = match envelope.id {
        Some(id) => Some(Id::read(id.get())?),
        None => None,
    };
    let method = match envelope.method {
        Some(method) => Some(Method::named(&text(Some(method))?)),
        None => None,
    };
    let outcome = match envelope.error {
        Some(_) => Outcome::Error,
        None => Outcome::Result,
    };
    match (id, method) {
        (Some(id), Some(method)) => Some(Kind::Request { id, method }),
        (None, Some(method)) => Some(Kind::Notification { method }),
        (Some(id), None) => Some(Kind::Answer { id, outcome }),
        (None, None) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(json: &str) -> Message {
        Message::read(json.into()).unwrap()
    }

    #[test]
    fn a_message_is_told_by_its_members() {
        let id = || Id::read("7").unwrap();
        let cases = [
            (
                r#"{"jsonrpc":"2.0","id":7,"method":"tools/call"}"#,
                Kind::Request {
                    id: id(),
                    method: Method::ToolsCall,
                },
            ),
            (
                r#"{"method":"x","jsonrpc":"2.0"}"#,
                Kind::Notification {
                    method: Method::Other,
                },
            ),
            (
                r#"{"jsonrpc":"2.0","result":null,"id":7}"#,
                Kind::Answer {
                    id: id(),
                    outcome: Outcome::Result,
                },
            ),
            (
                r#"{"error":{},"jsonrpc":"2.0","id":7}"#,
                Kind::Answer {
                    id: id(),
                    outcome: Outcome::Error,
                },
            ),
        ];
        for (json, kind) in cases {
            assert_eq!(message(json).kind, kind, "{json}");
            assert_eq!(message(json).frame.json(), json);
        }
    }

    #[test]
    fn what_is_no_message_is_given_back() {
        for noise in [
            "Server running on stdio",
            "{}",
            r#"{"level":"info","id":3}"#,
            r#"{"jsonrpc":"1.0","id":3,"method":"a"}"#,
            r#"{"jsonrpc":"2.0","id":null,"error":{}}"#,
            r#"{"jsonrpc":"2.0","id":{},"method":"a"}"#,
            r#"{"jsonrpc":"2.0","id":1,"method":"a""#,
            r#"{"jsonrpc":"2.0","id":1,"method":"a"} tail"#,
            r#"["2.0",1,"ping"]"#,
            r#"{"jsonrpc":"2.0","id":1,"method":"ping","METHOD":"tools/call"}"#,
            r#"{"jsonrpc":"2.0","id":1,"Params":{},"method":"tools/call"}"#,
        ] {
            assert_eq!(Message::read(noise.into()), Err(noise.to_owned()));
        }
    }

    #[test]
    fn only_the_outer_id_is_replaced() {
        let json = r#"{"params":{"id":1,"x":"\"id\":1"}, "id" : 1 ,"method":"a","jsonrpc":"2.0"}"#;
        let spliced = message(json).under("\"c-1\"");
        let expected = json.replace(" : 1 ", r#" : "c-1" "#);
        assert_eq!(spliced.json(), expected);
    }

    #[test]
    fn a_cancellation_is_turned_to_another_request() {
        let json = r#"{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"reason":"1","requestId":1}}"#;
        let turned = message(json).cancelling("\"z\"");
        assert_eq!(
            turned.json(),
            json.replace("\"requestId\":1", "\"requestId\":\"z\"")
        );
        assert_eq!(message(json).cancels(), Id::read("1"));
    }

    #[test]
    fn parameters_are_read_where_they_stand() {
        let call = message(
            r#"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"a\u0062","arguments":{"b":[1, 2]},"_meta":{"progressToken":"t"}}}"#,
        );
        assert_eq!(call.name().as_deref(), Some("ab"));
        assert_eq!(call.arguments(), Some(r#"{"b":[1, 2]}"#));
        assert_eq!(call.progress_token(), Some("\"t\""));
        let listed = message(r#"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":["a"]}"#);
        assert_eq!(listed.name(), None);
    }

    #[test]
    fn a_tool_that_is_named_in_two_spellings_is_not_named() {
        for params in [
            r#"{"name":"a","Name":"b"}"#,
            r#"{"NAME":"b"}"#,
            r#"{"name":"a","name":"b"}"#,
            r#"{"name":"a","arguments":{},"Arguments":{}}"#,
        ] {
            let call =
                format!(r#"{{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{params}}}"#);
            assert_eq!(message(&call).name(), None, "{params}");
        }
    }
}
