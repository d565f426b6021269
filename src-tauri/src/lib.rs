//! The tray app's shell: icon, menu, window, notifications. Thin: what holds and what is done
//! about it is decided by the keeper; here it is drawn and said.
//!
//! `approval`, `icon`, `menu`, `notify`, `question`, `view` and their words are pure: a snapshot and an instant in, a
//! picture or texts out. The rest puts them on the screen.

pub mod approval;
pub mod clock;
pub mod icon;
pub mod menu;
pub mod minutes;
pub mod notify;
pub mod question;
pub mod restart_steps;
pub mod view;
pub mod words;

mod app;
mod appearance;
mod arguments;
mod clipboard;
mod commands;

#[cfg(target_os = "linux")]
mod desktop;
#[cfg(test)]
mod fixture;
mod frame;
mod keeper;
mod login_item;
mod pulse;
mod sending;
mod shell;
#[cfg(target_os = "linux")]
mod status_host;
mod stop;
mod tray;
mod window;

pub use app::run;
