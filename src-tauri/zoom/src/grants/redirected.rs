//! What the browser brings back from Zoom. Anybody can send the browser here, so nothing counts
//! without the state of this very sign-in.

use crate::scrub::Scrubber;
use secrecy::{ExposeSecret, SecretString};
use std::fmt;
use url::form_urlencoded;

/// What a sign-in brought: exchanged once for a pair. Prints no secret.
#[derive(Clone, Debug)]
pub struct Code {
    pub(super) text: SecretString,
    pub(super) verifier: SecretString,
    pub(super) redirect: String,
}

/// An address that brings no code. `Display` says what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RedirectError {
    /// It is no answer of Zoom's: no state, or parameters given twice.
    NotAnAnswer,
    /// It belongs to another sign-in, or is forged.
    OtherState,
    /// The user said no.
    Denied,
    /// Zoom said no: its own words, scrubbed and bounded.
    Failed(String),
    /// It has our state and neither a code nor an error, as the address sent to Zoom has.
    NoCode,
}

impl RedirectError {
    /// Whether the sign-in is over. If not, the right answer may still come.
    #[must_use]
    pub fn is_final(&self) -> bool {
        matches!(self, Self::Denied | Self::Failed(_))
    }
}

impl fmt::Display for RedirectError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotAnAnswer | Self::NoCode => formatter.write_str(
                "This is not the address that Zoom leads to after signing in. Copy the whole \
                 address of the page that could not be opened.",
            ),
            Self::OtherState => formatter.write_str(
                "This answer belongs to another sign-in. Use the page that was opened last, or \
                 start the sign-in again.",
            ),
            Self::Denied => formatter
                .write_str("The sign-in was declined in Zoom. Start it again, and choose Allow."),
            Self::Failed(words) => write!(
                formatter,
                "Zoom did not sign in: {words}. Compare the redirect address with the app's page, \
                 then start the sign-in again."
            ),
        }
    }
}

impl std::error::Error for RedirectError {}

/// The code in `redirected`, if that has the right `state`.
pub(super) fn read(redirected: &str, state: &SecretString) -> Result<SecretString, RedirectError> {
    let parameters = parameters(redirected)?;
    let value = |name: &str| {
        let found = parameters.iter().find(|(given, _)| given == name);
        found
            .map(|(_, value)| value.as_str())
            .filter(|value| !value.is_empty())
    };
    match value("state") {
        None => return Err(RedirectError::NotAnAnswer),
        Some(given) if given != state.expose_secret() => return Err(RedirectError::OtherState),
        Some(_) => {}
    }
    if let Some(error) = value("error") {
        return Err(failure(error, value("error_description"), state));
    }
    value("code")
        .map(SecretString::from)
        .ok_or(RedirectError::NoCode)
}

/// The query's parameters, each once.
fn parameters(redirected: &str) -> Result<Vec<(String, String)>, RedirectError> {
    // A terminal or a mail wraps a long address.
    let address: String = redirected.split_whitespace().collect();
    let (_, query) = address.split_once('?').ok_or(RedirectError::NotAnAnswer)?;
    let query = query.split('#').next().unwrap_or_default();
    let mut parameters: Vec<(String, String)> = Vec::new();
    for (name, value) in form_urlencoded::parse(query.as_bytes()).into_owned() {
        if parameters.iter().any(|(given, _)| *given == name) {
            return Err(RedirectError::NotAnAnswer);
        }
        parameters.push((name, value));
    }
    Ok(parameters)
}

fn failure(error: &str, description: Option<&str>, state: &SecretString) -> RedirectError {
    if error == "access_denied" {
        return RedirectError::Denied;
    }
    let words = match description {
        Some(description) => format!("{error}, {description}"),
        None => error.to_owned(),
    };
    RedirectError::Failed(Scrubber::for_bearer(state).clean(&words))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outcome(redirected: &str) -> Result<String, RedirectError> {
        let state = SecretString::from("St4te");
        read(redirected, &state).map(|code| code.expose_secret().to_owned())
    }

    #[test]
    fn a_code_is_found_in_every_form_an_answer_has() {
        for text in [
            "http://127.0.0.1:8765/callback?code=a%2Fb&state=St4te",
            "/callback?state=St4te&code=a%2Fb",
            "  http://127.0.0.1:8765/callback?code=a%2\nFb&state=St4te\r\n",
            "http://[::1]:8765/callback?code=a%2Fb&state=St4te#top",
        ] {
            assert_eq!(outcome(text), Ok("a/b".to_owned()), "{text}");
        }
    }

    #[test]
    fn nothing_counts_without_the_right_state() {
        for (text, error) in [
            ("/callback?code=a", RedirectError::NotAnAnswer),
            ("/callback?code=a&state=", RedirectError::NotAnAnswer),
            ("/callback?code=a&state=other", RedirectError::OtherState),
            (
                "/callback?error=access_denied&state=other",
                RedirectError::OtherState,
            ),
            (
                "/callback?code=a&state=St4te&state=other",
                RedirectError::NotAnAnswer,
            ),
            (
                "/callback?code=a&code=b&state=St4te",
                RedirectError::NotAnAnswer,
            ),
            ("/callback", RedirectError::NotAnAnswer),
            ("", RedirectError::NotAnAnswer),
        ] {
            let found = outcome(text).unwrap_err();
            assert_eq!(found, error, "{text}");
            assert!(!found.is_final(), "the real answer may still come: {text}");
        }
    }

    #[test]
    fn a_no_ends_the_sign_in() {
        assert_eq!(
            outcome("/callback?error=access_denied&state=St4te"),
            Err(RedirectError::Denied)
        );
        let failed =
            outcome("/callback?error=invalid_scope&error_description=no+St4te%0Ahere&state=St4te")
                .unwrap_err();
        assert_eq!(
            failed,
            RedirectError::Failed("invalid_scope, no <redacted> here".into())
        );
        assert!(failed.is_final());
    }

    #[test]
    fn the_address_that_was_sent_to_zoom_is_no_answer() {
        let text = "https://zoom.us/oauth/authorize?response_type=code&client_id=c&state=St4te";
        assert_eq!(outcome(text), Err(RedirectError::NoCode));
    }
}
