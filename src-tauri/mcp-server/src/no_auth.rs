//! `--no-auth`: the four recordings tools with explicit credentials, for people who switch from the
//! server that has them so. The only place where a tool takes or returns a credential.
//!
//! Nothing of Zoomtray's own accounts is used or touched, and nothing is kept from call to call.

mod input;
mod refresh;

use crate::outcome::Failure;
use crate::recordings;
use crate::tool::{Hints, ToolSpec};
use input::Exchange;
pub(crate) use input::WithToken;
use std::sync::OnceLock;
use zoom::ServiceUrls;

/// What a model is told of the server as a whole.
pub(crate) const INSTRUCTIONS: &str = "Zoom recordings with credentials given in each call. Call \
                                       zoom_refresh_token first if the access token is more than \
                                       an hour old.";

/// The four tools.
pub(crate) fn all() -> &'static [ToolSpec] {
    static TOOLS: OnceLock<Vec<ToolSpec>> = OnceLock::new();
    TOOLS.get_or_init(|| {
        let mut tools = vec![refresh_token()];
        tools.extend(recordings::tools_with_tokens());
        tools
    })
}

fn refresh_token() -> ToolSpec {
    ToolSpec::new::<Exchange, refresh::Report, _>(
        "zoom_refresh_token",
        "Refresh a Zoom token",
        "Exchanges a refresh token for a new access token and a new refresh token, and returns \
         both (POST /oauth/token). The refresh token given is dead afterwards: keep the new one. \
         Needs no scope. Limits: one request; at most 50 s. Fails if Zoom refuses the client id, \
         the secret or the refresh token, or cannot be reached; an answer that is lost may have \
         used the refresh token up. Use it when another tool says that the token might be \
         expired; to read recordings use zoom_list_recordings.",
        Hints::new(false, true, false, true),
        |zoom, input: Exchange| async move { refresh::run(&zoom, &input).await },
    )
}

/// Zoom, or what stands for it by the variables of the environment.
fn urls() -> Result<ServiceUrls, Failure> {
    let default = ServiceUrls::default();
    let variable = |name| {
        std::env::var(name)
            .ok()
            .filter(|value| !value.trim().is_empty())
    };
    let oauth = variable("ZOOM_OAUTH_URL").unwrap_or_else(|| default.oauth().to_owned());
    let api = variable("ZOOM_API_URL").unwrap_or_else(|| default.api().to_owned());
    ServiceUrls::parse(&oauth, &api).map_err(|error| Failure::new(format!("{error}.")))
}
