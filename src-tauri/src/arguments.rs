//! The app's one argument: `--home DIR`, the same as `ZOOMTRAY_HOME`.
//!
//! A login item carries no environment, so it names the home this way. Anything else is left
//! alone: desktops add arguments of their own.

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
}
