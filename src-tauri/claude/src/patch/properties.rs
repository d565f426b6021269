//! For any document: what changes is one value, and what stays is every other byte.

use super::*;
use proptest::prelude::*;
use serde_json::{Map, Value as Json, json};

fn pointer(server: &str, key: &str) -> EnvPointer {
    EnvPointer {
        server: server.to_owned(),
        key: key.to_owned(),
    }
}

fn secret(text: &str) -> SecretString {
    SecretString::from(text)
}

fn text(bytes: &SecretSlice<u8>) -> String {
    String::from_utf8(bytes.expose_secret().to_vec()).unwrap()
}

/// Any JSON value, as text with odd spacing, beside the value that it means.
fn any_json() -> impl Strategy<Value = Json> {
    let leaf = prop_oneof![
        Just(Json::Null),
        any::<bool>().prop_map(Json::from),
        any::<i64>().prop_map(Json::from),
        ".{0,8}".prop_map(Json::from),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Json::from),
            prop::collection::vec((name(), inner), 0..4)
                .prop_map(|members| Json::Object(members.into_iter().collect::<Map<_, _>>())),
        ]
    })
}

/// Names that the pointer uses, and others.
fn name() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("mcpServers".to_owned()),
        Just("zoom".to_owned()),
        Just("env".to_owned()),
        Just("KEY".to_owned()),
        ".{0,6}",
    ]
}

/// A config with an entry `zoom` whose `env`, if it has one, holds strings.
fn any_config() -> impl Strategy<Value = Json> {
    let env = prop::option::of(prop::collection::vec((name(), ".{0,6}"), 0..4));
    (any_json(), any_json(), env, any::<[bool; 2]>()).prop_map(|(one, two, env, order)| {
        let mut entry = Map::from_iter([("command".to_owned(), two)]);
        if let Some(env) = env {
            let env = env
                .into_iter()
                .map(|(name, value)| (name, Json::from(value)));
            let env = Json::Object(env.collect());
            if order[0] {
                entry.shift_insert(0, "env".to_owned(), env)
            } else {
                entry.insert("env".to_owned(), env)
            };
        }
        let mut root = Map::from_iter([("other".to_owned(), one)]);
        let servers = json!({"first": {}, "zoom": entry});
        if order[1] {
            root.shift_insert(0, "mcpServers".to_owned(), servers)
        } else {
            root.insert("mcpServers".to_owned(), servers)
        };
        Json::Object(root)
    })
}

/// `value` as text: compact, pretty, or with white space strewn in wherever it may stand.
fn render(value: &Json, style: u8) -> String {
    let compact = value.to_string();
    match style % 3 {
        0 => compact,
        1 => serde_json::to_string_pretty(value).unwrap(),
        _ => strew(&compact, style),
    }
}

fn strew(compact: &str, seed: u8) -> String {
    let blanks = ["", " ", "\t", "\r\n", "\n   "];
    let (mut quoted, mut escaped, mut count, mut out) =
        (false, false, usize::from(seed), String::new());
    for character in compact.chars() {
        let mark = !quoted && "{}[],:".contains(character);
        if mark {
            out.push_str(blanks[count % 5]);
        }
        out.push(character);
        count = count.wrapping_mul(31).wrapping_add(7);
        if mark {
            out.push_str(blanks[count % 5]);
        }
        match (escaped, character) {
            (true, _) => escaped = false,
            (false, '\\') => escaped = quoted,
            (false, '"') => quoted = !quoted,
            _ => {}
        }
    }
    out
}

/// The lengths of what two texts share at the start and, beyond that, at the end.
fn shared(one: &str, other: &str) -> (usize, usize) {
    let start = one
        .bytes()
        .zip(other.bytes())
        .take_while(|(a, b)| a == b)
        .count();
    let rest = one.len().min(other.len()) - start;
    let end = one
        .bytes()
        .rev()
        .zip(other.bytes().rev())
        .take_while(|(a, b)| a == b)
        .count();
    (start, end.min(rest))
}

proptest! {
    #[test]
    fn the_result_is_the_model_edit_and_all_other_bytes_are_equal(
        config in any_config(), style in any::<u8>(), value in ".{0,12}",
    ) {
        let before = render(&config, style);
        let at = pointer("zoom", "KEY");
        let mut model = config.clone();
        let had = model["mcpServers"]["zoom"]["env"]["KEY"].as_str().map(str::to_owned);
        // Indexing above has made `env` null where it was absent; the assignment makes an object.
        model["mcpServers"]["zoom"]["env"]["KEY"] = Json::from(value.clone());
        let (bytes, original) = match patch(before.as_bytes(), &at, &secret(&value)) {
            Outcome::Changed { bytes, original } => { prop_assert!(had.is_some()); (bytes, original) }
            Outcome::Created { bytes, original } => { prop_assert!(had.is_none()); (bytes, original) }
            Outcome::AlreadySo { .. } => { prop_assert_eq!(had, Some(value)); return Ok(()); }
            Outcome::Refused(refusal) => return Err(TestCaseError::fail(refusal.to_string())),
        };
        let after = text(&bytes);
        prop_assert_eq!(&serde_json::from_str::<Json>(&after).unwrap(), &model);
        let (start, end) = shared(&before, &after);
        let replaced = before.len() - end - start;
        // At most the old literal was replaced: everything else is shared.
        prop_assert!(replaced <= had.map_or(0, |old| quote(&old).len()), "{replaced} bytes were lost");
        match restore(after.as_bytes(), &at, &original) {
            Outcome::Changed { bytes, .. } => prop_assert_eq!(text(&bytes), before),
            other => return Err(TestCaseError::fail(format!("{other:?}"))),
        }
    }

    #[test]
    fn any_bytes_are_patched_or_refused_and_never_panic(bytes in any::<Vec<u8>>(), config in any_json()) {
        let _ = patch(&bytes, &pointer("zoom", "KEY"), &secret("new"));
        let _ = patch(config.to_string().as_bytes(), &pointer("zoom", "KEY"), &secret("new"));
    }

    #[test]
    fn a_redacted_config_is_json_and_holds_no_known_secret(config in any_config(), style in any::<u8>()) {
        let document = render(&config, style);
        let known = secret("a");
        let clean = redact(document.as_bytes(), &[&known]).unwrap();
        let clean: Json = serde_json::from_slice(&clean).unwrap();
        prop_assert!(!clean.to_string().replace("<redacted>", "").replace("null", "").replace("false", "").replace("command", "").contains('a'), "{clean}");
    }
}
