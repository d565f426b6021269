//! How a tool ends: structured content with the same as text, or one line that says what to do.

use rmcp::model::{CallToolResult, ContentBlock};
use serde::Serialize;
use serde_json::Value;
use zoom::IdError;

/// How a tool ends.
pub(crate) type Outcome = Result<Success, Failure>;

/// What the tool was asked for.
#[derive(Debug)]
pub(crate) struct Success {
    content: Value,
    /// In place of the content as JSON.
    text: Option<String>,
}

/// Why there is no success.
#[derive(Clone, Debug)]
pub(crate) struct Failure {
    line: String,
    /// Beside the line, where the output schema promises content in any case.
    content: Option<Value>,
}

impl Success {
    /// Content of our own.
    pub(crate) fn of(content: &impl Serialize) -> Outcome {
        match serde_json::to_value(content) {
            Ok(content) => Ok(Self::body(content)),
            Err(error) => Err(Failure::new(format!(
                "The answer could not be written: {error}. Try again."
            ))),
        }
    }

    /// Zoom's answer as it is.
    pub(crate) fn body(content: Value) -> Self {
        Self {
            content,
            text: None,
        }
    }

    /// Content that a person reads as this sentence.
    pub(crate) fn said(text: String, content: Value) -> Self {
        Self {
            content,
            text: Some(text),
        }
    }
}

impl Failure {
    /// A failure in one line that says what to do.
    pub(crate) fn new(line: impl Into<String>) -> Self {
        Self {
            line: line.into().replace(['\n', '\r'], " "),
            content: None,
        }
    }

    /// The same with the content that the output schema promises.
    pub(crate) fn with_content(self, content: &impl Serialize) -> Self {
        Self {
            content: serde_json::to_value(content).ok(),
            ..self
        }
    }

    /// The tool's time is over. What was to be changed may have been changed.
    pub(crate) fn late(only_reads: bool) -> Self {
        let seconds = crate::caller::LIMIT.as_secs();
        let then = if only_reads {
            "ask for less at once, or try again"
        } else {
            "whether it was done is not known, so look before you do it again"
        };
        Self::new(format!(
            "There was no answer within {seconds} s: {then}. zoom_token_status and \
             test_zoom_connection tell what is wrong."
        ))
    }

    /// The line alone.
    pub(crate) fn into_line(self) -> String {
        self.line
    }

    /// The line.
    pub(crate) fn line(&self) -> &str {
        &self.line
    }
}

impl From<IdError> for Failure {
    fn from(error: IdError) -> Self {
        Self::new(format!("Nothing was asked: {error}."))
    }
}

/// What the client gets.
pub(crate) fn result(outcome: Outcome) -> CallToolResult {
    match outcome {
        Ok(Success { content, text }) => {
            let mut result = CallToolResult::structured(content);
            if let Some(text) = text {
                result.content = vec![ContentBlock::text(text)];
            }
            result
        }
        Err(Failure { line, content, .. }) => {
            let mut result = CallToolResult::error(vec![ContentBlock::text(line)]);
            result.structured_content = content;
            result
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn content_is_there_as_structure_and_as_text() {
        let result = result(Success::of(&json!({"id": 1})));
        assert_eq!(result.structured_content, Some(json!({"id": 1})));
        assert_eq!(result.content, [ContentBlock::text(r#"{"id":1}"#)]);
        assert_eq!(result.is_error, Some(false));
    }

    #[test]
    fn a_failure_is_one_line() {
        let result = result(Err(Failure::new("Zoom says:\r\nno.")));
        assert_eq!(result.content, [ContentBlock::text("Zoom says:  no.")]);
        assert_eq!(
            (result.is_error, result.structured_content),
            (Some(true), None)
        );
    }

    #[test]
    fn a_change_that_is_late_may_have_been_made() {
        assert!(Failure::late(false).line().contains("not known"));
        assert!(!Failure::late(true).line().contains("not known"));
    }
}
