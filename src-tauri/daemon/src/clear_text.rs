//! Zoom credentials in clear text, in Claude's config or a `.env`: found, and shown masked.
//!
//! A token that Zoomtray itself keeps in an entry, because the user chose that, is none.

use crate::settings::Choice;
use claude::{Found, Place, SecretName, mask};
use control::{
    AccountFound, ClearTextView, CredentialPlace, Failure, FailureKind, FoundView, Removal,
    SecretView,
};
use secrecy::{ExposeSecret, SecretSlice};
use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;

/// The largest file that is looked into: that of a config.
const LARGEST: u64 = 10 * 1024 * 1024;

/// The entries of the config `bytes` that hold a secret which is not ours.
pub(crate) fn of_config(
    bytes: &[u8],
    choices: &BTreeMap<String, Choice>,
) -> Result<Vec<Found>, claude::Refusal> {
    let mut found = claude::scan(bytes)?;
    for place in &mut found {
        let choice = place.entry.as_ref().and_then(|name| choices.get(name));
        if let Some(Choice::Inject { key }) = choice {
            place
                .secrets
                .retain(|secret| secret.place == Place::Argument || secret.name.variable() != key);
        }
    }
    found.retain(|place| !place.secrets.is_empty());
    Ok(found)
}

/// The same, in names alone. A config that cannot be read has none: what is wrong with it is
/// said elsewhere.
pub(crate) fn names_in_config(
    bytes: &[u8],
    choices: &BTreeMap<String, Choice>,
) -> Vec<ClearTextView> {
    let found = of_config(bytes, choices).unwrap_or_default();
    let named = found.into_iter().filter_map(|place| {
        let names = place.secrets.iter().map(|secret| secret.name.variable());
        Some(ClearTextView {
            names: names.map(str::to_owned).collect(),
            entry: place.entry?,
        })
    });
    named.collect()
}

/// What `file` holds: a config if it begins with a brace, else a `.env`.
pub(crate) fn of_file(
    file: &Path,
    choices: &BTreeMap<String, Choice>,
) -> Result<Vec<Found>, Failure> {
    let bytes = read(file)?;
    let bytes = bytes.expose_secret();
    let wrong = |why: String| invalid(format!("{} was not read: {why}.", file.display()));
    if is_config(file, bytes) {
        return of_config(bytes, choices).map_err(|refusal| wrong(refusal.to_string()));
    }
    let found = claude::scan_env_file(bytes).map_err(|error| wrong(error.to_string()))?;
    Ok(found.into_iter().collect())
}

/// Whether a file is a config rather than a `.env`.
fn is_config(file: &Path, bytes: &[u8]) -> bool {
    let named = file.extension().is_some_and(|end| end == "json");
    let first = bytes.iter().find(|byte| !byte.is_ascii_whitespace());
    named || first == Some(&b'{')
}

/// The whole file, if it is one and not too large.
pub(crate) fn read(file: &Path) -> Result<SecretSlice<u8>, Failure> {
    let failed =
        |error: std::io::Error| invalid(format!("{error}. Name a file that you can read."));
    let opened = fs_err::File::open(file).map_err(failed)?;
    if !opened.metadata().map_err(failed)?.is_file() {
        let place = file.display();
        return Err(invalid(format!(
            "{place} is no file. Name a config or a .env."
        )));
    }
    let mut bytes = Vec::new();
    opened
        .take(LARGEST + 1)
        .read_to_end(&mut bytes)
        .map_err(failed)?;
    if bytes.len() as u64 > LARGEST {
        let place = file.display();
        return Err(invalid(format!(
            "{place} is larger than {LARGEST} bytes, so it is neither a config nor a .env. Name \
             another file."
        )));
    }
    Ok(bytes.into())
}

/// A place as it is shown.
pub(crate) fn view(found: &Found, at: CredentialPlace, removal: Removal) -> FoundView {
    FoundView {
        secrets: found.secrets.iter().map(secret_view).collect(),
        account_id: found.account_id.clone(),
        client_id: found.client_id.clone(),
        account: account_found(found),
        removal,
        at,
    }
}

fn secret_view(secret: &claude::ClearText) -> SecretView {
    SecretView {
        name: secret.name.variable().to_owned(),
        in_arguments: secret.place == Place::Argument,
        masked: mask(&secret.value),
        goes: goes(secret.name),
    }
}

/// Whether a secret is taken out with the credentials: an access token lives an hour and is
/// fetched anew, but nothing of ours keeps somebody's refresh token.
pub(crate) fn goes(name: SecretName) -> bool {
    match name {
        SecretName::ClientSecret | SecretName::AccessToken => true,
        SecretName::RefreshToken => false,
    }
}

fn account_found(found: &Found) -> AccountFound {
    if found.secret(SecretName::ClientSecret).is_none() {
        return AccountFound::TokensOnly;
    }
    let missing: Vec<String> = [
        ("ZOOM_ACCOUNT_ID", found.account_id.is_none()),
        ("ZOOM_CLIENT_ID", found.client_id.is_none()),
    ]
    .into_iter()
    .filter(|(_, absent)| *absent)
    .map(|(name, _)| name.to_owned())
    .collect();
    if missing.is_empty() {
        AccountFound::Whole
    } else {
        AccountFound::Lacks { missing }
    }
}

pub(crate) fn invalid(why: impl Into<String>) -> Failure {
    Failure::new(FailureKind::Invalid, why)
}

#[cfg(test)]
mod tests {
    use super::*;

    const CONFIG: &str = r#"{"mcpServers": {
        "a": {"command": "x", "env": {"ZOOM_ACCESS_TOKEN": "planted", "ZOOM_CLIENT_ID": "c"}},
        "b": {"command": "x", "args": ["--zoom-client-secret=planted"],
              "env": {"ZOOM_ACCOUNT_ID": "i", "ZOOM_CLIENT_ID": "c"}}}}"#;

    fn inject(key: &str) -> BTreeMap<String, Choice> {
        let key = key.to_owned();
        BTreeMap::from([("a".to_owned(), Choice::Inject { key })])
    }

    #[test]
    fn a_token_that_zoomtray_delivers_is_not_reported() {
        let names = |choices: &BTreeMap<String, Choice>| -> Vec<String> {
            let found = names_in_config(CONFIG.as_bytes(), choices);
            found.into_iter().map(|found| found.entry).collect()
        };
        assert_eq!(names(&BTreeMap::new()), ["a", "b"]);
        assert_eq!(names(&inject("ZOOM_ACCESS_TOKEN")), ["b"]);
        assert_eq!(names(&inject("OTHER")), ["a", "b"]);
    }

    #[test]
    fn a_view_says_what_makes_an_account_and_shows_no_secret() {
        let found = of_config(CONFIG.as_bytes(), &BTreeMap::new()).unwrap();
        let at = |found: &Found| CredentialPlace {
            file: "c.json".into(),
            entry: found.entry.clone(),
        };
        let views: Vec<FoundView> = found
            .iter()
            .map(|found| view(found, at(found), Removal::FromClaude))
            .collect();
        assert_eq!(views[0].account, AccountFound::TokensOnly);
        assert_eq!(views[1].account, AccountFound::Whole);
        assert!(views[1].secrets[0].in_arguments);
        assert!(!format!("{views:?}").contains("planted"));
    }

    #[test]
    fn what_is_missing_beside_a_secret_is_named() {
        let lone = br#"{"mcpServers": {"z": {"env": {"ZOOM_CLIENT_SECRET": "s"}}}}"#;
        let found = of_config(lone, &BTreeMap::new()).unwrap();
        let missing = ["ZOOM_ACCOUNT_ID", "ZOOM_CLIENT_ID"]
            .map(str::to_owned)
            .to_vec();
        assert_eq!(account_found(&found[0]), AccountFound::Lacks { missing });
    }
}
