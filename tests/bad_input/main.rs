//! What users get for input that cannot be used, one kind a file. Every line that they read
//! stands in `lines.txt`.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod a_clock_that_is_hours_off;
mod a_config_that_is_not_json;
mod a_config_that_is_not_there;
#[cfg(target_os = "linux")]
mod a_keychain_item_of_another_version;
#[cfg(target_os = "linux")]
mod a_locked_keychain;
mod a_proxy_that_answers_html;
mod a_scope_is_missing;
mod a_second_keeper;
#[cfg(unix)]
mod a_socket_file_left_by_a_crash;
mod a_variable_that_is_no_number;
mod an_unknown_account_id;
mod claude_desktop_is_not_installed;
mod no_account_at_all;
#[cfg(target_os = "linux")]
mod no_keychain_service;
mod no_network;
mod settings_that_cannot_be_read;
mod the_wrong_secret;

#[cfg(target_os = "linux")]
mod keychain;

use black_box_tests::{Home, golden_line, places_cut, times_cut};
use std::net::TcpListener;

/// Compares what was said of `subject`, on one line.
fn said(home: &Home, subject: &str, text: &str) {
    let text = times_cut(&places_cut(text.trim(), home.path()));
    golden_line("bad_input/lines.txt", subject, &text.replace('\n', " / "));
}

/// An address on loopback where nobody listens.
fn closed_port() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.local_addr().unwrap().to_string()
}
