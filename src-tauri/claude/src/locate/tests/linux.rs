use super::Machine;
use crate::locate::{Located, Why};
use crate::process::{Install, Role};

const DOTTED: &str = "/home/u/.config/Claude/claude_desktop_config.json";
const MOVED: &str = "/else/Claude/claude_desktop_config.json";
const XDG: &str = "XDG_CONFIG_HOME";

fn package(name: &str) -> Install {
    Install::LinuxPackage {
        command: format!("/usr/bin/{name}"),
    }
}

#[test]
fn an_absolute_xdg_config_home_counts_where_claude_has_a_folder_there() {
    let both = || Machine::linux().file(DOTTED).file(MOVED);
    let table = [
        ("not set", both(), DOTTED),
        ("set", both().env(XDG, "/else"), MOVED),
        ("relative", both().env(XDG, "else"), DOTTED),
        ("empty", both().env(XDG, ""), DOTTED),
        (
            "the default, named",
            both().env(XDG, "/home/u/.config"),
            DOTTED,
        ),
        (
            "set, but Claude was never run there",
            Machine::linux().file(DOTTED).env(XDG, "/else"),
            DOTTED,
        ),
    ];
    for (case, machine, expected) in table {
        assert_eq!(machine.in_use().as_deref(), Some(expected), "{case}");
    }
}

#[test]
fn a_folder_without_a_config_hides_the_other_one() {
    let machine = Machine::linux()
        .file(DOTTED)
        .folder("/else/Claude")
        .env(XDG, "/else");
    assert_eq!(machine.locate().writable().unwrap().as_os_str(), MOVED);
    assert_eq!(machine.candidates(), [MOVED, DOTTED]);
}

#[test]
fn the_folder_that_a_running_claude_names_decides() {
    let both = || Machine::linux().file(DOTTED).file(MOVED).env(XDG, "/else");
    for (folder, expected) in [("/home/u/.config/Claude", DOTTED), ("/else/Claude/", MOVED)] {
        let machine = both()
            .runs(package("claude-desktop"), Role::Main, None)
            .runs(package("claude-desktop"), Role::Helper, Some(folder));
        assert_eq!(machine.in_use().as_deref(), Some(expected), "{folder}");
    }
}

#[test]
fn official_and_unofficial_packages_read_the_same_file() {
    let both = Machine::linux()
        .file("/usr/lib/claude-desktop/claude-desktop")
        .file("/usr/lib/claude-desktop-unofficial/claude-desktop")
        .file(DOTTED);
    assert_eq!(both.in_use().as_deref(), Some(DOTTED));
    assert_eq!(
        both.installs(),
        [
            package("claude-desktop"),
            package("claude-desktop-unofficial")
        ]
    );
    let app_image = Machine::linux()
        .file(DOTTED)
        .runs(Install::LinuxAppImage, Role::Main, None);
    let Located::InUse { why, .. } = app_image.locate() else {
        panic!("an AppImage's config was not found");
    };
    assert_eq!(why, Why::DotConfig);
}
