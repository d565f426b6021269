//! What others want of the program, told by signals.
//!
//! To end: SIGTERM, SIGINT, SIGHUP, SIGQUIT; Ctrl-C on Windows. To write its config, as after a
//! change of a preference: SIGUSR1. To be updated, which ends it unasked: SIGUSR2.

#[cfg_attr(unix, path = "wish_unix.rs")]
#[cfg_attr(windows, path = "wish_windows.rs")]
mod platform;

pub use platform::Wishes;

/// One of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wish {
    /// To end.
    Quit,
    /// To write the config.
    #[cfg_attr(windows, expect(dead_code, reason = "there is no such signal"))]
    Write,
    /// To be replaced by another version.
    #[cfg_attr(windows, expect(dead_code, reason = "there is no such signal"))]
    Update,
}
