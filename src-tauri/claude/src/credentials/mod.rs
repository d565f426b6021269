//! Zoom credentials that stand in clear text in a config or in a `.env`, and taking them out.
//!
//! Pure. Finding reads everything and shows nothing: a value leaves this module as a
//! [`SecretString`] or masked. Taking out removes the named values alone; a value that is not
//! the one that was found stays.

mod arguments;
mod cut;
mod env_file;
mod mask;
mod name;
mod scan;

pub use cut::{Cut, CutOutcome, cut};
pub use env_file::{EnvFileError, cut_env_file, scan_env_file};
pub use mask::mask;
pub use name::SecretName;
pub use scan::scan;

use secrecy::SecretString;

/// What one entry of a config, or a whole `.env`, holds.
#[derive(Clone, Debug)]
pub struct Found {
    /// The entry's name; none for a `.env`.
    pub entry: Option<String>,
    /// Whether an extension owns the entry, which alone may change it.
    pub owned_by_extension: bool,
    /// The secrets, in the order of the file.
    pub secrets: Vec<ClearText>,
    /// The Zoom account id beside them.
    pub account_id: Option<String>,
    /// The app's client id beside them.
    pub client_id: Option<String>,
}

/// A secret in clear text.
#[derive(Clone, Debug)]
pub struct ClearText {
    /// What it is.
    pub name: SecretName,
    /// Where it stands.
    pub place: Place,
    /// The secret.
    pub value: SecretString,
}

/// Where in its entry a secret stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// A variable, by its usual name.
    Variable,
    /// An argument.
    Argument,
}

/// What it takes to ask Zoom for tokens.
#[derive(Clone, Debug)]
pub struct ServerToServer {
    /// Zoom's account id.
    pub account_id: String,
    /// The app's client id.
    pub client_id: String,
    /// The app's client secret.
    pub client_secret: SecretString,
}

impl Found {
    /// The credentials of a Server-to-Server app, if all three are here.
    #[must_use]
    pub fn server_to_server(&self) -> Option<ServerToServer> {
        Some(ServerToServer {
            account_id: self.account_id.clone()?,
            client_id: self.client_id.clone()?,
            client_secret: self.secret(SecretName::ClientSecret)?.clone(),
        })
    }

    /// The first secret of this name.
    #[must_use]
    pub fn secret(&self, name: SecretName) -> Option<&SecretString> {
        let mut secrets = self.secrets.iter();
        secrets
            .find(|secret| secret.name == name)
            .map(|secret| &secret.value)
    }
}

#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;
