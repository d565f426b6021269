//! Whatever stands around them, a cut takes the secrets and nothing else.

use super::{Cut, CutOutcome, cut, scan};
use proptest::prelude::*;
use secrecy::ExposeSecret;
use serde_json::Value;

/// White space between tokens.
fn blank() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec!["", " ", "\n  ", "\r\n\t", "   "])
}

fn value() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec!["s", "a b", "é\\u00e9", "\\\"", "-"])
}

/// A member of `env`, and its name.
fn variable() -> impl Strategy<Value = (&'static str, String)> {
    let names = [
        "ZOOM_CLIENT_SECRET",
        "ZOOM_ACCESS_TOKEN",
        "ZOOM_CLIENT_ID",
        "A",
        "B",
        "C",
    ];
    let name = prop::sample::select(names.to_vec());
    (name, value(), blank(), blank()).prop_map(|(name, value, before, colon)| {
        (
            name,
            format!("{before}\"{name}\"{colon}:{colon}\"{value}\""),
        )
    })
}

/// An argument, or two that belong together.
fn words() -> impl Strategy<Value = &'static [&'static str]> {
    prop::sample::select(vec![
        &["x.js"][..],
        &["--verbose"],
        &["--zoom-client-secret", "s"],
        &["--zoom-client-secret=s"],
        &["ZOOM_ACCESS_TOKEN=t"],
        &["--env=ZOOM_REFRESH_TOKEN=r"],
        &["-e", "ZOOM_REFRESH_TOKEN=r"],
        &["-e", "ZOOM_CLIENT_ID=c"],
    ])
}

prop_compose! {
    fn document()(
        mut variables in prop::collection::vec(variable(), 0..6),
        words in prop::collection::vec((words(), blank()), 0..8),
        end in blank(),
    ) -> String {
        variables.sort_by_key(|(name, _)| *name);
        variables.dedup_by_key(|(name, _)| *name);
        variables.reverse();
        let env: Vec<String> = variables.into_iter().map(|(_, text)| text).collect();
        let args: Vec<String> = words
            .iter()
            .flat_map(|(words, before)| words.iter().map(move |word| format!("{before}\"{word}\"")))
            .collect();
        format!(
            "{{\"n\": 1.0,{end}\"mcpServers\": {{\"z\": {{\"args\": [{}{end}], \"env\": {{{}{end}}}}}, \
             \"y\": {{\"env\": {{\"ZOOM_CLIENT_SECRET\": \"s\"}}}}}}}}",
            args.join(","),
            env.join(",")
        )
    }
}

proptest! {
    #[test]
    fn a_cut_leaves_an_entry_without_the_secrets_and_with_all_else(before in document()) {
        let found = scan(before.as_bytes()).unwrap();
        let Some(place) = found.iter().find(|place| place.entry.as_deref() == Some("z")) else {
            return Ok(());
        };
        let wanted = Cut { server: "z".to_owned(), secrets: place.secrets.clone() };
        let CutOutcome::Changed { bytes } = cut(before.as_bytes(), &wanted) else {
            panic!("nothing was cut from {before}");
        };
        let after = bytes.expose_secret();
        let left = scan(after).unwrap();
        prop_assert!(left.iter().all(|place| place.entry.as_deref() != Some("z")), "{}", before);
        let (mut model, result): (Value, Value) =
            (serde_json::from_str(&before).unwrap(), serde_json::from_slice(after).unwrap());
        let env = model["mcpServers"]["z"]["env"].as_object_mut().unwrap();
        env.retain(|name, _| !matches!(name.as_str(), "ZOOM_CLIENT_SECRET" | "ZOOM_ACCESS_TOKEN"));
        let args = result["mcpServers"]["z"]["args"].clone();
        model["mcpServers"]["z"]["args"] = args.clone();
        prop_assert_eq!(&model, &result);
        let args: Vec<&str> = args.as_array().unwrap().iter().filter_map(Value::as_str).collect();
        for kept in ["x.js", "--verbose", "ZOOM_CLIENT_ID=c"] {
            let count = args.iter().filter(|word| **word == kept).count();
            prop_assert_eq!(count, before.matches(&format!("\"{kept}\"")).count(), "{}", kept);
        }
    }
}
