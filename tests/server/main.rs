//! `zoomtray-mcp` over standard input and output, alone and beside a keeper.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod a_connection_is_proven;
mod a_new_token_is_used_by_a_live_session;
mod a_refresh_brings_a_token_that_nobody_sees;
mod it_opens_before_any_network;
#[cfg(target_os = "linux")]
mod no_secret_is_found_anywhere;

use black_box_tests::{Home, Zoom};
use fake_zoom::{App, Config, Mode};

/// Where every new token kills the last.
fn strict_zoom() -> Zoom {
    Zoom::with(Config {
        mode: Mode::Single,
        ..Config::default()
    })
}

/// A home with an account whose last attempt was long ago.
fn home(zoom: &Zoom) -> Home {
    let home = Home::new(zoom);
    assert_eq!(home.add_account().code, Some(0));
    home.remember_attempts(&App::default(), "{}");
    home
}
