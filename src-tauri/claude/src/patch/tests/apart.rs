use super::*;

fn original(raw: &str) -> Original {
    Original::Value(secret(raw))
}

fn raw(original: Option<Original>) -> String {
    match original {
        Some(Original::Value(raw)) => raw.expose_secret().to_owned(),
        other => panic!("no value: {other:?}"),
    }
}

const ENTRY: &str = "{\r\n\t\"command\" : \"node\", \"args\": [\"--token=k\\u0031\", \"x <secret 7>\"],\r\n\
    \t\"env\": {\"ZOOM_CLIENT_SECRET\": \"k\\/2\", \"A\": \"b\", \"T\\u004fKEN\": \"\", \"<secret 1>\": 1.0, \"B\": \"has plain in it\"}\r\n}";

#[test]
fn an_entry_is_readable_without_its_secrets() {
    let apart = original(ENTRY).take_apart(&[&secret("plain")]);
    assert_eq!(apart.kind, OriginalKind::Value);
    assert_eq!(
        apart.readable,
        "{\r\n\t\"command\" : \"node\", \"args\": [\"--token=<secret 1>\", \"<secret 2>\"],\r\n\
         \t\"env\": {\"ZOOM_CLIENT_SECRET\": \"<secret 3>\", \"A\": \"b\", \"T\\u004fKEN\": \"\", \"<secret 4>\": 1.0, \"B\": \"<secret 5>\"}\r\n}"
    );
    let secrets: Vec<_> = apart
        .secrets
        .iter()
        .map(ExposeSecret::expose_secret)
        .collect();
    assert_eq!(
        secrets,
        [
            "k\\u0031",
            "x <secret 7>",
            "k\\/2",
            "<secret 1>",
            "has plain in it"
        ]
    );
    serde_json::from_str::<Json>(&apart.readable).unwrap();
    assert_eq!(raw(apart.put_together()), ENTRY);
}

#[test]
fn a_variable_is_a_secret_as_a_whole() {
    let apart = original("\"t\\u006fken <secret 1>\"").take_apart(&[]);
    assert_eq!(apart.readable, "\"<secret 1>\"");
    assert_eq!(raw(apart.put_together()), "\"t\\u006fken <secret 1>\"");
    let empty = original("\"\"").take_apart(&[]);
    assert!(empty.secrets.is_empty());
    assert_eq!(raw(empty.put_together()), "\"\"");
}

#[test]
fn what_was_not_there_has_no_text() {
    for absent in [
        Original::EntryAbsent,
        Original::EnvAbsent,
        Original::FileAbsent,
    ] {
        let apart = absent.take_apart(&[]);
        assert_eq!((apart.readable.as_str(), apart.secrets.len()), ("", 0));
        assert_eq!(apart.put_together().unwrap().kind(), absent.kind());
    }
}

#[test]
fn nothing_is_put_together_of_parts_that_do_not_fit() {
    let apart = original(ENTRY).take_apart(&[]);
    let with = |readable: &str, secrets: &[SecretString]| Apart {
        kind: apart.kind,
        readable: readable.to_owned(),
        secrets: secrets.to_vec(),
    };
    let count = apart.secrets.len();
    assert!(
        with(&apart.readable, &apart.secrets[..count - 1])
            .put_together()
            .is_none()
    );
    assert!(
        with(&apart.readable, &vec![secret("\""); count])
            .put_together()
            .is_none()
    );
    assert!(
        with(&apart.readable[1..], &apart.secrets)
            .put_together()
            .is_none()
    );
    assert!(with("", &[]).put_together().is_none());
    for odd in ["<secret 0>", "<secret x>", "<secret 1", "<secret -1>"] {
        let readable = format!("{{\"a\":\"{odd}\"}}");
        assert!(
            with(&readable, &apart.secrets).put_together().is_none(),
            "{odd}"
        );
    }
}

#[test]
fn secrets_are_told_as_a_program_reads_them() {
    let secrets = original(ENTRY).secrets();
    let secrets: Vec<_> = secrets.iter().map(ExposeSecret::expose_secret).collect();
    assert_eq!(secrets, ["k1", "x <secret 7>", "k/2", "<secret 1>"]);
    assert_eq!(original("\"a\\u0062\"").secrets()[0].expose_secret(), "ab");
    assert!(Original::EntryAbsent.secrets().is_empty());
    assert!(relay("zoom").secrets().is_empty());
    assert_eq!(variable("t").secrets()[0].expose_secret(), "t");
}

#[test]
fn nothing_prints_a_secret() {
    let value = original("{\"env\":{\"TOKEN\":\"k-1\"}}");
    let apart = value.take_apart(&[]);
    let printed = format!("{value:?} {apart:?}");
    assert!(!printed.contains("k-1"), "{printed}");
}
