use crate::stage::{AFTER_COOLDOWN, SOON, Stage, wait_for_state};
use desktop_session::Panel;

#[test]
fn from_no_account_to_a_refreshed_token() {
    let stage = Stage::new(Panel::WithTray);
    stage.zoom.fake.set_lifetime(3600);
    let (_app, item) = stage.start_app();
    let menu = wait_for_state(&item, "No account", SOON);
    let fixed = [
        "Reconnect",
        "Copy token",
        "Start at login",
        "Open Zoomtray…",
        "Quit",
    ];
    for line in fixed {
        assert!(
            menu.iter().any(|known| known == line),
            "{line} is missing in {menu:?}"
        );
    }
    let empty = fs_err::read(item.icon().unwrap()).unwrap();

    stage.add_account();
    wait_for_state(&item, "Fresh · 59 min, until ", SOON);
    let fresh = fs_err::read(item.icon().unwrap()).unwrap();
    assert_ne!(fresh, empty, "the icon was drawn anew");
    assert_eq!(item.label().unwrap(), "59m");
    let ours = |item: &desktop_session::KeychainItem| {
        item.attributes
            .get("service")
            .is_some_and(|service| service.starts_with("zoomtray"))
    };
    stage.desktop.keychain().wait_for_item(SOON, ours).unwrap();
    stage.picture("fresh");

    // A shorter life shows that the countdown follows the token, not the first picture.
    stage.zoom.fake.set_lifetime(120);
    item.menu().unwrap().press("Refresh now").unwrap();
    wait_for_state(&item, "Waiting", SOON);
    assert_eq!(stage.zoom.token_requests(), 1, "the cooldown holds");
    wait_for_state(&item, "Fresh · 1 min, until ", AFTER_COOLDOWN);
    assert_eq!(stage.zoom.token_requests(), 2, "one press is one request");
}
