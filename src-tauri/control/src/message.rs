//! JSON-RPC envelopes around the protocol's requests, answers and tellings.

use crate::protocol::{Failure, FailureKind, Request, Told};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// JSON-RPC's code for errors that an implementation defines itself.
const SERVER_ERROR: i32 = -32000;
/// JSON-RPC's code for a line that is no request.
const INVALID_REQUEST: i32 = -32600;

/// A request on its way to the keeper.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Asked {
    pub(crate) jsonrpc: Version,
    pub(crate) id: u64,
    #[serde(flatten)]
    pub(crate) request: Request,
}

/// What the keeper writes: an answer, or something unasked.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(crate) enum Received {
    Answered { id: Option<u64>, result: Value },
    Failed { id: Option<u64>, error: ErrorObject },
    Told(Told),
}

/// An answer on its way from the keeper.
#[derive(Debug, Serialize)]
pub(crate) struct Answer {
    jsonrpc: Version,
    id: Option<u64>,
    #[serde(flatten)]
    body: Body,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "snake_case")]
enum Body {
    Result(Value),
    Error(ErrorObject),
}

/// A telling on its way from the keeper.
#[derive(Debug, Serialize)]
pub(crate) struct Notification {
    jsonrpc: Version,
    #[serde(flatten)]
    told: Told,
}

/// JSON-RPC's error object; `data` holds the failure.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct ErrorObject {
    code: i32,
    message: String,
    data: Option<Failure>,
}

/// The literal `"2.0"`.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
pub(crate) enum Version {
    #[default]
    #[serde(rename = "2.0")]
    Two,
}

impl Answer {
    pub(crate) fn to(id: u64, outcome: Result<Value, Failure>) -> Self {
        let body = match outcome {
            Ok(value) => Body::Result(value),
            Err(failure) => Body::Error(ErrorObject::from(failure)),
        };
        Self {
            jsonrpc: Version::Two,
            id: Some(id),
            body,
        }
    }

    pub(crate) fn unreadable(reason: &str) -> Self {
        let error = ErrorObject {
            code: INVALID_REQUEST,
            message: reason.to_owned(),
            data: None,
        };
        Self {
            jsonrpc: Version::Two,
            id: None,
            body: Body::Error(error),
        }
    }
}

impl Notification {
    pub(crate) fn of(told: Told) -> Self {
        Self {
            jsonrpc: Version::Two,
            told,
        }
    }
}

impl From<Failure> for ErrorObject {
    fn from(failure: Failure) -> Self {
        Self {
            code: SERVER_ERROR,
            message: failure.message.clone(),
            data: Some(failure),
        }
    }
}

impl From<ErrorObject> for Failure {
    fn from(error: ErrorObject) -> Self {
        error
            .data
            .unwrap_or_else(|| Self::new(FailureKind::Invalid, error.message))
    }
}
