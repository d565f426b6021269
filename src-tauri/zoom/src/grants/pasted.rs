//! A refresh token from a person's clipboard or another program's file.

use secrecy::SecretString;

/// A text that cannot be a refresh token. Does not repeat it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PasteError {
    /// Nothing but spaces.
    #[error("no refresh token was given; paste it, or send it to standard input")]
    Empty,
    /// A character that no token has.
    #[error(
        "this is no refresh token: it holds characters that no token has; paste the value alone"
    )]
    NotAToken,
}

/// The refresh token in `text`: without the spaces, line ends and quotes around it or, where a
/// terminal wrapped it, in it.
pub fn pasted_refresh_token(text: &str) -> Result<SecretString, PasteError> {
    let joined: String = text.split_whitespace().collect();
    let token = joined.trim_matches(['"', '\'', '`']);
    if token.is_empty() {
        return Err(PasteError::Empty);
    }
    // Base64 in either alphabet, dots between parts: RFC 6750's b64token.
    let belongs = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~+/=".contains(&byte);
    if token.bytes().all(belongs) {
        Ok(token.into())
    } else {
        Err(PasteError::NotAToken)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use secrecy::ExposeSecret;

    #[test]
    fn spaces_line_ends_and_quotes_are_left_out() {
        for text in [
            "eyJ.abc-_=",
            "  eyJ.abc-_=\r\n",
            "\"eyJ.abc-_=\"\n",
            "eyJ.a\nbc-\n_=\n",
            "'eyJ.a bc-_='",
        ] {
            let token = pasted_refresh_token(text).unwrap();
            assert_eq!(token.expose_secret(), "eyJ.abc-_=", "{text:?}");
        }
    }

    #[test]
    fn what_is_no_token_is_refused_without_being_repeated() {
        for (text, error) in [
            ("", PasteError::Empty),
            (" \n\"\" ", PasteError::Empty),
            ("{\"refresh_token\":\"eyJ\"}", PasteError::NotAToken),
            ("ZOOM_REFRESH_TOKEN:eyJ", PasteError::NotAToken),
            ("eyJ\u{200b}abc", PasteError::NotAToken),
        ] {
            let found = pasted_refresh_token(text).unwrap_err();
            assert_eq!(found, error, "{text:?}");
            assert!(!found.to_string().contains("eyJ"), "{found}");
        }
    }
}
