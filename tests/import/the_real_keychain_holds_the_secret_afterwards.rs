use crate::{config, config_now, config_without_secrets, import, write_config};
use black_box_tests::{Home, Zoom};
use desktop_session::{DesktopSession, Keyring, Panel, SessionOptions};
use fake_zoom::App;

#[test]
fn and_no_file_does() {
    let zoom = Zoom::start();
    let session = DesktopSession::start(&SessionOptions {
        panel: Panel::Absent,
        keyring: Keyring::Unlocked,
        ..SessionOptions::default()
    })
    .unwrap();
    let mut home = Home::new(&zoom);
    let bus = &session.environment()[std::ffi::OsStr::new("DBUS_SESSION_BUS_ADDRESS")];
    home.set("ZOOMTRAY_VAULT", "keychain");
    home.set("DBUS_SESSION_BUS_ADDRESS", bus.to_str().unwrap());
    write_config(&home, &config());
    let moved = import(&home, &["--yes"]);
    assert_eq!(moved.code, Some(0), "{}", moved.err);
    assert_eq!(config_now(&home), config_without_secrets());
    let secret = App::default().client_secret;
    assert!(
        home.files_with(&secret).is_empty(),
        "a file holds the secret"
    );
    let keychain = session.keychain();
    let items = keychain.items().unwrap();
    let holds = |item| {
        let kept = keychain.secret(item).unwrap();
        String::from_utf8_lossy(&kept).contains(&secret)
    };
    assert!(items.iter().any(holds), "the keychain does not hold it");
}
