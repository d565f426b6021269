//! `call`: one call of a tool, through gateway and policy as any other.

use crate::commands::servers;
use crate::exit::{Failed, NO, YES};
use crate::mcp::Mcp;
use crate::session::Session;
use crate::terminal;
use daemon::Setup;
use serde_json::Value;
use serde_json::value::RawValue;
use std::process::ExitCode;

pub(crate) async fn run(
    tool: &str,
    arguments: Option<&str>,
    server: Option<String>,
) -> Result<ExitCode, Failed> {
    let arguments = object(arguments.unwrap_or("{}"))?;
    let setup = Setup::from_process()?;
    let mut session = Session::open().await?;
    let endpoint = daemon::endpoint(&setup.folders);
    let entry = servers::of_tool(&mut session, &endpoint, server, tool).await;
    session.close().await;
    let mut server = Mcp::through_entry(&endpoint, &entry?).await?;
    show(&server.call(tool, &arguments).await?)
}

/// The raw JSON of an object, as it was typed.
pub(crate) fn object(text: &str) -> Result<Box<RawValue>, Failed> {
    let wrong = |why: &str| Failed::usage(&format!("The arguments are no JSON object: {why}."));
    let raw: Box<RawValue> =
        serde_json::from_str(text).map_err(|error| wrong(&error.to_string()))?;
    if raw.get().starts_with('{') {
        // A message is one line.
        let line = raw.get().replace(['\n', '\r'], " ");
        return serde_json::from_str(&line).map_err(|error| wrong(&error.to_string()));
    }
    Err(wrong("write them in braces, as in {\"page_size\": 10}"))
}

/// A result goes to standard output; one that is an error to standard error.
fn show(result: &Value) -> Result<ExitCode, Failed> {
    let text = text(result);
    if result.get("isError") == Some(&Value::Bool(true)) {
        terminal::note_foreign(&text);
        return Ok(NO.into());
    }
    terminal::say_foreign(&text)?;
    Ok(YES.into())
}

/// The structured content where there is some, else the texts; a block that is no text as JSON.
fn text(result: &Value) -> String {
    if let Some(structured) = result.get("structuredContent") {
        return format!("{structured:#}");
    }
    let blocks = result.get("content").and_then(Value::as_array);
    let blocks = blocks.map(Vec::as_slice).unwrap_or_default();
    let block = |block: &Value| match block.get("text") {
        Some(Value::String(text)) => text.clone(),
        _ => block.to_string(),
    };
    let lines: Vec<String> = blocks.iter().map(block).collect();
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn arguments_keep_every_digit_and_must_be_an_object() {
        let kept = object("{\n \"id\": 12345678901234567890.10}").unwrap();
        assert_eq!(kept.get(), "{  \"id\": 12345678901234567890.10}");
        for wrong in ["[1]", "7", "{", "\"x\""] {
            assert!(object(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn structured_content_comes_before_texts() {
        let content = json!([{"type": "text", "text": "a"}, {"type": "image", "data": "x"}]);
        assert_eq!(
            text(&json!({ "content": content })),
            "a\n{\"type\":\"image\",\"data\":\"x\"}"
        );
        let both = json!({ "content": content, "structuredContent": {"n": 1} });
        assert_eq!(text(&both), "{\n  \"n\": 1\n}");
        assert_eq!(text(&json!({})), "");
    }
}
