//! Tool results: structured content, and the same as text; a failure as one line.

use rmcp::model::{CallToolResult, ContentBlock};
use serde::Serialize;

/// The result of a tool that did what it says. The text is the same content as JSON, for
/// clients that read no structured content.
pub(crate) fn success(content: &impl Serialize) -> CallToolResult {
    match serde_json::to_value(content) {
        Ok(value) => CallToolResult::structured(value),
        Err(error) => failure(&format!(
            "The answer could not be written: {error}. Try again."
        )),
    }
}

/// The result of a tool that failed: one line that says what to do.
pub(crate) fn failure(line: &str) -> CallToolResult {
    CallToolResult::error(vec![ContentBlock::text(line.replace('\n', " "))])
}

/// A failure with the structured content that its output schema promises.
pub(crate) fn detailed_failure(line: &str, content: &impl Serialize) -> CallToolResult {
    let mut result = failure(line);
    result.structured_content = serde_json::to_value(content).ok();
    result
}
