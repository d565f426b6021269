//! What a grant is asked with. Holds the secret; prints everything but it.

use secrecy::SecretString;

/// Credentials of a Server-to-Server OAuth app.
#[derive(Clone, Debug)]
pub struct ServerToServer {
    /// Zoom's account id, as the app's Credentials page shows it.
    pub account_id: String,
    /// The app's client id.
    pub client_id: String,
    /// The app's client secret.
    pub client_secret: SecretString,
    /// The index of the token slot to use, where Zoom's support has raised the app's limit.
    pub token_index: Option<u32>,
}
