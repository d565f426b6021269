//! Which no of Zoom's it was in a grant of a user's app, and the sentence for it.

use super::grant_type::GrantType;
use crate::refusal::Refusal;
use lifecycle::Answered;

const REDIRECT: &str = "The app does not know this redirect address. Copy the address from \
     Zoomtray into the app's OAuth allow list, exactly as it is.";
const SCOPES: &str = "The app's scopes are others than those that were agreed to. Sign in again.";
const CODE: &str = "Zoom no longer takes this sign-in: its code was used already, or is older \
     than five minutes. Start the sign-in again.";
const DEAD: &str = "Zoom no longer takes the refresh token: the sign-in was revoked, has grown \
     too old, or was made anew elsewhere. Sign in again.";
const OWNER_GONE: &str = "The user who signed in no longer exists in Zoom. Sign in as another.";
const REVOKED: &str = "The sign-in was revoked in Zoom. Sign in again.";
const CLIENT: &str = "Zoom refused the client secret, or the client ID it belongs to. Paste both \
     again from the app's page; a public client has no secret.";
const KIND: &str = "This app has no user sign-in, or not this form of it. Use the credentials of \
     a user-managed OAuth app.";
const DISABLED: &str = "The app is disabled in Zoom. Activate it in the Zoom App Marketplace, or \
     ask the account's admin to.";
const OTHER: &str = "Zoom refused the request. Compare client ID, client secret and redirect \
     address with the app's page, or sign in again.";

/// What `code` and `reason` mean where a code or a refresh token was used. Numbers are those of
/// Zoom's OAuth error table. The client's own mistakes leave the refresh token alive.
pub(crate) fn kind_of(grant: GrantType, code: &str, reason: &str) -> Option<Answered> {
    match (grant, code) {
        (GrantType::AccountCredentials, _) => None,
        (GrantType::AuthorizationCode, "4732" | "4733" | "4734") | (_, "4740") => {
            Some(Answered::InvalidGrant)
        }
        (_, "invalid_request") if reason.eq_ignore_ascii_case("Bad Request") => {
            Some(Answered::Other)
        }
        _ => None,
    }
}

/// The sentence for a refusal of a grant of a user's app.
pub(crate) fn sentence(refusal: &Refusal) -> &'static str {
    match (refusal.code.as_deref(), refusal.kind) {
        (Some("4709"), _) => REDIRECT,
        (Some("4711"), _) => SCOPES,
        (Some("4735"), _) => OWNER_GONE,
        (Some("4741"), _) => REVOKED,
        (_, Answered::InvalidClient) => CLIENT,
        (_, Answered::InvalidGrant) if refusal.grant == GrantType::AuthorizationCode => CODE,
        (_, Answered::InvalidGrant) => DEAD,
        (_, Answered::UnsupportedGrant) => KIND,
        (_, Answered::Disabled) => DISABLED,
        (_, Answered::UnknownAccount | Answered::Other) => OTHER,
    }
}
