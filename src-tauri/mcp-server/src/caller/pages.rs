//! A list read to its end, page by page.

use super::Zoom;
use crate::outcome::Failure;
use serde_json::Value;
use zoom::ApiRequest;

/// What was read of a list.
#[derive(Debug)]
pub(crate) struct AllPages {
    /// Its items, in Zoom's order.
    pub(crate) items: Vec<Value>,
    /// Whether these are all.
    pub(crate) complete: bool,
}

impl Zoom {
    /// Follows `next_page_token` to the end of the list, or until there are `most` items. `items`
    /// is the list's name in Zoom's answer.
    pub(crate) async fn read_all(
        &self,
        request: ApiRequest,
        items: &'static str,
        most: usize,
    ) -> Result<AllPages, Failure> {
        let mut read = Vec::new();
        let mut token = String::new();
        for page in 1.. {
            let request = request.clone();
            let body = self.read(with_token(request, &token)).await?;
            let next = next_token(&body);
            read.extend(items_of(body, items)?);
            if next.is_empty() || read.len() >= most {
                let complete = next.is_empty() && read.len() <= most;
                read.truncate(most);
                return Ok(AllPages {
                    items: read,
                    complete,
                });
            }
            if next == token {
                break;
            }
            token = next;
            let message = format!("{} {items} read", read.len());
            self.progress(page, None, &message).await;
        }
        Err(same_page_again())
    }
}

/// A list that would be read for ever.
pub(crate) fn same_page_again() -> Failure {
    Failure::new(
        "Zoom names the same next page again and again, so the list cannot be read to its end. \
         Try again later.",
    )
}

/// The request of the page that a token names; of the first for none.
pub(crate) fn with_token(request: ApiRequest, token: &str) -> ApiRequest {
    request.with_some(
        "next_page_token",
        Some(token).filter(|token| !token.is_empty()),
    )
}

/// The token of the next page; empty on the last.
pub(crate) fn next_token(body: &Value) -> String {
    let token = body.get("next_page_token").and_then(Value::as_str);
    token.unwrap_or_default().to_owned()
}

/// The items of a page.
pub(crate) fn items_of(mut body: Value, name: &str) -> Result<Vec<Value>, Failure> {
    match body.get_mut(name).map(Value::take) {
        Some(Value::Array(items)) => Ok(items),
        Some(_) | None => Err(Failure::new(format!(
            "Zoom's answer holds no list named {name}, so nothing can be said. Try again later."
        ))),
    }
}
