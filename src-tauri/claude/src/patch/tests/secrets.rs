use super::*;

fn redacted(document: &str, known: &[&str]) -> String {
    let known: Vec<_> = known.iter().map(|text| secret(text)).collect();
    let known: Vec<_> = known.iter().collect();
    String::from_utf8(redact(document.as_bytes(), &known).unwrap()).unwrap()
}

#[test]
fn secrets_are_cut_out_and_all_else_is_kept() {
    // Each `@…@` is a secret.
    let marked = r#"{ "mcpServers": {"z": {"command": "x", "args": ["--api-key", "@k1@", "--token=@k2@", "--port", "80",
  "@postgres://u:k3@h/d@", "--header", "Authorization: @Bearer k7@", "https://h/p?a=b", "@https://h/p?api_key=k8@",
  "X_PAT=@k9@", "@\u0054OKEN=k10@", "a:b", "-t", "@{\"token\":\"k11\"}@"],
  "env": {"ZOOM_CLIENT_SECRET": "@k4@", "zoom_access_token":"@k5@", "MY_KEY": "@k6@", "ZOOM_CLIENT_ID": "id", "TOKEN": "",
    "PLAIN": "@tok-en@", "E": "@esc\u0061ped@", "@tok-en-name@": "v", "DSN": "password=@k12@"},
  "headers": {"Authorization": "@Bearer k13@", "Accept": "json"}, "apiKey": "@k14@", "cwd": "/x"}},
  "preferences": {"authMode": "kept", "copy": "@a tok-en inside@", "home": "@https://u:k15@h@"}, "n": 1.0 }"#;
    let document = marked
        .replace("u:k3@h", "u:k3#h")
        .replace("u:k15@h", "u:k15#h");
    let mut expected = String::new();
    for (index, part) in document.split('@').enumerate() {
        expected.push_str(if index % 2 == 0 { part } else { "<redacted>" });
    }
    let document = document.replace('@', "").replace('#', "@");
    assert_eq!(redacted(&document, &["tok-en", "escaped"]), expected);
}

#[test]
fn a_secret_is_found_however_it_is_spelled() {
    let table: [(&str, &[&str]); 7] = [
        (r"\n tok-en", &["tok-en"]),
        (r"tok\u002den \\", &["tok-en"]),
        (r"tok\u002den \\", &["tok-en", "a/b"]),
        (r#"\"a\/b"#, &["tok-en", "a/b"]),
        ("a/b", &["a/b"]),
        (r"https:\/\/u:p@h", &["tok-en"]),
        (r"https\u003a//u:p@h", &[]),
    ];
    for (secret, known) in table {
        let clean = redacted(
            &format!(r#"{{"preferences":{{"home":"{secret}"}}}}"#),
            known,
        );
        let expected = r#"{"preferences":{"home":"<redacted>"}}"#;
        assert_eq!(clean, expected, "{secret}");
    }
    for harmless in [r"a\u0062", r"tok\\u002den", r"\n tok:en", r"C:\\a\\b"] {
        let document = format!(r#"{{"preferences":{{"home":"{harmless}"}}}}"#);
        assert_eq!(redacted(&document, &["tok-en"]), document);
        assert_eq!(redacted(&document, &["tok-en", "a/b"]), document);
    }
}

#[test]
fn a_document_without_secrets_stays_as_it_is() {
    for document in [
        "",
        " \n",
        "{}",
        r#"{"mcpServers":{"z":{"command":"x","args":["-y","pkg@1.0"]}}}"#,
    ] {
        assert_eq!(redacted(document, &["", "absent"]), document);
    }
}

#[test]
fn names_that_sound_secret() {
    for name in [
        "ZOOM_ACCESS_TOKEN",
        "client-secret",
        "API_KEY",
        "GITHUB_PAT",
        "Authorization",
    ] {
        assert!(sounds_secret(name), "{name}");
    }
    for name in [
        "ZOOM_ACCOUNT_ID",
        "PATH",
        "KEYBOARD",
        "PORT",
        "ZOOM_CLIENT_ID",
    ] {
        assert!(!sounds_secret(name), "{name}");
    }
}
