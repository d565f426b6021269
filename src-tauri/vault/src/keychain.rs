//! The keychain of the system, each in its own file behind [`Backend`](crate::backend::Backend).

#[cfg(any(windows, target_os = "macos"))]
mod chosen;
mod items;
#[cfg(any(windows, test))]
mod limit;
#[cfg(target_os = "linux")]
mod linux;
#[cfg(target_os = "macos")]
mod macos;
#[cfg(windows)]
mod windows;

#[cfg(target_os = "linux")]
pub(crate) use linux::Keychain;
#[cfg(target_os = "macos")]
pub(crate) use macos::Keychain;
#[cfg(windows)]
pub(crate) use windows::Keychain;
