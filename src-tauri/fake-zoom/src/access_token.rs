//! Access tokens in the shape of Zoom's: a JWS of some 600 characters. Nobody checks the signature;
//! it only makes each token unique.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use serde_json::{Value, json};
use sha2::{Digest, Sha256, Sha512};

/// What a token says about itself.
pub(crate) struct Claims<'a> {
    pub(crate) account_id: &'a str,
    pub(crate) client_id: &'a str,
    /// Seconds since the Unix epoch.
    pub(crate) issued: i64,
    /// Seconds since the Unix epoch.
    pub(crate) expires: i64,
    /// Different for every token.
    pub(crate) number: u64,
}

/// A token with these claims.
pub(crate) fn jwt(claims: &Claims<'_>) -> String {
    let head = part(&header(claims.client_id));
    let body = part(&payload(claims));
    let signature = Sha512::digest(format!("{head}.{body}.{}", claims.number));
    format!("{head}.{body}.{}", BASE64_URL_SAFE_NO_PAD.encode(signature))
}

/// A token that is no JWT.
pub(crate) fn opaque(number: u64) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(Sha512::digest(format!("opaque {number}")))
}

fn header(client_id: &str) -> Value {
    json!({"sv": "000001", "alg": "HS512", "v": "2.0", "kid": uuid(client_id)})
}

fn payload(claims: &Claims<'_>) -> Value {
    let Claims {
        account_id,
        client_id,
        issued,
        expires,
        number,
    } = claims;
    json!({
        "aud": "https://oauth.zoom.us",
        "uid": crate::api::OWNER_ID,
        "ver": 10,
        "auid": hex(&format!("auid {account_id}")),
        "nbf": issued,
        "code": format!("{:.32}", hex(&format!("code {number}"))),
        "iss": format!("zm:cid:{client_id}"),
        "gno": 0,
        "exp": expires,
        "type": 3,
        "iat": issued,
        "aid": account_id,
        "jti": uuid(&format!("jti {client_id} {number}")),
    })
}

fn part(value: &Value) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(value.to_string())
}

fn hex(seed: &str) -> String {
    format!("{:x}", Sha256::digest(seed))
}

fn uuid(seed: &str) -> String {
    let hex = hex(seed);
    format!(
        "{}-{}-{}-{}-{}",
        &hex[..8],
        &hex[8..12],
        &hex[12..16],
        &hex[16..20],
        &hex[20..32]
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn token(number: u64) -> String {
        jwt(&Claims {
            account_id: "acc",
            client_id: "cid",
            issued: 1_000,
            expires: 4_600,
            number,
        })
    }

    #[test]
    fn a_token_has_zooms_shape() {
        let token = token(1);
        let parts: Vec<_> = token.split('.').collect();
        assert_eq!(parts.len(), 3);
        assert!(token.len() > 600, "{}", token.len());
        let claims = BASE64_URL_SAFE_NO_PAD.decode(parts[1]).unwrap();
        assert!(claims.starts_with(br#"{"aud":"https://oauth.zoom.us","#));
        let claims: Value = serde_json::from_slice(&claims).unwrap();
        assert_eq!(
            (&claims["exp"], &claims["iss"]),
            (&json!(4600), &json!("zm:cid:cid"))
        );
    }

    #[test]
    fn no_two_tokens_are_equal() {
        assert_ne!(token(1), token(2));
        assert_ne!(opaque(1), opaque(2));
    }
}
