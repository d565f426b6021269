//! A table of REST routes, and what a request to one of them says.

use crate::reply::Reply;
use crate::wire::Request;
use crate::world::World;
use percent_encoding::percent_decode_str;
use serde_json::Value;
use std::collections::BTreeMap;

/// One method of one path below `/v2/`.
pub(crate) struct Route {
    /// `GET` and its like.
    pub(crate) method: &'static str,
    /// `meetings/{id}/recordings`; braces stand for one segment of any text.
    pub(crate) pattern: &'static str,
    /// Any of these lets a token in; the first is the one that is missed.
    pub(crate) scopes: &'static [&'static str],
    /// The answer.
    pub(crate) answer: fn(&mut World, &Asked) -> Reply,
}

/// What a request says.
#[derive(Debug)]
pub(crate) struct Asked {
    /// The account of the token.
    pub(crate) account_id: String,
    /// What stands for the braces, decoded.
    pub(crate) ids: Vec<String>,
    /// The query; of a name given twice the last.
    pub(crate) query: BTreeMap<String, String>,
    /// The body; `null` without one.
    pub(crate) body: Value,
    /// Milliseconds since the Unix epoch.
    pub(crate) now: i64,
}

/// An id in the path of a request in a form that Zoom does not take.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct EncodedOnce;

impl Route {
    /// The encoded segments that stand for the braces, if the route is this request's.
    pub(crate) fn captures<'a>(&self, request: &'a Request) -> Option<Vec<&'a str>> {
        let path = request.path.strip_prefix("/v2/")?;
        if request.method != self.method || path.split('/').count() != self.segments().count() {
            return None;
        }
        let mut captures = Vec::new();
        for (given, wanted) in path.split('/').zip(self.segments()) {
            match wanted.starts_with('{') {
                true if given.is_empty() => return None,
                true => captures.push(given),
                false if given != wanted => return None,
                false => {}
            }
        }
        Some(captures)
    }

    fn segments(&self) -> impl Iterator<Item = &'static str> {
        self.pattern.split('/')
    }
}

impl Asked {
    /// Reads a request whose route has these captures.
    pub(crate) fn new(
        request: &Request,
        captures: &[&str],
        account_id: String,
        now: i64,
    ) -> Result<Self, EncodedOnce> {
        let query = request.query.as_deref().unwrap_or_default();
        let query = url::form_urlencoded::parse(query.as_bytes());
        Ok(Self {
            account_id,
            ids: captures
                .iter()
                .map(|id| decoded(id))
                .collect::<Result<_, _>>()?,
            query: query.into_owned().collect(),
            body: serde_json::from_slice(&request.body).unwrap_or_default(),
            now,
        })
    }

    /// The first id of the path; empty for a route without one.
    pub(crate) fn id(&self) -> &str {
        self.ids.first().map_or("", String::as_str)
    }

    /// A parameter of the query.
    pub(crate) fn parameter(&self, name: &str) -> Option<&str> {
        self.query.get(name).map(String::as_str)
    }
}

/// A UUID that begins with a slash or has two in a row must come encoded twice; others may.
fn decoded(segment: &str) -> Result<String, EncodedOnce> {
    let decode = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
    let once = decode(segment);
    if once.starts_with('/') || once.contains("//") {
        return Err(EncodedOnce);
    }
    Ok(if once.contains("%2F") {
        decode(&once)
    } else {
        once
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROUTE: Route = Route {
        method: "GET",
        pattern: "meetings/{id}/recordings",
        scopes: &[],
        answer: |_, _| Reply::text(200, "text/plain", ""),
    };

    fn captures(method: &str, path: &str) -> Option<Vec<String>> {
        let request = Request::new(method, path, "");
        let captures = ROUTE.captures(&request)?;
        Some(captures.into_iter().map(str::to_owned).collect())
    }

    #[test]
    fn a_route_takes_its_method_and_path_alone() {
        let path = "/v2/meetings/a%2Fb/recordings";
        assert_eq!(captures("GET", path), Some(vec!["a%2Fb".to_owned()]));
        for (method, path) in [
            ("POST", path),
            ("GET", "/v2/meetings//recordings"),
            ("GET", "/v2/meetings/1"),
            ("GET", "/v2/meetings/1/recordings/2"),
            ("GET", "/v2/users/1/recordings"),
        ] {
            assert_eq!(captures(method, path), None, "{method} {path}");
        }
    }

    #[test]
    fn an_id_with_a_slash_in_front_must_be_encoded_twice() {
        assert_eq!(
            decoded("owner%40example.com"),
            Ok("owner@example.com".into())
        );
        assert_eq!(decoded("a%2Fb"), Ok("a/b".into()));
        assert_eq!(decoded("%252Fa%252F%252Fb%253D"), Ok("/a//b=".into()));
        assert_eq!(decoded("%2Fa"), Err(EncodedOnce));
        assert_eq!(decoded("a%2F%2Fb"), Err(EncodedOnce));
    }
}
