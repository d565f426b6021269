//! The messages that Zoomtray writes itself, as bytes.

use crate::era::Era;
use crate::frame::Frame;
use crate::id::Id;

/// In which form a request is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// A tool's result with `isError`, so that the model reads what happened.
    ToolResult,
    /// A JSON-RPC error.
    Error,
}

/// An answer that says what is wrong, in the form that fits.
pub(crate) fn refusal(id: &Id, form: Form, era: Era, code: i32, words: &str) -> Frame {
    match form {
        Form::ToolResult => tool_error(id, era, words),
        Form::Error => error(id, code, words),
    }
}

/// A tool's result with `isError: true` and one text.
#[must_use]
pub fn tool_error(id: &Id, era: Era, words: &str) -> Frame {
    let kind = match era {
        Era::Modern => r#""resultType":"complete","#,
        Era::Unknown | Era::Legacy => "",
    };
    let text = serde_json::Value::from(words);
    result(
        id,
        &format!(r#"{{{kind}"content":[{{"type":"text","text":{text}}}],"isError":true}}"#),
    )
}

/// A JSON-RPC error.
#[must_use]
pub fn error(id: &Id, code: i32, words: &str) -> Frame {
    let id = id.raw();
    let message = serde_json::Value::from(words);
    Frame::new(format!(
        r#"{{"jsonrpc":"2.0","id":{id},"error":{{"code":{code},"message":{message}}}}}"#
    ))
}

/// The answer with this raw JSON as its result.
#[must_use]
pub fn result(id: &Id, result: &str) -> Frame {
    let id = id.raw();
    Frame::new(format!(
        r#"{{"jsonrpc":"2.0","id":{id},"result":{result}}}"#
    ))
}

/// The result that ends a listen, so that the client listens again.
pub(crate) fn listen_over(id: &Id) -> Frame {
    let subscription = subscription(id);
    result(
        id,
        &format!(r#"{{"resultType":"complete",{subscription}}}"#),
    )
}

/// The notification that a request is no longer waited for.
pub(crate) fn cancelled(id: &str, reason: &str) -> Frame {
    let reason = serde_json::Value::from(reason);
    Frame::new(format!(
        r#"{{"jsonrpc":"2.0","method":"notifications/cancelled","params":{{"requestId":{id},"reason":{reason}}}}}"#
    ))
}

/// The notification that the tool list differs, on a listen or without one.
pub(crate) fn tools_changed(listen: Option<&Id>) -> Frame {
    let params = listen.map_or_else(String::new, |id| {
        let subscription = subscription(id);
        format!(r#","params":{{{subscription}}}"#)
    });
    Frame::new(format!(
        r#"{{"jsonrpc":"2.0","method":"notifications/tools/list_changed"{params}}}"#
    ))
}

fn subscription(id: &Id) -> String {
    let id = id.raw();
    format!(r#""_meta":{{"io.modelcontextprotocol/subscriptionId":{id}}}"#)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id() -> Id {
        Id::read("\"a\"").unwrap()
    }

    #[test]
    fn every_own_message_is_well_formed_and_escaped() {
        let words = "say \"no\"\nand go on \\ ☂";
        for frame in [
            tool_error(&id(), Era::Legacy, words),
            tool_error(&id(), Era::Modern, words),
            error(&id(), -32000, words),
            listen_over(&id()),
            cancelled("\"a\"", words),
            tools_changed(Some(&id())),
            tools_changed(None),
        ] {
            let json = frame.json();
            assert!(!json.contains('\n'), "{json}");
            let value: serde_json::Value = serde_json::from_str(json).unwrap();
            assert_eq!(value["jsonrpc"], "2.0");
            assert!(frame.as_bytes().ends_with(b"}\n"));
        }
    }

    #[test]
    fn the_modern_era_gets_the_type_of_its_result() {
        let modern = tool_error(&id(), Era::Modern, "x");
        assert_eq!(
            modern.json(),
            r#"{"jsonrpc":"2.0","id":"a","result":{"resultType":"complete","content":[{"type":"text","text":"x"}],"isError":true}}"#
        );
        let legacy = tool_error(&id(), Era::Legacy, "x");
        assert!(!legacy.json().contains("resultType"));
    }
}
