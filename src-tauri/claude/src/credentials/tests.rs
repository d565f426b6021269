use super::*;
use crate::patch::Refusal;
use secrecy::ExposeSecret;

/// What was found, without the secrecy.
fn shown(found: &[Found]) -> Vec<String> {
    let secret = |secret: &ClearText| {
        format!(
            "{}={} {:?}",
            secret.name.variable(),
            secret.value.expose_secret(),
            secret.place
        )
    };
    found
        .iter()
        .map(|found| {
            let secrets: Vec<String> = found.secrets.iter().map(secret).collect();
            format!(
                "{}: {} [{} {}]",
                found.entry.as_deref().unwrap_or("-"),
                secrets.join(", "),
                found.account_id.as_deref().unwrap_or("-"),
                found.client_id.as_deref().unwrap_or("-")
            )
        })
        .collect()
}

fn config(entry: &str) -> String {
    format!(r#"{{"mcpServers": {{"zoom": {entry}, "other": {{"command": "x"}}}}}}"#)
}

#[test]
fn secrets_are_found_wherever_an_entry_may_hold_them() {
    let table = [
        (
            r#"{"command": "x", "env": {"ZOOM_ACCOUNT_ID": "a", "ZOOM_CLIENT_ID": "c", "ZOOM_CLIENT_SECRET": "s"}}"#,
            "zoom: ZOOM_CLIENT_SECRET=s Variable [a c]",
        ),
        (
            r#"{"env": {"ZOOM_ACCESS_TOKEN": "t", "ZOOM_REFRESH_TOKEN": "r"}}"#,
            "zoom: ZOOM_ACCESS_TOKEN=t Variable, ZOOM_REFRESH_TOKEN=r Variable [- -]",
        ),
        (
            r#"{"args": ["x.js", "--client-secret=s", "--account-id", "a", "--zoom-client-id=c"]}"#,
            "zoom: ZOOM_CLIENT_SECRET=s Argument [a c]",
        ),
        (
            r#"{"args": ["run", "-e", "ZOOM_CLIENT_SECRET=s", "--env=ZOOM_CLIENT_ID=c", "img", "--token", "t"]}"#,
            "zoom: ZOOM_CLIENT_SECRET=s Argument, ZOOM_ACCESS_TOKEN=t Argument [- c]",
        ),
        (
            r#"{"command": "env", "args": ["ZOOM_REFRESH_TOKEN=r", 7, "npx"]}"#,
            "zoom: ZOOM_REFRESH_TOKEN=r Argument [- -]",
        ),
    ];
    for (entry, expected) in table {
        let found = scan(config(entry).as_bytes()).unwrap();
        assert_eq!(shown(&found), [expected], "{entry}");
    }
}

#[test]
fn what_is_no_secret_is_not_found() {
    for entry in [
        r#"{"command": "x"}"#,
        r#"{"env": {"ZOOM_CLIENT_SECRET": ""}}"#,
        r#"{"env": {"ZOOM_CLIENT_SECRET": "${ZOOM_CLIENT_SECRET}"}}"#,
        r#"{"env": {"ZOOM_CLIENT_SECRET": "your_client_secret"}}"#,
        r#"{"env": {"ZOOM_CLIENT_SECRET": "<redacted>"}}"#,
        r#"{"env": {"ZOOM_CLIENT_SECRET": 7}}"#,
        r#"{"env": {"ZOOM_ACCOUNT_ID": "a", "ZOOM_CLIENT_ID": "c"}}"#,
        r#"{"args": ["--client-secret", "--other"]}"#,
        r#"{"args": ["--client-secret"]}"#,
        r#"{"env": []}"#,
        "7",
    ] {
        let found = scan(config(entry).as_bytes()).unwrap();
        assert!(found.is_empty(), "{entry}: {:?}", shown(&found));
    }
}

#[test]
fn a_flag_of_another_programs_is_not_taken_for_zooms() {
    let other = r#"{"mcpServers": {"github": {"command": "gh", "args": ["--token", "t"]}}}"#;
    assert!(scan(other.as_bytes()).unwrap().is_empty());
    let zooms = other.replace("gh\"", "zoom-mcp\"");
    assert_eq!(scan(zooms.as_bytes()).unwrap().len(), 1);
}

#[test]
fn a_config_that_is_not_read_is_not_scanned() {
    assert!(matches!(scan(b"\xEF\xBB\xBF{}"), Err(Refusal::Bom)));
    assert!(scan(b"{\"a\": 1,}").is_err());
    assert!(scan(b"").unwrap().is_empty());
}

#[test]
fn all_three_credentials_make_an_account() {
    let entry =
        r#"{"env": {"ZOOM_ACCOUNT_ID": "a", "ZOOM_CLIENT_ID": "c", "ZOOM_CLIENT_SECRET": "s"}}"#;
    let found = scan(config(entry).as_bytes()).unwrap();
    let account = found[0].server_to_server().unwrap();
    assert_eq!(account.client_secret.expose_secret(), "s");
    let partial = r#"{"env": {"ZOOM_CLIENT_ID": "c", "ZOOM_CLIENT_SECRET": "s"}}"#;
    let found = scan(config(partial).as_bytes()).unwrap();
    assert!(found[0].server_to_server().is_none());
}

/// The entry once everything that was found in it is cut out.
fn after_cut(entry: &str) -> String {
    let before = config(entry);
    let found = scan(before.as_bytes()).unwrap();
    let wanted = Cut {
        server: "zoom".to_owned(),
        secrets: found[0].secrets.clone(),
    };
    let CutOutcome::Changed { bytes } = cut(before.as_bytes(), &wanted) else {
        panic!("{entry}: nothing was cut");
    };
    let after = String::from_utf8(bytes.expose_secret().to_vec()).unwrap();
    let (head, tail) = before.split_once(entry).unwrap();
    let inside = after
        .strip_prefix(head)
        .and_then(|rest| rest.strip_suffix(tail));
    inside.expect("bytes outside the entry changed").to_owned()
}

#[test]
fn a_cut_takes_the_secret_its_flag_and_one_comma() {
    let table = [
        (
            r#"{"env": {"A": "1", "ZOOM_CLIENT_SECRET": "s", "B": "2"}}"#,
            r#"{"env": {"A": "1", "B": "2"}}"#,
        ),
        (
            "{\"env\": {\r\n\t\"ZOOM_CLIENT_SECRET\": \"s\",\r\n\t\"B\" : 1.0\r\n}}",
            "{\"env\": {\r\n\t\"B\" : 1.0\r\n}}",
        ),
        (
            r#"{"env": {"ZOOM_CLIENT_SECRET": "s", "ZOOM_ACCESS_TOKEN": "t", "B": "2", "ZOOM_REFRESH_TOKEN": "r"}}"#,
            r#"{"env": {"B": "2"}}"#,
        ),
        (
            r#"{"env": { "ZOOM_CLIENT_SECRET": "s" }}"#,
            r#"{"env": { }}"#,
        ),
        (
            r#"{"args": ["a", "--client-secret", "s", "b"], "env": {"ZOOM_ACCESS_TOKEN": "t"}}"#,
            r#"{"args": ["a", "b"], "env": {}}"#,
        ),
        (
            r#"{"args": ["-e", "ZOOM_CLIENT_SECRET=s", "-e", "ZOOM_CLIENT_ID=c"]}"#,
            r#"{"args": ["-e", "ZOOM_CLIENT_ID=c"]}"#,
        ),
        (
            r#"{"args": ["--zoom-token=t", "--zoom-client-secret=s"]}"#,
            r#"{"args": ["--zoom-token=t"]}"#,
        ),
        (
            r#"{"args": ["x", "ZOOM_CLIENT_SECRET=s"]}"#,
            r#"{"args": ["x"]}"#,
        ),
    ];
    for (before, after) in table {
        assert_eq!(after_cut(before), after, "{before}");
        serde_json::from_str::<serde_json::Value>(&config(after)).unwrap();
    }
}

#[test]
fn a_value_that_changed_meanwhile_stays() {
    let before = config(r#"{"env": {"ZOOM_CLIENT_SECRET": "s"}}"#);
    let secrets = scan(before.as_bytes()).unwrap().remove(0).secrets;
    let wanted = |server: &str| Cut {
        server: server.to_owned(),
        secrets: secrets.clone(),
    };
    let changed = before.replace("\"s\"", "\"s2\"");
    let renamed = wanted("other");
    for (bytes, wanted) in [(&changed, &wanted("zoom")), (&before, &renamed)] {
        assert!(matches!(
            cut(bytes.as_bytes(), wanted),
            CutOutcome::NotThere
        ));
    }
    assert!(matches!(cut(b"", &renamed), CutOutcome::NotThere));
}

#[test]
fn an_entry_of_an_extension_is_not_cut() {
    let before = config(r#"{"extensionId": "e", "env": {"ZOOM_CLIENT_SECRET": "s"}}"#);
    let found = scan(before.as_bytes()).unwrap().remove(0);
    assert!(found.owned_by_extension);
    let wanted = Cut {
        server: "zoom".to_owned(),
        secrets: found.secrets,
    };
    let outcome = cut(before.as_bytes(), &wanted);
    assert!(matches!(
        outcome,
        CutOutcome::Refused(Refusal::OwnedByExtension { .. })
    ));
}

#[test]
fn an_env_file_is_read_and_cut_by_lines() {
    let before = "# mine\r\nexport ZOOM_CLIENT_SECRET='s s'\r\nA=1\r\nZOOM_ACCOUNT_ID=a\r\nZOOM_CLIENT_ID=c\r\nZOOM_REFRESH_TOKEN=r";
    let found = scan_env_file(before.as_bytes()).unwrap().unwrap();
    assert_eq!(
        shown(std::slice::from_ref(&found)),
        ["-: ZOOM_CLIENT_SECRET=s s Variable, ZOOM_REFRESH_TOKEN=r Variable [a c]"]
    );
    let after = cut_env_file(before.as_bytes(), &[SecretName::ClientSecret]).unwrap();
    assert_eq!(
        String::from_utf8(after).unwrap(),
        before.replace("export ZOOM_CLIENT_SECRET='s s'\r\n", "")
    );
    assert!(
        scan_env_file(b"A=1\n# ZOOM_CLIENT_SECRET=s\n")
            .unwrap()
            .is_none()
    );
}

#[test]
fn a_byte_order_mark_of_an_env_file_stays() {
    let before = b"\xEF\xBB\xBFZOOM_CLIENT_SECRET=s\nA=1\n";
    let after = cut_env_file(before, &[SecretName::ClientSecret]).unwrap();
    assert_eq!(after, b"\xEF\xBB\xBFA=1\n");
}

#[test]
fn an_env_file_that_cannot_be_read_is_named_by_line_without_the_line() {
    let error = scan_env_file(b"A=1\nZOOM_CLIENT_SECRET='planted\n").unwrap_err();
    assert!(matches!(error, EnvFileError::Line { .. }));
    assert!(!error.to_string().contains("planted"), "{error}");
    assert!(matches!(
        scan_env_file(b"\xFF\xFE"),
        Err(EnvFileError::NotText)
    ));
}

#[test]
fn a_value_over_several_lines_is_not_cut() {
    let before = b"ZOOM_CLIENT_SECRET=\"one\ntwo\"\nA=1\n";
    let outcome = cut_env_file(before, &[SecretName::ClientSecret]);
    assert!(
        matches!(outcome, Err(EnvFileError::SeveralLines { .. })),
        "{outcome:?}"
    );
}

#[test]
fn a_mask_shows_the_end_of_a_long_secret_only() {
    let table = [
        ("0123456789abcdefghijklmnopqrwxyz", "…wxyz (32 characters)"),
        ("0123456789abcdef", "…cdef (16 characters)"),
        ("short-secret", "(12 characters)"),
        ("", "(0 characters)"),
    ];
    for (secret, masked) in table {
        assert_eq!(mask(&secret.to_owned().into()), masked);
    }
}
