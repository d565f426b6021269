use base64::Engine;
use base64::prelude::{BASE64_STANDARD, BASE64_STANDARD_NO_PAD};
use black_box_tests::{Home, Mcp, Zoom};
use fake_zoom::{App, Config};
use std::io::BufRead;
use std::process::Stdio;

/// With signs that URLs and base64 write otherwise.
const SECRET: &str = "Planted/Secret+0123456789&abc=";

#[test]
fn after_a_whole_run_and_during_it() {
    let app = App {
        client_secret: SECRET.to_owned(),
        ..App::default()
    };
    let config = Config {
        apps: vec![app.clone()],
        ..Config::default()
    };
    let zoom = Zoom::with(config);
    let mut home = Home::new(&zoom);
    home.set("ZOOMTRAY_LOG", "trace");
    assert_eq!(home.add_account_of(&app, SECRET).code, Some(0));
    home.remember_attempts(&app, "{}");
    let tokens = run(&home);
    assert_eq!(zoom.token_requests(), 2, "it was a whole run");
    for needle in tokens
        .iter()
        .flat_map(|token| forms(token))
        .chain(secret_forms(&app))
    {
        let files = home.files_outside_the_vault_with(&needle);
        assert!(files.is_empty(), "{needle} is in {files:?}");
    }
}

/// Every command, with its output kept in the home; returns the tokens that there were.
fn run(home: &Home) -> Vec<String> {
    let log = |name: &str| {
        Stdio::from(std::fs::File::from(
            fs_err::File::create(home.path().join(name)).unwrap(),
        ))
    };
    let mut command = home.command("zoomtrayctl");
    command
        .arg("watch")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(log("watch.log"));
    let mut watch = command.spawn().unwrap();
    let mut lines = std::io::BufReader::new(watch.stdout.take().unwrap()).lines();
    let mut seen = String::new();
    while !seen.contains('✅') {
        seen.push_str(&lines.next().unwrap().unwrap());
    }
    let mut server = Mcp::open(home);
    let first = home.ctl(&["token"]).out;
    let mut said = String::new();
    for tool in [
        "test_zoom_connection",
        "zoom_refresh_token",
        "zoom_token_status",
        "list_meetings",
        "zoom_list_recordings",
        "get_meeting",
    ] {
        server.call(tool);
    }
    let recorded = serde_json::json!({"meeting_id": "6840331990"});
    let transcript = server.call_with("zoom_get_meeting_transcript", &recorded);
    assert_eq!(transcript["isError"], false, "{transcript}");
    let second = home.ctl(&["token"]).out;
    for arguments in [
        &["status"][..],
        &["status", "--json"],
        &["doctor"],
        &["check", "-v"],
        &["accounts", "list"],
    ] {
        let finished = home.ctl(arguments);
        said.push_str(&finished.out);
        said.push_str(&finished.err);
    }
    let tokens = vec![first.trim().to_owned(), second.trim().to_owned()];
    not_in_any_command_line(&tokens);
    let closed = server.close();
    watch.kill().unwrap();
    watch.wait().unwrap();
    seen.extend(lines.map(Result::unwrap));
    fs_err::write(
        home.path().join("said"),
        said + &seen + &closed.frames + &closed.err,
    )
    .unwrap();
    tokens
}

/// While everything runs.
fn not_in_any_command_line(tokens: &[String]) {
    let processes = fs_err::read_dir("/proc").unwrap().flatten();
    let lines = processes.filter_map(|process| fs_err::read(process.path().join("cmdline")).ok());
    let lines: Vec<String> = lines
        .map(|line| String::from_utf8_lossy(&line).into_owned())
        .collect();
    assert!(
        lines.iter().any(|line| line.contains("zoomtrayctl\0watch")),
        "ours are among them"
    );
    // A token's first letters are those of every JWT; no other secret begins as ours does.
    for needle in tokens.iter().map(String::as_str).chain([&SECRET[..10]]) {
        let found = lines.iter().find(|line| line.contains(needle));
        assert_eq!(found, None, "{needle}");
    }
}

/// As it is, in base64, in a URL, and its beginning.
fn forms(secret: &str) -> Vec<String> {
    let mut forms = vec![secret.to_owned(), secret[..10].to_owned()];
    forms.push(BASE64_STANDARD_NO_PAD.encode(secret));
    let encoded = |byte: u8| match byte {
        b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' => {
            char::from(byte).to_string()
        }
        _ => format!("%{byte:02X}"),
    };
    forms.push(secret.bytes().map(encoded).collect());
    forms
}

/// Also as the header of the token request has it.
fn secret_forms(app: &App) -> Vec<String> {
    let mut all = forms(SECRET);
    all.push(BASE64_STANDARD.encode(format!("{}:{SECRET}", app.client_id)));
    all
}
