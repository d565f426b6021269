use super::Machine;
use crate::locate::{Located, Why};
use crate::process::Install;

const FILE: &str = "/Users/u/Library/Application Support/Claude/claude_desktop_config.json";
const FOLDER: &str = "/Users/u/Library/Application Support/Claude";

#[test]
fn there_is_one_place() {
    let located = Machine::mac().file(FILE).locate();
    let Located::InUse { path, why, .. } = located else {
        panic!("{located:?}");
    };
    assert_eq!(path.as_os_str(), FILE);
    assert_eq!(why, Why::MacOs);
}

#[test]
fn a_new_one_may_be_made_where_its_folder_is() {
    let with_folder = Machine::mac().folder(FOLDER).locate();
    assert_eq!(with_folder.writable().unwrap().as_os_str(), FILE);
    assert_eq!(with_folder.in_use(), None);
    let without = Machine::mac().locate();
    assert_eq!(without.writable(), None);
    assert!(without.refusal().unwrap().contains(FILE));
}

#[test]
fn bundles_are_installs() {
    let machine = Machine::mac()
        .folder("/Applications/Claude.app")
        .folder("/Users/u/Applications/Claude.app");
    let bundle = |path: &str| Install::MacApp {
        bundle: path.to_owned(),
    };
    assert_eq!(
        machine.installs(),
        [
            bundle("/Applications/Claude.app"),
            bundle("/Users/u/Applications/Claude.app")
        ]
    );
}
