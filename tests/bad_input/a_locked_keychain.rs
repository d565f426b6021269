use crate::{keychain, said};
use black_box_tests::Zoom;
use desktop_session::Keyring;
use fake_zoom::App;

#[test]
fn is_said_without_a_prompt_and_without_a_request() {
    let zoom = Zoom::start();
    let session = keychain::session(Keyring::Unlocked);
    let home = keychain::home(&zoom, &session);
    assert_eq!(home.add_account().code, Some(0));
    session.keychain().lock().unwrap();
    home.remember_attempts(&App::default(), "{}");
    let record = home.path().join("bus");
    let recorder = session.record_bus(&record).unwrap();
    let token = home.ctl(&["token"]);
    drop(recorder);
    assert_eq!((token.code, token.out.as_str()), (Some(1), ""));
    said(&home, "locked keychain", &token.err);
    assert_eq!(zoom.token_requests(), 1, "that of `accounts add`");
    let bus = fs_err::read(record).unwrap();
    let asked = |word: &str| {
        bus.windows(word.len())
            .any(|window| window == word.as_bytes())
    };
    assert!(
        asked("org.freedesktop.Secret"),
        "the keychain was looked at"
    );
    assert!(!asked("BeginPrompting"), "no dialog was raised");
}
