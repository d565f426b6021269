//! The token file of chadkunsman/zoom-mcp: Zoom's answer with `expires_at` added, seconds
//! since the epoch as a float. Ours also holds `issued_at` and `generation`.

use crate::account::Place;
use crate::error::VaultError;
use crate::item::Item;
use lifecycle::{Span, WallTime};
use secrecy::zeroize::Zeroizing;
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};

/// The lifetime, in seconds, the document assumes where a file names none.
const HOUR: f64 = 3600.0;

#[derive(Serialize)]
struct Outgoing<'a> {
    access_token: &'a str,
    token_type: &'static str,
    expires_in: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    scope: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    api_url: Option<&'a str>,
    expires_at: f64,
    issued_at: f64,
    generation: u64,
}

#[derive(Deserialize)]
struct Incoming {
    #[serde(deserialize_with = "crate::item::secret")]
    access_token: SecretString,
    expires_at: f64,
    expires_in: Option<f64>,
    issued_at: Option<f64>,
    scope: Option<String>,
    api_url: Option<String>,
    generation: Option<u64>,
}

/// The file's content. A token without a span has expired already: nothing is known of it.
pub(crate) fn encode(place: &Place, item: &Item) -> Result<Zeroizing<Vec<u8>>, VaultError> {
    let span = item.span.unwrap_or(Span {
        issued: WallTime(0),
        expires: WallTime(0),
    });
    let outgoing = Outgoing {
        access_token: item.secret.expose_secret(),
        token_type: "bearer",
        expires_in: span.lifetime().as_secs(),
        scope: item.scope.as_deref(),
        api_url: item.api_url.as_deref(),
        expires_at: seconds(span.expires),
        issued_at: seconds(span.issued),
        generation: item.generation,
    };
    let bytes = serde_json::to_vec_pretty(&outgoing).map_err(|_| VaultError::damaged(place))?;
    Ok(Zeroizing::new(bytes))
}

/// The token in a file of ours or of the documented server; `None` if it is of no use.
pub(crate) fn decode(bytes: &[u8]) -> Option<Item> {
    let incoming: Incoming = serde_json::from_slice(bytes).ok()?;
    if incoming.access_token.expose_secret().is_empty() {
        return None;
    }
    let expires = milliseconds(incoming.expires_at)?;
    let issued = match incoming.issued_at {
        Some(issued) => milliseconds(issued)?,
        None => issue_before(expires, incoming.expires_in)?,
    };
    Some(Item {
        // A file of the documented server has none: a generation is at least the instant
        // of issue, so that is what it would have been.
        generation: incoming
            .generation
            .or_else(|| u64::try_from(issued.0).ok())?,
        secret: incoming.access_token,
        span: Some(Span { issued, expires }),
        scope: incoming.scope,
        api_url: incoming.api_url,
    })
}

/// `expires_in` seconds before `expires`, an hour where the file does not say.
fn issue_before(expires: WallTime, expires_in: Option<f64>) -> Option<WallTime> {
    let lifetime = expires_in.unwrap_or(HOUR);
    if lifetime <= 0.0 {
        return None;
    }
    Some(WallTime(expires.0.checked_sub(milliseconds(lifetime)?.0)?))
}

/// Exact to the millisecond until the year 287396.
#[expect(clippy::cast_precision_loss, reason = "see the bound above")]
fn seconds(instant: WallTime) -> f64 {
    instant.0 as f64 / 1000.0
}

/// `None` for what is no instant of our time.
#[expect(
    clippy::cast_possible_truncation,
    reason = "the bound is far below the limit of i64"
)]
fn milliseconds(seconds: f64) -> Option<WallTime> {
    const YEAR_5138: f64 = 1e11;
    (0.0..YEAR_5138)
        .contains(&seconds)
        .then(|| WallTime((seconds * 1000.0).round() as i64))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::{AccountId, Kind};

    fn decoded(text: &str) -> Option<Item> {
        decode(text.as_bytes())
    }

    #[test]
    fn a_token_survives_its_file() {
        let place = Place {
            account: AccountId::new("acc").unwrap(),
            kind: Kind::AccessToken,
        };
        let span = Span {
            issued: WallTime(1_800_000_000_123),
            expires: WallTime(1_800_003_599_987),
        };
        let item = Item {
            span: Some(span),
            scope: Some("room:read:admin".to_owned()),
            ..Item::lasting(1_800_000_000_124, SecretString::from("eyJ.hunter2"))
        };
        let read = decode(&encode(&place, &item).unwrap()).unwrap();
        assert!(read.is_same(&item), "{read:?}");
        assert_eq!(read.scope, item.scope);
    }

    #[test]
    fn the_file_has_the_documented_form() {
        let place = Place {
            account: AccountId::new("acc").unwrap(),
            kind: Kind::AccessToken,
        };
        let span = Span {
            issued: WallTime(1_000_500),
            expires: WallTime(4_600_500),
        };
        let item = Item {
            span: Some(span),
            ..Item::lasting(7, SecretString::from("eyJ"))
        };
        let value: serde_json::Value =
            serde_json::from_slice(&encode(&place, &item).unwrap()).unwrap();
        assert_eq!(
            value,
            serde_json::json!({
                "access_token": "eyJ", "token_type": "bearer", "expires_in": 3600,
                "expires_at": 4600.5, "issued_at": 1000.5, "generation": 7
            })
        );
    }

    #[test]
    fn a_file_of_the_documented_server_is_read() {
        let read = decoded(
            r#"{"access_token": "eyJ", "token_type": "bearer", "expires_in": 3599,
                "scope": "room:read:admin", "api_url": "https://api.zoom.us",
                "expires_at": 1800003599.25}"#,
        )
        .unwrap();
        assert_eq!(read.generation, 1_800_000_000_250);
        assert_eq!(read.span.unwrap().issued, WallTime(1_800_000_000_250));
        assert_eq!(read.api_url.as_deref(), Some("https://api.zoom.us"));
    }

    #[test]
    fn what_is_of_no_use_is_no_token() {
        for text in [
            "",
            "{",
            "[]",
            r#"{"access_token": "eyJ"}"#,
            r#"{"access_token": "", "expires_at": 1800003599.25}"#,
            r#"{"access_token": "eyJ", "expires_at": "soon"}"#,
            r#"{"access_token": "eyJ", "expires_at": 1e300}"#,
            r#"{"access_token": "eyJ", "expires_at": 1800003599.25, "expires_in": -1}"#,
            r#"{"access_token": "eyJ", "expires_at": 5, "expires_in": 3600}"#,
        ] {
            let read = decoded(text);
            assert!(read.is_none(), "{text} gave {read:?}");
        }
    }
}
