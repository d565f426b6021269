use super::Machine;
use crate::locate::running::instance;
use crate::locate::{Doubt, Located, Why};
use crate::platform::Platform;
use crate::process::{Install, Ours, Role, Seen};
use std::path::PathBuf;

const EXE: &str = "/usr/lib/claude-desktop/claude-desktop";
const USUAL: &str = "/home/u/.config/Claude/claude_desktop_config.json";
const OTHER: &str = "/home/u/other/claude_desktop_config.json";

fn package() -> Install {
    Install::LinuxPackage {
        command: "/usr/bin/claude-desktop".to_owned(),
    }
}

#[test]
fn another_profile_beside_the_usual_one_is_left_alone() {
    let machine = Machine::linux()
        .file(USUAL)
        .file(OTHER)
        .runs(package(), Role::Main, None)
        .runs(package(), Role::Main, Some("/home/u/other"));
    assert_eq!(machine.in_use().as_deref(), Some(USUAL));
    let Located::InUse { candidates, .. } = machine.locate() else {
        panic!("not found");
    };
    let other = candidates
        .iter()
        .find(|found| found.why == Why::UserDataDir);
    assert_eq!(other.unwrap().path.as_os_str(), OTHER);
}

#[test]
fn another_profile_alone_is_ambiguous_with_or_without_its_files() {
    for machine in [
        Machine::linux().file(USUAL).file(OTHER),
        Machine::linux().file(USUAL),
        Machine::linux().file(OTHER),
        Machine::linux(),
    ] {
        let machine = machine
            .runs(package(), Role::Main, Some("/home/u/other"))
            .runs(package(), Role::Helper, Some("/home/u/other"))
            .runs(package(), Role::Helper, None);
        assert_eq!(machine.doubt(), Some(Doubt::OtherProfile));
        assert_eq!(machine.candidates(), [USUAL, OTHER]);
        assert_eq!(machine.locate().writable(), None);
    }
}

#[test]
fn the_usual_folder_named_is_no_other_profile() {
    let machine =
        Machine::linux()
            .file(USUAL)
            .runs(package(), Role::Main, Some("/home/u/.config/Claude/"));
    assert_eq!(machine.in_use().as_deref(), Some(USUAL));
}

#[test]
fn a_process_counts_whatever_its_profile_but_only_if_it_is_claudes() {
    let ours = Ours {
        platform: Platform::Linux,
        home: "/home/u".to_owned(),
        local_app_data: String::new(),
        profile: None,
        lock_folders: Vec::new(),
        app_path: None,
        user: Some("1000".to_owned()),
        session: None,
    };
    let see = |exe: &str, user: &str, arguments: &[&str]| {
        let argv: Vec<String> = [&[exe], arguments]
            .concat()
            .into_iter()
            .map(str::to_owned)
            .collect();
        let seen = Seen {
            exe: Some(exe),
            argv: &argv,
            user: Some(user),
            ..Seen::default()
        };
        instance(&seen, &ours).map(|found| (found.role, found.user_data_dir))
    };
    let work = Some(PathBuf::from("/home/u/other"));
    let table: [(&str, &str, &[&str], _); 5] = [
        (EXE, "1000", &[], Some((Role::Main, None))),
        (
            EXE,
            "1000",
            &["--user-data-dir=/home/u/other"],
            Some((Role::Main, work.clone())),
        ),
        (
            EXE,
            "1000",
            &["--type=gpu-process", "--user-data-dir=/home/u/other"],
            Some((Role::Helper, work)),
        ),
        (EXE, "1001", &[], None),
        (
            "/home/u/.local/bin/claude",
            "1000",
            &["--user-data-dir=/x"],
            None,
        ),
    ];
    for (exe, user, arguments, expected) in table {
        assert_eq!(
            see(exe, user, arguments),
            expected,
            "{exe} {user} {arguments:?}"
        );
    }
}
