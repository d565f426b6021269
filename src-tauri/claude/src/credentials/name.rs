//! What Zoom's credentials are called, as variables and as flags.

use serde::{Deserialize, Serialize};

/// A secret that Zoom gives out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SecretName {
    /// An app's client secret.
    ClientSecret,
    /// A refresh token of a user's grant.
    RefreshToken,
    /// An access token, which lives an hour.
    AccessToken,
}

impl SecretName {
    /// The variable that carries it.
    #[must_use]
    pub const fn variable(self) -> &'static str {
        match self {
            Self::ClientSecret => "ZOOM_CLIENT_SECRET",
            Self::RefreshToken => "ZOOM_REFRESH_TOKEN",
            Self::AccessToken => "ZOOM_ACCESS_TOKEN",
        }
    }
}

/// A credential, or what belongs to one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    Secret(SecretName),
    AccountId,
    ClientId,
}

/// What the variable of this name carries.
pub(super) fn of_variable(name: &str) -> Option<Meaning> {
    name.strip_prefix("ZOOM_").and_then(of_word)
}

/// What the flag of this name carries. One without `zoom` in its name is read only where
/// everything around it is Zoom's.
pub(super) fn of_flag(flag: &str, in_zoom_entry: bool) -> Option<Meaning> {
    let name = flag.strip_prefix('-')?.trim_start_matches('-');
    let name = name.to_ascii_uppercase().replace('-', "_");
    match name.strip_prefix("ZOOM_") {
        Some(word) => of_word(word),
        None if !in_zoom_entry => None,
        None if name == "TOKEN" => Some(Meaning::Secret(SecretName::AccessToken)),
        None => of_word(&name),
    }
}

fn of_word(word: &str) -> Option<Meaning> {
    Some(match word {
        "CLIENT_SECRET" => Meaning::Secret(SecretName::ClientSecret),
        "REFRESH_TOKEN" => Meaning::Secret(SecretName::RefreshToken),
        "ACCESS_TOKEN" => Meaning::Secret(SecretName::AccessToken),
        "ACCOUNT_ID" => Meaning::AccountId,
        "CLIENT_ID" => Meaning::ClientId,
        _ => return None,
    })
}

/// Whether a value is none yet: empty, a reference, or what a template says to replace.
pub(super) fn is_placeholder(value: &str) -> bool {
    let value = value.trim();
    let enclosed = |open: &str, close: &str| value.starts_with(open) && value.ends_with(close);
    value.is_empty()
        || value.starts_with('$')
        || enclosed("%", "%")
        || enclosed("<", ">")
        || value.to_ascii_lowercase().starts_with("your")
}
