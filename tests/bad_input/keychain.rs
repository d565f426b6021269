//! A home whose keychain is that of a private session.

use black_box_tests::{Home, Zoom};
use desktop_session::{DesktopSession, Keyring, Panel, SessionOptions};

/// A session with this keychain and without a panel.
pub fn session(keyring: Keyring) -> DesktopSession {
    let options = SessionOptions {
        panel: Panel::Absent,
        keyring,
        ..SessionOptions::default()
    };
    DesktopSession::start(&options).unwrap()
}

/// A home in it.
pub fn home(zoom: &Zoom, session: &DesktopSession) -> Home {
    let bus = &session.environment()[std::ffi::OsStr::new("DBUS_SESSION_BUS_ADDRESS")];
    on_bus(zoom, bus.to_str().unwrap())
}

/// A home with the keychain of the bus at this address.
pub fn on_bus(zoom: &Zoom, address: &str) -> Home {
    let mut home = Home::new(zoom);
    home.set("ZOOMTRAY_VAULT", "keychain");
    home.set("DBUS_SESSION_BUS_ADDRESS", address);
    home
}
