//! One secret with what must be known about it, and its form in a store.

use crate::account::Place;
use crate::error::VaultError;
use lifecycle::Span;
use secrecy::zeroize::Zeroizing;
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Deserializer, Serialize};

/// The form of a stored item. A change that an older program would misread raises it.
const FORM: u64 = 1;

/// A secret as the vault keeps it.
#[derive(Clone, Debug)]
pub struct Item {
    /// Which of the account's tokens this is; higher is newer. Unix milliseconds at least.
    pub generation: u64,
    /// The secret itself.
    pub secret: SecretString,
    /// From issue to expiry. `None` for what does not expire by the clock.
    pub span: Option<Span>,
    /// The scopes granted, space-separated as Zoom gives them.
    pub scope: Option<String>,
    /// The API address Zoom named with the token.
    pub api_url: Option<String>,
}

impl Item {
    /// A secret without an expiry.
    #[must_use]
    pub fn lasting(generation: u64, secret: SecretString) -> Self {
        Self {
            generation,
            secret,
            span: None,
            scope: None,
            api_url: None,
        }
    }

    /// Whether `other` is the same secret of the same generation and span.
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        self.generation == other.generation
            && self.span == other.span
            && self.secret.expose_secret() == other.secret.expose_secret()
    }
}

/// What is read first, so that another form is told from a damaged item.
#[derive(Deserialize)]
struct Form {
    version: u64,
}

#[derive(Serialize)]
struct Outgoing<'a> {
    version: u64,
    generation: u64,
    secret: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    span: Option<Span>,
    #[serde(skip_serializing_if = "Option::is_none")]
    scope: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    api_url: Option<&'a str>,
}

#[derive(Deserialize)]
struct Incoming {
    generation: u64,
    #[serde(deserialize_with = "secret")]
    secret: SecretString,
    span: Option<Span>,
    scope: Option<String>,
    api_url: Option<String>,
}

/// Reads a secret and wipes what it was read into.
pub(crate) fn secret<'de, D: Deserializer<'de>>(text: D) -> Result<SecretString, D::Error> {
    let text = Zeroizing::new(String::deserialize(text)?);
    Ok(SecretString::from(text.as_str()))
}

/// The stored form: one small JSON object.
pub(crate) fn encode(place: &Place, item: &Item) -> Result<Zeroizing<Vec<u8>>, VaultError> {
    let outgoing = Outgoing {
        version: FORM,
        generation: item.generation,
        secret: item.secret.expose_secret(),
        span: item.span,
        scope: item.scope.as_deref(),
        api_url: item.api_url.as_deref(),
    };
    let bytes = serde_json::to_vec(&outgoing).map_err(|_| VaultError::damaged(place))?;
    Ok(Zeroizing::new(bytes))
}

/// Reads the stored form.
pub(crate) fn decode(place: &Place, bytes: &[u8]) -> Result<Item, VaultError> {
    let damaged = |_| VaultError::damaged(place);
    let form: Form = serde_json::from_slice(bytes).map_err(damaged)?;
    if form.version != FORM {
        return Err(VaultError::OtherVersion {
            place: place.to_string(),
            found: form.version,
            known: FORM,
        });
    }
    let incoming: Incoming = serde_json::from_slice(bytes).map_err(damaged)?;
    Ok(Item {
        generation: incoming.generation,
        secret: incoming.secret,
        span: incoming.span,
        scope: incoming.scope,
        api_url: incoming.api_url,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::{AccountId, Kind};
    use lifecycle::WallTime;

    fn place() -> Place {
        Place {
            account: AccountId::new("acc").unwrap(),
            kind: Kind::AccessToken,
        }
    }

    fn token() -> Item {
        Item {
            generation: 1_800_000_000_000,
            secret: SecretString::from("eyJ.hunter2"),
            span: Some(Span {
                issued: WallTime(1),
                expires: WallTime(3_600_001),
            }),
            scope: Some("meeting:read".to_owned()),
            api_url: Some("https://api.zoom.us".to_owned()),
        }
    }

    #[test]
    fn an_item_survives_its_stored_form() {
        let read = decode(&place(), &encode(&place(), &token()).unwrap()).unwrap();
        assert!(read.is_same(&token()));
        assert_eq!((read.scope, read.api_url), (token().scope, token().api_url));
    }

    #[test]
    fn another_form_is_told_from_a_damaged_item() {
        let newer = br#"{"version":2,"generation":1,"cipher":"x"}"#;
        let error = decode(&place(), newer).unwrap_err();
        assert!(matches!(
            error,
            VaultError::OtherVersion {
                found: 2,
                known: 1,
                ..
            }
        ));
        assert!(error.to_string().contains("update Zoomtray"), "{error}");
        for bytes in [
            &b"plain-password"[..],
            b"{}",
            br#"{"version":1,"generation":1}"#,
        ] {
            assert!(matches!(
                decode(&place(), bytes),
                Err(VaultError::Damaged { .. })
            ));
        }
    }

    #[test]
    fn a_difference_is_seen() {
        let mut other = token();
        other.secret = SecretString::from("eyJ.other");
        assert!(!other.is_same(&token()));
        other = Item {
            generation: 2,
            ..token()
        };
        assert!(!other.is_same(&token()));
    }

    #[test]
    fn no_secret_is_printed() {
        assert!(!format!("{:?}", token()).contains("hunter2"));
        let error = decode(
            &place(),
            br#"{"version":1,"secret":"hunter2","generation":"x"}"#,
        );
        assert!(!format!("{error:?}").contains("hunter2"));
    }
}
