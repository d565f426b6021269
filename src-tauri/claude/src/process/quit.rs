//! How Claude Desktop is asked to quit on each platform. Pure.

use super::identify::Install;
use crate::platform::Platform;

/// The bundle id of Claude Desktop on macOS.
pub const BUNDLE_ID: &str = "com.anthropic.claudefordesktop";

/// The way to ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QuitBy {
    /// SIGTERM to the main process: a clean quit there.
    Signal,
    /// The quit Apple event by bundle id; SIGTERM if that is refused or does nothing.
    AppleEvent,
    /// Closing its window only hides it and ending it by force can keep it from starting
    /// again until the computer does: only the user can.
    AskUser,
}

/// The way to ask the Claude of `install` on `platform`.
///
/// An executable named by `CLAUDE_APP_PATH` may not answer to the bundle id.
#[must_use]
pub fn quit_by(platform: Platform, install: &Install) -> QuitBy {
    match (platform, install) {
        (Platform::Windows, _) => QuitBy::AskUser,
        (Platform::MacOs, Install::MacApp { .. }) => QuitBy::AppleEvent,
        (Platform::MacOs | Platform::Linux, _) => QuitBy::Signal,
    }
}
