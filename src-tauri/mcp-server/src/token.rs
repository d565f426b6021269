//! The tools about the token itself. The token never leaves.

mod connection_test;
mod refresh;
mod status;

use crate::tool::{Hints, Nothing, ToolSpec};

/// `test_zoom_connection`, `zoom_token_status`, `zoom_refresh_token`.
pub(crate) fn tools() -> Vec<ToolSpec> {
    vec![test_connection(), token_status(), refresh_token()]
}

fn test_connection() -> ToolSpec {
    ToolSpec::new::<Nothing, connection_test::Report, _>(
        "test_zoom_connection",
        "Test the Zoom connection",
        "Asks Zoom for the owner of the access token (GET /users/me) and reports whether Zoom \
         accepts it. Changes nothing at Zoom; if Zoom rejects the token, one new token is \
         fetched and tried once. Works with any scope: a missing one (user:read:user or \
         user:read:user:admin) is a warning, not an error. Limits: one light API request, two \
         after a rejection; at most 50 s. Fails if there is no account, no token can be had, \
         Zoom rejects a new token too, or Zoom cannot be reached. Use it when a Zoom tool failed \
         or before a series of calls; to see only how long the token lives use \
         zoom_token_status, which makes no request.",
        Hints::READ,
        |zoom, Nothing {}| async move { connection_test::run(&zoom).await },
    )
}

fn token_status() -> ToolSpec {
    ToolSpec::new::<Nothing, status::Report, _>(
        "zoom_token_status",
        "Zoom token status",
        "Says what Zoomtray knows of the access token: state, seconds left, exact expiry, the \
         last refresh and its outcome, the next attempt. Makes no request to Zoom, needs no \
         scope and has no rate limits. Fails only if Zoomtray itself cannot be reached. Use it to \
         see whether and when the token expires; use test_zoom_connection to learn whether Zoom \
         accepts it, zoom_refresh_token to replace it.",
        Hints::new(true, false, true, false),
        |zoom, Nothing {}| async move { status::run(zoom.source()).await },
    )
}

fn refresh_token() -> ToolSpec {
    ToolSpec::new::<Nothing, refresh::Report, _>(
        "zoom_refresh_token",
        "Refresh the Zoom token",
        "Lets Zoomtray fetch a new access token from Zoom now and use it from here on. The token \
         is never returned, and no credentials are taken. Tokens are refreshed before they \
         expire without this tool; use it after scopes were changed, or when \
         test_zoom_connection says so. Where a Zoom app allows one token at a time, other \
         programs that use the same app lose theirs. Needs no scope. Limits: two attempts are at \
         least 30 s apart; within that time the tool waits and says so; at most 50 s. Fails if \
         Zoom refuses the credentials, refreshing is suspended, Zoom cannot be reached, or the \
         token was given in ZOOM_ACCESS_TOKEN. To look without changing anything use \
         zoom_token_status.",
        Hints::new(false, true, false, true),
        |zoom, Nothing {}| async move { refresh::run(&zoom).await },
    )
}
