//! What an organisation or an app container imposes on this process, read by each platform's own
//! means. What a value means is decided here.

#[cfg(target_os = "macos")]
#[path = "macos.rs"]
mod platform;
#[cfg(windows)]
#[path = "windows.rs"]
mod platform;
#[cfg(not(any(target_os = "macos", windows)))]
#[path = "none.rs"]
mod platform;

pub(super) use platform::container;

/// The setting by which an organisation turns servers of the config off.
#[cfg(any(target_os = "macos", windows))]
const SETTING: &str = "isLocalDevMcpEnabled";

/// Whether an organisation forbids servers of the config.
pub(super) fn servers_forbidden() -> bool {
    platform::values().iter().any(|value| is_off(value))
}

/// Whether the text of a setting says no: a number, a word of a preference list or of a policy.
fn is_off(value: &str) -> bool {
    matches!(
        value.trim().to_ascii_lowercase().as_str(),
        "0" | "false" | "no" | "disabled"
    )
}

#[cfg(test)]
mod tests {
    use super::{container, is_off};

    #[test]
    fn a_program_that_nobody_packed_is_in_no_container() {
        assert_eq!(container(), None);
    }

    #[test]
    fn a_setting_is_off_in_every_spelling_of_no() {
        for off in ["0", "0\n", "false", "False", "NO", "disabled"] {
            assert!(is_off(off), "{off:?}");
        }
        for on in ["1", "true", "YES", "", "00 1", "null"] {
            assert!(!is_off(on), "{on:?}");
        }
    }
}
