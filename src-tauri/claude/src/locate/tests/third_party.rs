//! Third-party mode: which of the two siblings is read.

use super::Machine;
use crate::locate::{Doubt, Located, Why};
use crate::process::{Install, Role};

/// A machine of each platform, with its usual file and the sibling's.
fn machines() -> [(Machine, &'static str, &'static str); 3] {
    [
        (
            Machine::linux(),
            "/home/u/.config/Claude/claude_desktop_config.json",
            "/home/u/.config/Claude-3p/claude_desktop_config.json",
        ),
        (
            Machine::mac(),
            "/Users/u/Library/Application Support/Claude/claude_desktop_config.json",
            "/Users/u/Library/Application Support/Claude-3p/claude_desktop_config.json",
        ),
        (
            Machine::windows(),
            r"C:\Users\u\AppData\Roaming\Claude\claude_desktop_config.json",
            r"C:\Users\u\AppData\Local\Claude-3p\claude_desktop_config.json",
        ),
    ]
}

const ON: &str = r#"{"deploymentMode": "3p", "mcpServers": {}}"#;
const OFF: &str = r#"{"deploymentMode": "1p"}"#;
const UNSAID: &str = r#"{"mcpServers": {}}"#;

/// What is decided.
#[derive(Debug, PartialEq)]
enum Read {
    Usual,
    Sibling,
    Doubtful,
    Nothing,
}

fn read(machine: &Machine, usual: &str, sibling: &str) -> Read {
    match machine.locate() {
        Located::InUse { path, .. } if path.as_os_str() == usual => Read::Usual,
        Located::InUse { path, why, .. } => {
            assert_eq!((path.as_os_str(), why), (sibling.as_ref(), Why::ThirdParty));
            Read::Sibling
        }
        Located::Ambiguous { doubt, candidates } => {
            assert_eq!((doubt, candidates.len()), (Doubt::ThirdParty, 2));
            Read::Doubtful
        }
        Located::Missing { .. } => Read::Nothing,
    }
}

#[test]
fn the_config_says_which_mode_is_on() {
    let table = [
        (Some(UNSAID), None, Read::Usual),
        (Some(OFF), Some(ON), Read::Usual),
        (Some(ON), Some(ON), Read::Sibling),
        (Some(ON), Some(UNSAID), Read::Sibling),
        (Some(UNSAID), Some(UNSAID), Read::Usual),
        (Some(UNSAID), Some(ON), Read::Doubtful),
        (Some("not JSON"), Some(ON), Read::Doubtful),
        (Some("\u{feff}{}"), Some(OFF), Read::Usual),
        (None, Some(ON), Read::Sibling),
        (None, Some(UNSAID), Read::Doubtful),
        (None, Some(OFF), Read::Nothing),
        (Some(ON), None, Read::Nothing),
    ];
    for (first, second, expected) in table {
        for (mut machine, usual, sibling) in machines() {
            if let Some(text) = first {
                machine = machine.holding(usual, text);
            }
            if let Some(text) = second {
                machine = machine.holding(sibling, text);
            }
            assert_eq!(
                read(&machine, usual, sibling),
                expected,
                "{:?}: {first:?} {second:?}",
                machine.platform
            );
        }
    }
}

#[test]
fn the_folder_that_a_running_claude_names_says_which_mode_is_on() {
    let package = Install::LinuxPackage {
        command: "/usr/bin/claude-desktop".to_owned(),
    };
    for (machine, usual, sibling) in machines() {
        let folder = |file: &str| file.replace("claude_desktop_config.json", "");
        let machine = machine.holding(usual, UNSAID).holding(sibling, ON).runs(
            package.clone(),
            Role::Helper,
            Some(&folder(sibling)),
        );
        assert_eq!(read(&machine, usual, sibling), Read::Sibling);
        let machine = machine.runs(package.clone(), Role::Helper, Some(&folder(usual)));
        assert_eq!(read(&machine, usual, sibling), Read::Doubtful);
    }
}
