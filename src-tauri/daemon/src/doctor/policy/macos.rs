//! macOS: preferences, as `defaults` reads them with an organisation's put over the user's.

use super::SETTING;
use std::process::{Command, Stdio};

/// Claude Desktop's preferences.
const DOMAIN: &str = "com.anthropic.claudefordesktop";

/// Every value of the setting.
pub(super) fn values() -> Vec<String> {
    let output = Command::new("/usr/bin/defaults")
        .args(["read", DOMAIN, SETTING])
        .stdin(Stdio::null())
        .output();
    match output {
        Ok(output) if output.status.success() => {
            vec![String::from_utf8_lossy(&output.stdout).into_owned()]
        }
        // A setting that is not there is an error of `defaults`.
        _ => Vec::new(),
    }
}

/// The container that this process is in: none that redirects files.
pub(in super::super) fn container() -> Option<String> {
    None
}
