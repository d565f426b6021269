//! A request of the REST API: method, path, query, body. Whatever comes from outside is encoded, so
//! that no id can lead to another path.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;
use thiserror::Error;

/// What RFC 3986 calls unreserved stays as it is.
const SEGMENT: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');
/// Longer than any id of Zoom's, and than any address of a mailbox.
const LONGEST_ID: usize = 320;

/// One request, to be sent by [`ApiClient::call`](crate::ApiClient::call).
#[derive(Clone, Debug, PartialEq)]
pub struct ApiRequest {
    pub(super) method: Method,
    /// Encoded, without a leading slash.
    pub(super) path: String,
    pub(super) query: Vec<(&'static str, String)>,
    pub(super) body: Option<Value>,
}

/// What it does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Method {
    Get,
    Post,
    Patch,
    Delete,
}

/// An id that cannot be one. Nothing was sent.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum IdError {
    /// Nothing.
    #[error("an id is empty: give it as Zoom writes it")]
    Empty,
    /// `.` or `..`, which lead to another path however they are encoded.
    #[error("an id is only dots: give it as Zoom writes it")]
    Dots,
    /// Longer than any id.
    #[error("an id has more than {LONGEST_ID} characters: give it as Zoom writes it")]
    Long,
}

impl ApiRequest {
    /// Reads. Each segment is one part of the path, as Zoom writes it: not encoded.
    pub fn get(segments: &[&str]) -> Result<Self, IdError> {
        Self::new(Method::Get, segments, None)
    }

    /// Makes something new.
    pub fn post(segments: &[&str], body: Value) -> Result<Self, IdError> {
        Self::new(Method::Post, segments, Some(body))
    }

    /// Changes what the body names.
    pub fn patch(segments: &[&str], body: Value) -> Result<Self, IdError> {
        Self::new(Method::Patch, segments, Some(body))
    }

    /// Takes away.
    pub fn delete(segments: &[&str]) -> Result<Self, IdError> {
        Self::new(Method::Delete, segments, None)
    }

    /// The same with a parameter in the query. A name given before gets the new value.
    #[must_use]
    #[expect(
        clippy::needless_pass_by_value,
        reason = "numbers, days and texts are given as they are"
    )]
    pub fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.query.retain(|(known, _)| *known != name);
        self.query.push((name, value.to_string()));
        self
    }

    /// The same with a parameter in the query, if there is one.
    #[must_use]
    pub fn with_some(self, name: &'static str, value: Option<impl ToString>) -> Self {
        match value {
            Some(value) => self.with(name, value),
            None => self,
        }
    }

    /// Whether sending it again changes nothing.
    pub fn only_reads(&self) -> bool {
        self.method == Method::Get
    }

    fn new(method: Method, segments: &[&str], body: Option<Value>) -> Result<Self, IdError> {
        let segments: Result<Vec<String>, IdError> =
            segments.iter().map(|segment| encoded(segment)).collect();
        Ok(Self {
            method,
            path: segments?.join("/"),
            query: Vec::new(),
            body,
        })
    }
}

/// Zoom decodes a UUID with a slash twice (it demands so for `/…` and `…//…`), anything else once.
fn encoded(segment: &str) -> Result<String, IdError> {
    match segment {
        "" => return Err(IdError::Empty),
        "." | ".." => return Err(IdError::Dots),
        _ if segment.chars().count() > LONGEST_ID => return Err(IdError::Long),
        _ => {}
    }
    let once = utf8_percent_encode(segment, SEGMENT).to_string();
    if segment.contains('/') {
        return Ok(utf8_percent_encode(&once, SEGMENT).to_string());
    }
    Ok(once)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(id: &str) -> Result<String, IdError> {
        ApiRequest::get(&["meetings", id]).map(|request| request.path)
    }

    #[test]
    fn an_id_stays_one_segment() {
        for (id, encoded) in [
            ("97763643886", "97763643886"),
            ("BOKXuumlTAGXuqwr3bLyuQ==", "BOKXuumlTAGXuqwr3bLyuQ%3D%3D"),
            ("owner@example.com", "owner%40example.com"),
            ("a?b#c%2F", "a%3Fb%23c%252F"),
            ("…", "%E2%80%A6"),
        ] {
            assert_eq!(path(id), Ok(format!("meetings/{encoded}")), "{id}");
        }
    }

    #[test]
    fn a_uuid_with_a_slash_is_encoded_twice() {
        for (id, encoded) in [
            ("/ab+==", "%252Fab%252B%253D%253D"),
            ("a//b", "a%252F%252Fb"),
            ("a/b", "a%252Fb"),
            ("../../users/me", "..%252F..%252Fusers%252Fme"),
        ] {
            assert_eq!(path(id), Ok(format!("meetings/{encoded}")), "{id}");
        }
    }

    #[test]
    fn what_can_be_no_id_is_refused() {
        assert_eq!(path(""), Err(IdError::Empty));
        assert_eq!(path(".."), Err(IdError::Dots));
        assert_eq!(path(&"1".repeat(LONGEST_ID + 1)), Err(IdError::Long));
        assert!(path(&"é".repeat(LONGEST_ID)).is_ok());
    }

    #[test]
    fn a_parameter_has_one_value() {
        let request = ApiRequest::get(&["users"])
            .unwrap()
            .with("page_size", 30)
            .with_some("status", None::<&str>)
            .with("page_size", 300);
        assert_eq!(request.query, [("page_size", "300".to_owned())]);
    }
}
