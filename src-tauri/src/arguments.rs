//! The app's arguments: `--home DIR`, the same as `ZOOMTRAY_HOME`, and `--background`.
//!
//! A login item carries no environment, so it names the home this way. A relay starts the app in
//! the background: one that finds another running then opens no window of that. Anything else is
//! left alone: desktops add arguments of their own.

use std::ffi::OsString;
use std::path::PathBuf;

/// The argument that names the home.
pub(crate) const HOME: &str = "--home";

/// The home named in `arguments`, if one is.
pub(crate) fn home(arguments: impl IntoIterator<Item = OsString>) -> Option<PathBuf> {
    let mut arguments = arguments.into_iter();
    arguments.find(|argument| argument == HOME)?;
    arguments.next().map(PathBuf::from)
}

/// Who started the app.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Starter {
    /// The user, who wants to see something.
    User,
    /// A program, on its own account.
    Background,
}

/// Who started the app with these arguments.
pub(crate) fn starter(arguments: impl IntoIterator<Item = OsString>) -> Starter {
    let mut arguments = arguments.into_iter();
    if arguments.any(|argument| argument == "--background") {
        Starter::Background
    } else {
        Starter::User
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_home_is_found_among_a_desktops_own_arguments() {
        let home = |arguments: &[&str]| home(arguments.iter().map(OsString::from));
        assert_eq!(
            home(&["zoomtray", "-psn_0_1", "--home", "/h"]),
            Some("/h".into())
        );
        assert_eq!(home(&["zoomtray", "--home"]), None);
        assert_eq!(home(&["zoomtray"]), None);
    }

    #[test]
    fn only_its_own_word_means_the_background() {
        let starter = |arguments: &[&str]| starter(arguments.iter().map(OsString::from));
        let background = ["zoomtray", "--background", "--home", "/h"];
        assert_eq!(starter(&background), Starter::Background);
        assert_eq!(
            starter(&["zoomtray", "--home", "/background"]),
            Starter::User
        );
    }
}
