//! The lock on the profile folder, as Chromium holds it: a program that finds it held ends.

#[cfg_attr(unix, path = "lock_unix.rs")]
#[cfg_attr(windows, path = "lock_windows.rs")]
mod platform;

pub use platform::Lock;

/// Why it was not got.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Held {
    /// Another process has the profile: it is brought to the front instead.
    Running,
    /// The lock is of another computer: nothing happens.
    #[cfg_attr(
        windows,
        expect(dead_code, reason = "a file is always of this computer")
    )]
    Elsewhere,
}
