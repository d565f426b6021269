use crate::{keychain, said};
use black_box_tests::{Home, Zoom};
use desktop_session::{DesktopSession, Keyring};
use fake_zoom::App;
use std::io::Write;
use std::process::Stdio;

const NEWER: &str = r#"{"version":2,"generation":1,"cipher":"x"}"#;

#[test]
fn is_told_from_a_damaged_one_and_left_alone() {
    let zoom = Zoom::start();
    let session = keychain::session(Keyring::Unlocked);
    let home = keychain::home(&zoom, &session);
    assert_eq!(home.add_account().code, Some(0));
    replace_every_item(&session);
    home.remember_attempts(&App::default(), "{}");
    is_said(&home, "keychain item of another version");
    assert_eq!(zoom.token_requests(), 1, "that of `accounts add`");
    let keychain = session.keychain();
    for item in keychain.items().unwrap() {
        assert_eq!(
            keychain.secret(&item).unwrap(),
            NEWER.as_bytes(),
            "{}",
            item.label
        );
    }
}

#[test]
fn also_in_the_file_vault() {
    let zoom = Zoom::start();
    let home = Home::new(&zoom);
    home.add_account();
    home.forget_token(&App::default());
    home.remember_attempts(&App::default(), "{}");
    let secret = home
        .files_with(&App::default().client_secret)
        .pop()
        .unwrap();
    fs_err::write(&secret, NEWER).unwrap();
    is_said(&home, "file of another version");
    assert_eq!(fs_err::read_to_string(secret).unwrap(), NEWER);
}

fn is_said(home: &Home, subject: &str) {
    let token = home.ctl(&["token"]);
    assert_eq!((token.code, token.out.as_str()), (Some(1), ""));
    said(home, subject, &token.err);
}

/// With the tool that every desktop has for it.
fn replace_every_item(session: &DesktopSession) {
    let items = session.keychain().items().unwrap();
    assert!(items.len() >= 2, "client secret and token: {items:?}");
    for item in items {
        let attributes = item
            .attributes
            .iter()
            .flat_map(|(name, value)| [name, value]);
        let attributes: Vec<_> = attributes.collect();
        let mut clear = session.command("secret-tool");
        assert!(
            clear
                .arg("clear")
                .args(&attributes)
                .status()
                .unwrap()
                .success()
        );
        let mut store = session.command("secret-tool");
        store
            .arg("store")
            .arg(format!("--label={}", item.label))
            .args(&attributes);
        let mut child = store.stdin(Stdio::piped()).spawn().unwrap();
        child
            .stdin
            .take()
            .unwrap()
            .write_all(NEWER.as_bytes())
            .unwrap();
        assert!(child.wait().unwrap().success());
    }
}
