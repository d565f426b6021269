//! Zoom's OAuth endpoint said no: which no it was, and the sentence a person reads.

use crate::grants::{GrantType, words};
use lifecycle::Answered;
use serde::{Deserialize, Serialize};
use std::fmt;

/// An answered refusal of a token request. Asking again with the same credentials will not help.
///
/// `Display` is the sentence for a person; [`Refusal::detail`] the line below it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    /// What was refused.
    pub kind: Answered,
    /// In which grant.
    #[serde(default)]
    pub grant: GrantType,
    /// The HTTP status of the answer.
    pub status: u16,
    /// Zoom's code, e.g. `invalid_client`. Scrubbed, bounded.
    pub code: Option<String>,
    /// Zoom's own words. Scrubbed, bounded.
    pub reason: Option<String>,
}

/// The kind of an OAuth error answer. Codes and reasons as seen from Zoom; the numbers are those of
/// its OAuth error table.
pub(crate) fn kind_of(grant: GrantType, code: &str, reason: &str) -> Answered {
    if let Some(kind) = words::kind_of(grant, code, reason) {
        return kind;
    }
    match code {
        "invalid_client" | "4702" | "4704" => Answered::InvalidClient,
        "invalid_grant" | "4735" | "4741" => Answered::InvalidGrant,
        "unsupported_grant_type" | "unauthorized_client" | "4705" => Answered::UnsupportedGrant,
        "4717" | "4738" => Answered::Disabled,
        "invalid_request" => kind_of_invalid_request(reason),
        _ => Answered::Other,
    }
}

/// Zoom uses `invalid_request` for several things; only its reason tells them apart.
fn kind_of_invalid_request(reason: &str) -> Answered {
    if is_invalid_grant(reason) || reason.eq_ignore_ascii_case("Invalid Token!") {
        Answered::InvalidGrant
    } else if reason.eq_ignore_ascii_case("Bad Request") {
        // The form commonly reported for an unknown account id.
        Answered::UnknownAccount
    } else {
        Answered::Other
    }
}

impl Refusal {
    /// Whether this is Zoom's answer to a `token_index` the app does not have.
    pub(crate) fn refuses_index(&self) -> bool {
        self.code.as_deref() == Some("invalid_request")
            && self.reason.as_deref().is_some_and(is_invalid_grant)
    }

    /// Zoom's own answer on one line, e.g.
    /// `HTTP 400, invalid_client: Invalid client_id or client_secret`.
    #[must_use]
    pub fn detail(&self) -> String {
        let code = self.code.as_deref().unwrap_or("no code");
        let reason = self.reason.as_deref().unwrap_or("no reason given");
        format!("HTTP {}, {code}: {reason}", self.status)
    }
}

fn is_invalid_grant(reason: &str) -> bool {
    reason.eq_ignore_ascii_case("Invalid Grant")
}

impl fmt::Display for Refusal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.grant != GrantType::AccountCredentials {
            return formatter.write_str(words::sentence(self));
        }
        formatter.write_str(match self.kind {
            Answered::InvalidClient => {
                "Zoom refused the client secret, or the client ID it belongs to. Paste both again \
                 from the app's Credentials page."
            }
            Answered::InvalidGrant => {
                "Zoom refused the grant. Check that the app is activated and that the account ID \
                 is the one on its Credentials page."
            }
            Answered::UnknownAccount => {
                "Zoom knows no such account for this app. Paste the account ID again from the \
                 app's Credentials page."
            }
            Answered::UnsupportedGrant => {
                "This app cannot get server-to-server tokens. Use the credentials of a \
                 Server-to-Server OAuth app."
            }
            Answered::Disabled => {
                "The app is disabled in Zoom. Activate it in the Zoom App Marketplace, or ask the \
                 account's admin to."
            }
            Answered::Other => {
                "Zoom refused the token request. Compare account ID, client ID and client secret \
                 with the app's Credentials page."
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_body_seen_from_zoom_has_its_kind() {
        let cases = [
            (
                "invalid_client",
                "Invalid client_id or client_secret",
                Answered::InvalidClient,
            ),
            (
                "unsupported_grant_type",
                "unsupported grant type",
                Answered::UnsupportedGrant,
            ),
            ("invalid_grant", "Invalid Token!", Answered::InvalidGrant),
            ("invalid_grant", "", Answered::InvalidGrant),
            ("invalid_request", "Invalid Grant", Answered::InvalidGrant),
            ("invalid_request", "Invalid Token!", Answered::InvalidGrant),
            ("invalid_request", "Bad Request", Answered::UnknownAccount),
            ("invalid_request", "something new", Answered::Other),
            ("unauthorized_client", "", Answered::UnsupportedGrant),
            ("4717", "The app has been disabled.", Answered::Disabled),
        ];
        for (code, reason, kind) in cases {
            let grant = GrantType::AccountCredentials;
            assert_eq!(kind_of(grant, code, reason), kind, "{code} {reason}");
        }
    }

    #[test]
    fn only_zooms_own_form_refuses_an_index() {
        let refuses = |code: &str, reason: &str| {
            let (code, reason) = (Some(code.to_owned()), Some(reason.to_owned()));
            let kind = Answered::Other;
            Refusal {
                kind,
                grant: GrantType::AccountCredentials,
                status: 400,
                code,
                reason,
            }
            .refuses_index()
        };
        assert!(refuses("invalid_request", "Invalid Grant"));
        assert!(!refuses("invalid_grant", "Invalid Grant"));
        assert!(!refuses("invalid_request", "Bad Request"));
    }

    #[test]
    fn the_detail_line_carries_the_raw_answer() {
        let refusal = Refusal {
            kind: Answered::InvalidClient,
            grant: GrantType::AccountCredentials,
            status: 400,
            code: Some("invalid_client".into()),
            reason: None,
        };
        assert_eq!(
            refusal.detail(),
            "HTTP 400, invalid_client: no reason given"
        );
        assert!(
            !refusal.to_string().contains("invalid_client"),
            "the raw code is the detail's"
        );
    }
}
