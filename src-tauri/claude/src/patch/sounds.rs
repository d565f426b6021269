//! What sounds like a secret. This is the only place that decides it.

/// What a secret's name has in it, in upper case.
const WORDS: [&str; 7] = [
    "TOKEN",
    "SECRET",
    "PASSWORD",
    "PASSWD",
    "PRIVATE",
    "CREDENTIAL",
    "AUTH",
];

/// What a secret's name ends in, in upper case.
const ENDINGS: [&str; 4] = ["KEY", "_PAT", "_PWD", "_PASS"];

/// Whether a variable, flag, header or parameter of this name holds a secret.
#[must_use]
pub fn sounds_secret(name: &str) -> bool {
    let name = name.to_ascii_uppercase().replace('-', "_");
    WORDS.iter().any(|word| name.contains(word)) || ENDINGS.iter().any(|end| name.ends_with(end))
}

/// Where in `raw`, which says `text`, the value starts of a `NAME=VALUE` or `NAME: VALUE` whose
/// name sounds secret.
pub fn assigned(raw: &str, text: &str) -> Option<usize> {
    let (name, _) = text.split_once(['=', ':'])?;
    if !sounds_secret(name) {
        return None;
    }
    let plain = raw
        .strip_prefix(name)
        .and_then(|rest| rest.strip_prefix(['=', ':']));
    Some(plain.map_or(0, |value| raw.len() - value.trim_start_matches(' ').len()))
}

/// Whether it is an address with a password, or a parameter whose name sounds secret, in it.
pub fn is_secret_address(text: &str) -> bool {
    after_scheme(text).is_some_and(|rest| has_password(rest) || has_secret_parameter(rest))
}

/// What follows `://`. Most strings have no colon, which is found out much faster.
fn after_scheme(text: &str) -> Option<&str> {
    let colon = text.find(':')?;
    text[colon..].split_once("://").map(|(_, rest)| rest)
}

/// `user:password@host`
fn has_password(rest: &str) -> bool {
    let authority = rest.split(['/', '?', '#']).next().unwrap_or(rest);
    authority
        .split_once('@')
        .is_some_and(|(user, _)| user.contains(':'))
}

/// `host?name=value&name=value`
fn has_secret_parameter(rest: &str) -> bool {
    rest.split_once(['?', '#']).is_some_and(|(_, query)| {
        let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
        pairs.any(|(name, value)| sounds_secret(name) && !value.is_empty())
    })
}
