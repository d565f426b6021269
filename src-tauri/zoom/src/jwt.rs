//! The expiry inside an access token, as a hint. Zoom calls its tokens opaque, so nothing else is
//! read and nothing depends on it being there.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use lifecycle::WallTime;
use serde::Deserialize;

#[derive(Deserialize)]
struct Claims {
    /// Seconds since the Unix epoch.
    exp: i64,
}

/// When a token that reads as a JWT says that it ends: a hint for one that came without its lifetime.
#[must_use]
pub fn expiry(token: &str) -> Option<WallTime> {
    let mut parts = token.split('.');
    let (Some(_), Some(payload), Some(_), None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return None;
    };
    let claims = BASE64_URL_SAFE_NO_PAD
        .decode(payload.trim_end_matches('='))
        .ok()?;
    let Claims { exp } = serde_json::from_slice(&claims).ok()?;
    exp.checked_mul(1_000).map(WallTime)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn token(claims: &str) -> String {
        format!("e30.{}.c2ln", BASE64_URL_SAFE_NO_PAD.encode(claims))
    }

    #[test]
    fn the_claim_is_read_in_seconds() {
        assert_eq!(
            expiry(&token(r#"{"exp":1700000000}"#)),
            Some(WallTime(1_700_000_000_000))
        );
    }

    #[test]
    fn anything_else_is_no_hint() {
        let texts = [
            "opaque".to_owned(),
            "a.b.c.d".to_owned(),
            "a.%%%.c".to_owned(),
            token("{}"),
            token(r#"{"exp":"soon"}"#),
            token(r#"{"exp":9223372036854775807}"#),
        ];
        for text in texts {
            assert_eq!(expiry(&text), None, "{text}");
        }
    }
}
