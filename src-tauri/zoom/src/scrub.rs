//! Text from the network, made fit to be shown: one line, bounded, none of the known secrets in it.

use base64::{Engine, prelude::BASE64_STANDARD};
use memchr::memmem;
use secrecy::{ExposeSecret, SecretString};

/// Long enough for every message seen from Zoom.
const LONGEST: usize = 240;
/// What stands in place of a secret, as `secrecy` prints it elsewhere.
const REDACTED: &str = "<redacted>";

/// Knows the secrets of one request and cuts them out of whatever came back.
pub(crate) struct Scrubber {
    secrets: Vec<SecretString>,
}

impl Scrubber {
    /// For a request with Basic credentials: the secret, and the header made of it.
    pub(crate) fn for_basic(client_id: &str, secret: &SecretString) -> Self {
        let header = BASE64_STANDARD.encode(format!("{client_id}:{}", secret.expose_secret()));
        Self {
            secrets: vec![header.into(), secret.clone()],
        }
    }

    /// For a request with a bearer token.
    pub(crate) fn for_bearer(token: &SecretString) -> Self {
        Self {
            secrets: vec![token.clone()],
        }
    }

    /// Cuts this out too.
    pub(crate) fn with(mut self, secret: &SecretString) -> Self {
        self.secrets.push(secret.clone());
        self
    }

    /// The text without secrets and control characters, cut to a bounded length.
    pub(crate) fn clean(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for secret in self.secrets.iter().map(ExposeSecret::expose_secret) {
            if !secret.is_empty() {
                text = text.replace(secret, REDACTED);
            }
        }
        let line: String = text
            .chars()
            .map(|c| if c.is_control() { ' ' } else { c })
            .collect();
        bounded(line.trim())
    }

    /// Cuts the secrets out of a whole body.
    pub(crate) fn clean_bytes(&self, bytes: &mut Vec<u8>) {
        for secret in self.secrets.iter().map(ExposeSecret::expose_secret) {
            if secret.is_empty() || memmem::find(bytes, secret.as_bytes()).is_none() {
                continue;
            }
            *bytes = String::from_utf8_lossy(bytes)
                .replace(secret, REDACTED)
                .into_bytes();
        }
    }

    /// The cleaned text; nothing for an empty one.
    pub(crate) fn clean_some(&self, text: Option<&str>) -> Option<String> {
        text.map(|text| self.clean(text))
            .filter(|text| !text.is_empty())
    }
}

fn bounded(line: &str) -> String {
    match line.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secret_and_basic_header_are_cut_out() {
        let scrubber = Scrubber::for_basic("id", &"s3cret-value".to_owned().into());
        let header = BASE64_STANDARD.encode("id:s3cret-value");
        let text = scrubber.clean(&format!("bad s3cret-value\r\nin Basic {header}"));
        assert_eq!(text, "bad <redacted>  in Basic <redacted>");
    }

    #[test]
    fn a_body_that_echoes_the_token_loses_it() {
        let scrubber = Scrubber::for_bearer(&"0123456789".to_owned().into());
        for (body, clean) in [
            (
                "WEBVTT 0123456789 0123456789",
                "WEBVTT <redacted> <redacted>",
            ),
            ("{}", "{}"),
        ] {
            let mut bytes = body.as_bytes().to_vec();
            scrubber.clean_bytes(&mut bytes);
            assert_eq!(bytes, clean.as_bytes());
        }
    }

    #[test]
    fn long_text_is_cut_at_a_character() {
        let scrubber = Scrubber::for_bearer(&"token".to_owned().into());
        let text = scrubber.clean(&"é".repeat(LONGEST + 1));
        assert_eq!(text.chars().count(), LONGEST + 1);
        assert!(text.ends_with('…'));
    }

    #[test]
    fn a_secret_across_the_cut_is_gone_too() {
        let scrubber = Scrubber::for_bearer(&"0123456789".to_owned().into());
        let text = scrubber.clean(&format!("{}0123456789", "x".repeat(LONGEST - 5)));
        assert!(!text.contains("01234"), "{text}");
    }
}
