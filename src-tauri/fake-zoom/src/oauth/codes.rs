//! Authorization codes: each is redeemed once, within five minutes, by whoever has the verifier.
//! Pure.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use sha2::{Digest, Sha256};
use std::collections::HashMap;

/// How long a code lives, in milliseconds (Zoom's documentation).
const LIFETIME: i64 = 5 * 60 * 1000;

/// The codes that are still to be redeemed.
#[derive(Debug, Default)]
pub(crate) struct Codes(HashMap<String, Code>);

/// What a code was given out for.
#[derive(Clone, Debug)]
pub(crate) struct Code {
    pub(crate) client_id: String,
    pub(crate) redirect: String,
    pub(crate) challenge: Option<Challenge>,
    /// Milliseconds since the Unix epoch.
    pub(crate) issued: i64,
}

/// A PKCE challenge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Challenge {
    S256(String),
    Plain(String),
}

/// Why a code is not redeemed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wrong {
    /// Unknown, redeemed before, too old, another app's, or the verifier is not its own.
    Code,
    Redirect,
}

impl Codes {
    pub(crate) fn issue(&mut self, text: String, code: Code) {
        self.0.insert(text, code);
    }

    /// Redeems a code, which is gone whatever comes of it.
    pub(crate) fn redeem(
        &mut self,
        text: &str,
        client_id: &str,
        redirect: &str,
        verifier: Option<&str>,
        now: i64,
    ) -> Result<(), Wrong> {
        let code = self.0.remove(text).ok_or(Wrong::Code)?;
        let is_fresh = now - code.issued < LIFETIME;
        if !is_fresh || code.client_id != client_id || !proves(code.challenge.as_ref(), verifier) {
            return Err(Wrong::Code);
        }
        if code.redirect == redirect {
            Ok(())
        } else {
            Err(Wrong::Redirect)
        }
    }
}

/// RFC 7636, section 4.6.
fn proves(challenge: Option<&Challenge>, verifier: Option<&str>) -> bool {
    match (challenge, verifier) {
        (Some(Challenge::S256(challenge)), Some(verifier)) => {
            *challenge == BASE64_URL_SAFE_NO_PAD.encode(Sha256::digest(verifier))
        }
        (Some(Challenge::Plain(challenge)), Some(verifier)) => challenge == verifier,
        (None, None) => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // The example of RFC 7636, appendix B.
    const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    fn codes() -> Codes {
        let mut codes = Codes::default();
        let code = Code {
            client_id: "cid".into(),
            redirect: "http://127.0.0.1/".into(),
            challenge: Some(Challenge::S256(CHALLENGE.into())),
            issued: 1_000,
        };
        codes.issue("code".into(), code);
        codes
    }

    fn redeemed(
        text: &str,
        client: &str,
        back: &str,
        verifier: Option<&str>,
        now: i64,
    ) -> Result<(), Wrong> {
        codes().redeem(text, client, back, verifier, now)
    }

    #[test]
    fn the_right_verifier_redeems_a_code_once() {
        let mut codes = codes();
        let mut redeem = || codes.redeem("code", "cid", "http://127.0.0.1/", Some(VERIFIER), 1_000);
        assert_eq!(redeem(), Ok(()));
        assert_eq!(redeem(), Err(Wrong::Code));
    }

    #[test]
    fn everything_else_does_not() {
        let back = "http://127.0.0.1/";
        let good = Some(VERIFIER);
        let late = 1_000 + LIFETIME;
        for (found, wrong) in [
            (redeemed("other", "cid", back, good, 1_000), Wrong::Code),
            (redeemed("code", "other", back, good, 1_000), Wrong::Code),
            (redeemed("code", "cid", back, None, 1_000), Wrong::Code),
            (
                redeemed("code", "cid", back, Some(CHALLENGE), 1_000),
                Wrong::Code,
            ),
            (redeemed("code", "cid", back, good, late), Wrong::Code),
            (
                redeemed("code", "cid", "http://127.0.0.1", good, 1_000),
                Wrong::Redirect,
            ),
        ] {
            assert_eq!(found, Err(wrong));
        }
    }
}
