//! A desktop of one's own for tests and the demo, made of the real programs: a virtual
//! display, a session bus, a keychain, a notification daemon and a panel that hosts status
//! items.
//!
//! What always holds: nothing of the user's is read or written (private home, folders, bus
//! and keychain), and every process of a [`DesktopSession`] ends with it, or with the
//! process that started it. Waiting is for events on the bus, never for time to pass.
#![cfg(target_os = "linux")]

mod bus;
mod child;
mod display;
mod environment;
mod error;
mod events;
mod keychain;
mod keyring;
mod menu;
mod notifications;
mod panel;
mod session;
mod status_item;
mod sweep;
mod webdriver;

pub use child::SessionChild;
pub use display::Display;
pub use error::SessionError;
pub use events::Events;
pub use keychain::{Keychain, KeychainItem};
pub use keyring::Keyring;
pub use menu::{Menu, MenuItem};
pub use notifications::{Notification, Notifications};
pub use panel::Panel;
pub use session::{DesktopSession, Leftovers, Output, SessionOptions};
pub use status_item::StatusItem;
pub use webdriver::{Element, WindowDriver};
