//! Takes out of a line of a log whatever is, or looks like, a secret.

use secrecy::{ExposeSecret, SecretString};

/// What stands in a secret's place.
const REDACTED: &str = "<redacted>";
/// A shorter secret is not searched for: it would blot out ordinary words.
const SHORTEST_KNOWN: usize = 6;
/// Keys whose value is a secret, as they end in logs: `access_token=…`, `"client_secret":"…"`.
const KEYS: [&str; 5] = ["token", "secret", "password", "authorization", "assertion"];
/// Words before a credential in a header.
const SCHEMES: [&str; 2] = ["bearer", "basic"];
/// A header scheme's credential is at least this long; `basic idea` stays.
const SHORTEST_CREDENTIAL: usize = 8;

/// The line without secrets: those known, JSON web tokens, what follows `Bearer` or `Basic`,
/// and the values of keys that end in a word for a secret.
pub(crate) fn scrub(line: &str, known: &[SecretString]) -> String {
    let mut line = line.to_owned();
    for secret in known.iter().map(ExposeSecret::expose_secret) {
        if secret.len() >= SHORTEST_KNOWN {
            line = line.replace(secret, REDACTED);
        }
    }
    scrub_lookalikes(&line)
}

fn scrub_lookalikes(line: &str) -> String {
    let mut clean = String::with_capacity(line.len());
    let mut done = 0;
    while let Some(start) = line[done..].find(is_part).map(|gap| done + gap) {
        let rest = &line[start..];
        let word = &rest[..rest.find(|letter| !is_part(letter)).unwrap_or(rest.len())];
        clean.push_str(&line[done..start]);
        clean.push_str(if is_secret(&line[..start], word) {
            REDACTED
        } else {
            word
        });
        done = start + word.len();
    }
    clean + &line[done..]
}

/// The letters of tokens in base64, base64url, hexadecimal or percent encoding.
fn is_part(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || "-_.~+/%".contains(letter)
}

fn is_secret(before: &str, word: &str) -> bool {
    let json_web_token = word.contains("eyJ") && word.len() > 20;
    json_web_token || follows_key(before) || follows_scheme(before, word)
}

fn follows_key(before: &str) -> bool {
    let unquoted = before.trim_end_matches(['"', '\'', ' ', '\\']);
    let Some(key) = unquoted.strip_suffix([':', '=']) else {
        return false;
    };
    let key = key
        .trim_end_matches(['"', '\'', ' ', '\\'])
        .to_ascii_lowercase();
    KEYS.iter().any(|word| key.ends_with(word))
}

fn follows_scheme(before: &str, word: &str) -> bool {
    let before = before.trim_end_matches(' ').to_ascii_lowercase();
    word.len() >= SHORTEST_CREDENTIAL && SCHEMES.iter().any(|scheme| before.ends_with(scheme))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_go_and_words_stay() {
        let token = "eyJhbGciOiJIUzUxMiJ9.eyJhdWQiOiJ6b29tIn0.c2ln";
        for (line, clean) in [
            (format!("got {token}!"), "got <redacted>!"),
            (
                "Authorization: Bearer abcdefgh123".to_owned(),
                "Authorization: <redacted> <redacted>",
            ),
            (
                "sent Basic aWQ6c2VjcmV0".to_owned(),
                "sent Basic <redacted>",
            ),
            (
                "access_token=abc&x=1".to_owned(),
                "access_token=<redacted>&x=1",
            ),
            (
                r#"{"client_secret": "abc"}"#.to_owned(),
                r#"{"client_secret": "<redacted>"}"#,
            ),
            (
                "a basic idea, a token bucket".to_owned(),
                "a basic idea, a token bucket",
            ),
            (
                "listening on 127.0.0.1:80".to_owned(),
                "listening on 127.0.0.1:80",
            ),
        ] {
            assert_eq!(scrub(&line, &[]), clean);
        }
    }

    #[test]
    fn a_known_secret_goes_wherever_it_stands() {
        let known = [SecretString::from("s3cr3t-value")];
        assert_eq!(scrub("x=s3cr3t-value;", &known), "x=<redacted>;");
        assert_eq!(
            scrub("in a URL: /s3cr3t-value/x", &known),
            "in a URL: /<redacted>/x"
        );
    }

    #[test]
    fn letters_of_any_script_survive() {
        assert_eq!(scrub("größe → 3 ✅", &[]), "größe → 3 ✅");
    }
}
