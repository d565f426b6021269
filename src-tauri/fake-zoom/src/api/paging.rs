//! Pages of a list: `page_size`, and a `next_page_token` that is good for the same list alone.

use super::route::Asked;
use crate::reply::Reply;
use serde_json::{Value, json};

/// Zoom's usual page.
pub(crate) const DEFAULT: usize = 30;
/// The largest page of most lists.
pub(crate) const LARGEST: usize = 300;

/// What every token begins with, the place in the list follows.
const TOKEN: &str = "page-after-";

/// The page that was asked for, under the list's name, with `next_page_token` and `page_size`; or
/// Zoom's error.
pub(crate) fn page(
    asked: &Asked,
    items: &str,
    all: Vec<Value>,
    largest: usize,
) -> Result<Value, Reply> {
    let size = match asked.parameter("page_size").map(str::parse::<usize>) {
        None => DEFAULT,
        Some(Ok(size)) if (1..=largest).contains(&size) => size,
        Some(_) => return Err(invalid("page_size")),
    };
    let start = match asked.parameter("next_page_token") {
        None | Some("") => 0,
        Some(token) => place(token, all.len()).ok_or_else(invalid_token)?,
    };
    let end = (start + size).min(all.len());
    let more = end < all.len();
    let next = if more {
        format!("{TOKEN}{end}")
    } else {
        String::new()
    };
    let total = all.len();
    let page: Vec<Value> = all.into_iter().skip(start).take(size).collect();
    Ok(json!({
        "page_size": size,
        "total_records": total,
        "next_page_token": next,
        items: page,
    }))
}

/// Zoom's answer to a parameter it does not take.
pub(crate) fn invalid(field: &str) -> Reply {
    let errors = json!([{"field": field, "message": "Invalid field."}]);
    let body = json!({"code": 300, "message": "Validation Failed.", "errors": errors});
    Reply::json(400, &body)
}

fn invalid_token() -> Reply {
    let message = "The next page token is invalid or expired.";
    Reply::api_error(400, 300, message)
}

fn place(token: &str, length: usize) -> Option<usize> {
    let place = token.strip_prefix(TOKEN)?.parse().ok()?;
    (place < length).then_some(place)
}
