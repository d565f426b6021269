//! What is known of a server's connection to Zoom, and how its answer to the test is read.

use lifecycle::WallTime;
use rmcp::model::CallToolResult;
use serde::Deserialize;

/// The bundled server's connection.
///
/// *Connected* means that `test_zoom_connection` has answered anything but a rejected token
/// since the last refresh, wake and start of the server.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Connection {
    /// No server was started.
    #[default]
    NotStarted,
    /// Started, or the proof has lapsed: not yet proven.
    Starting,
    /// Zoom has answered.
    Connected {
        /// Since when, by this run of the server.
        since: WallTime,
        /// The latest proof.
        last_answer: WallTime,
        /// Scopes that Zoom asked for and the app lacks; none is all well.
        missing_scopes: Vec<String>,
    },
    /// It does not reach Zoom.
    Failed {
        /// Why.
        why: Failure,
    },
}

/// Why there is no connection.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// The server could not be started.
    #[error("the Zoom server could not be started ({0}); reinstall Zoomtray")]
    NotStarted(String),
    /// The server ended by itself. It is started again.
    #[error("the Zoom server stopped and is started again; its log says why")]
    Crashed,
    /// The server answered in no way it should. It is started again.
    #[error("the Zoom server gave no usable answer ({0}); reinstall Zoomtray")]
    Unusable(String),
    /// The server did not answer in time. It is started again.
    #[error("the Zoom server did not answer within {0} s and is started again")]
    Silent(u64),
    /// Zoom rejects the token: the server's own sentence.
    #[error("{0}")]
    Rejected(String),
    /// The server got no token, or no answer from Zoom: its own sentence.
    #[error("{0}")]
    Unreached(String),
}

/// What `test_zoom_connection` says.
#[derive(Debug, Deserialize)]
struct Report {
    status: Status,
    message: String,
    #[serde(default)]
    problem: Option<Problem>,
    #[serde(default)]
    missing_scopes: Vec<String>,
}

#[derive(Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Status {
    Success,
    Error,
}

#[derive(Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Problem {
    TokenRejected,
    #[serde(other)]
    Other,
}

/// Scopes that are missing where Zoom answered; else why it did not.
pub(crate) fn read(result: &CallToolResult) -> Result<Vec<String>, Failure> {
    let Some(content) = &result.structured_content else {
        return Err(Failure::Unusable("no structured content".to_owned()));
    };
    let report = Report::deserialize(content)
        .map_err(|error| Failure::Unusable(format!("unexpected content: {error}")))?;
    match (report.status, report.problem) {
        (Status::Success, _) => Ok(report.missing_scopes),
        (Status::Error, Some(Problem::TokenRejected)) => Err(Failure::Rejected(report.message)),
        (Status::Error, _) => Err(Failure::Unreached(report.message)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn an_answer_with_a_missing_scope_is_a_connection() {
        let report =
            json!({"status": "success", "message": "", "missing_scopes": ["user:read:user"]});
        assert_eq!(
            read(&CallToolResult::structured(report)),
            Ok(vec!["user:read:user".to_owned()])
        );
    }

    #[test]
    fn a_rejected_token_is_told_from_an_unreached_zoom() {
        let rejected = json!({"status": "error", "problem": "token_rejected", "message": "a"});
        let offline = json!({"status": "error", "problem": "unreachable", "message": "b"});
        let read = |report| read(&CallToolResult::structured_error(report));
        assert_eq!(read(rejected), Err(Failure::Rejected("a".to_owned())));
        assert_eq!(read(offline), Err(Failure::Unreached("b".to_owned())));
    }

    #[test]
    fn anything_else_is_named_unusable() {
        let text = CallToolResult::success(Vec::new());
        assert!(matches!(read(&text), Err(Failure::Unusable(_))));
        let other = CallToolResult::structured(json!({"status": "fine"}));
        assert!(matches!(read(&other), Err(Failure::Unusable(_))));
    }
}
