use crate::{keychain, said};
use black_box_tests::{Home, Zoom};
use desktop_session::Keyring;

#[test]
fn without_a_session_bus() {
    let zoom = Zoom::start();
    let home = keychain::on_bus(&zoom, "unix:path=/nonexistent/bus");
    is_named(&home, "no session bus");
    assert_eq!(
        zoom.token_requests(),
        0,
        "nothing is asked that could not be kept"
    );
}

#[test]
fn with_a_bus_on_which_nobody_keeps_secrets() {
    let zoom = Zoom::start();
    let session = keychain::session(Keyring::Absent);
    let home = keychain::home(&zoom, &session);
    is_named(&home, "no keychain service");
}

fn is_named(home: &Home, subject: &str) {
    let added = home.add_account();
    assert_eq!((added.code, added.out.as_str()), (Some(1), ""));
    said(home, subject, &added.err);
    assert_eq!(home.ctl(&["accounts", "list"]).out, "");
    let secret = fake_zoom::App::default().client_secret;
    assert!(
        home.files_with(&secret).is_empty(),
        "never plain text silently"
    );
}
