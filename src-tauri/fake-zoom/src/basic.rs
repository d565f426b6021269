//! `Authorization` headers, read strictly.

use crate::wire::Request;
use base64::{Engine, prelude::BASE64_STANDARD};
use hyper::header::AUTHORIZATION;

/// Client id and secret of a Basic header.
pub(crate) fn credentials(request: &Request) -> Option<(String, String)> {
    let encoded = header(request)?.strip_prefix("Basic ")?;
    let text = String::from_utf8(BASE64_STANDARD.decode(encoded).ok()?).ok()?;
    let (id, secret) = text.split_once(':')?;
    Some((id.to_owned(), secret.to_owned()))
}

/// The token of a Bearer header.
pub(crate) fn bearer(request: &Request) -> Option<&str> {
    header(request)?
        .strip_prefix("Bearer ")
        .filter(|token| !token.is_empty())
}

/// The header, if there is exactly one.
fn header(request: &Request) -> Option<&str> {
    let mut values = request.headers.get_all(AUTHORIZATION).iter();
    match (values.next(), values.next()) {
        (Some(value), None) => value.to_str().ok(),
        _ => None,
    }
}
