//! The tools as a client sees them: names, titles, descriptions, schemas, annotations.

use crate::{connection_test, refresh, status};
use rmcp::model::{JsonObject, Tool, ToolAnnotations};
use schemars::JsonSchema;
use serde_json::json;
use std::sync::{Arc, OnceLock};

/// Asks Zoom whether the token works.
pub(crate) const TEST_CONNECTION: &str = "test_zoom_connection";
/// Says what is known of the token.
pub(crate) const TOKEN_STATUS: &str = "zoom_token_status";
/// Makes a new token.
pub(crate) const REFRESH_TOKEN: &str = "zoom_refresh_token";

/// Every tool, in a fixed order. Made when first asked for: `initialize` needs none.
pub(crate) fn all() -> &'static [Tool] {
    static TOOLS: OnceLock<Vec<Tool>> = OnceLock::new();
    TOOLS.get_or_init(|| vec![test_connection(), token_status(), refresh_token()])
}

fn test_connection() -> Tool {
    tool::<connection_test::Report>(
        TEST_CONNECTION,
        "Test the Zoom connection",
        "Asks Zoom for the owner of the access token (GET /users/me) and reports whether Zoom \
         accepts it. Changes nothing at Zoom; if Zoom rejects the token, one new token is \
         fetched and tried once. Works with any scope: a missing one (user:read:user or \
         user:read:user:admin) is a warning, not an error. Takes one light API request, two \
         after a rejection; at most 50 s. Fails if there is no account, no token can be had, \
         Zoom rejects a new token too, or Zoom cannot be reached. Use it when a Zoom tool failed \
         or before a series of calls; to see only how long the token lives use \
         zoom_token_status, which makes no request.",
        ToolAnnotations::new()
            .read_only(true)
            .idempotent(true)
            .open_world(true),
    )
}

fn token_status() -> Tool {
    tool::<status::Report>(
        TOKEN_STATUS,
        "Zoom token status",
        "Says what Zoomtray knows of the access token: state, seconds left, exact expiry, the \
         last refresh and its outcome, the next attempt. Makes no request to Zoom, needs no \
         scope and has no rate limit. Fails only if Zoomtray itself cannot be reached. Use it to \
         see whether and when the token expires; use test_zoom_connection to learn whether Zoom \
         accepts it, zoom_refresh_token to replace it.",
        ToolAnnotations::new()
            .read_only(true)
            .idempotent(true)
            .open_world(false),
    )
}

fn refresh_token() -> Tool {
    tool::<refresh::Report>(
        REFRESH_TOKEN,
        "Refresh the Zoom token",
        "Lets Zoomtray fetch a new access token from Zoom now and use it from here on. The token \
         is never returned, and no credentials are taken. Tokens are refreshed before they \
         expire without this tool; use it after scopes were changed, or when \
         test_zoom_connection says so. Where a Zoom app allows one token at a time, other \
         programs that use the same app lose theirs. Needs no scope. Two attempts are at least \
         30 s apart: within that time the tool waits and says so; at most 50 s. Fails if Zoom \
         refuses the credentials, refreshing is suspended, Zoom cannot be reached, or the token \
         was given in ZOOM_ACCESS_TOKEN. To look without changing anything use \
         zoom_token_status.",
        ToolAnnotations::new()
            .read_only(false)
            .destructive(true)
            .idempotent(false)
            .open_world(true),
    )
}

fn tool<Output: JsonSchema + 'static>(
    name: &'static str,
    title: &'static str,
    description: &'static str,
    annotations: ToolAnnotations,
) -> Tool {
    Tool::new(name, description, no_arguments())
        .with_title(title)
        .with_output_schema::<Output>()
        .with_annotations(annotations)
}

/// No tool takes anything: credentials never come from a model.
fn no_arguments() -> Arc<JsonObject> {
    let schema = json!({"type": "object", "properties": {}, "additionalProperties": false});
    Arc::new(schema.as_object().cloned().unwrap_or_default())
}
