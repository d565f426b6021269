use super::*;

const LINUX: &str = "/usr/lib/claude-desktop/claude-desktop";
const WINDOWS: &str =
    r"C:\Program Files\WindowsApps\Claude_1.2.0.0_x64__pzs8sxrjxfjjc\app\Claude.exe";
const MAC: &str = "/Applications/Claude.app/Contents/MacOS/Claude";

#[test]
fn only_this_users_processes_of_this_session_count() {
    use Platform::{Linux, MacOs, Windows};
    let system = Some("S-1-5-18");
    let table = [
        (Linux, None, Some(USER), None, "unreadable"),
        (Linux, Some(""), Some(USER), None, "unreadable"),
        (Linux, Some(" (deleted)"), Some(USER), None, "unreadable"),
        (Linux, Some(LINUX), Some("1001"), None, "other user"),
        (Linux, Some(LINUX), Some("0"), None, "other user"),
        (Linux, Some(LINUX), None, None, "other user"),
        // A session is a terminal's there.
        (Linux, Some(LINUX), Some(USER), Some(7), "main"),
        (MacOs, Some(MAC), Some("502"), None, "other user"),
        (MacOs, Some(MAC), Some(USER), None, "main"),
        (Windows, Some(WINDOWS), Some(USER), Some(2), "other session"),
        (Windows, Some(WINDOWS), Some(USER), None, "other session"),
        (Windows, Some(WINDOWS), system, Some(0), "other user"),
        (Windows, Some(WINDOWS), Some(USER), Some(1), "main"),
    ];
    for (platform, exe, user, session, expected) in table {
        let argv = vec!["claude".to_owned()];
        let seen = Seen {
            exe,
            argv: &argv,
            user,
            session,
            ..Seen::default()
        };
        let verdict = short(&identify(&seen, &ours(platform)));
        assert_eq!(verdict, expected, "{platform:?} {seen:?}");
    }
}

#[test]
fn without_an_own_user_nothing_counts() {
    let mut ours = ours(Platform::Linux);
    ours.user = None;
    let argv = vec!["x".to_owned()];
    let seen = Seen {
        exe: Some(LINUX),
        argv: &argv,
        ..Seen::default()
    };
    assert_eq!(short(&identify(&seen, &ours)), "other user");
}

#[test]
fn unreadable_arguments_make_a_helper_that_is_never_asked_to_quit() {
    let seen = Seen {
        exe: Some(LINUX),
        user: Some(USER),
        ..Seen::default()
    };
    assert_eq!(short(&identify(&seen, &ours(Platform::Linux))), "helper");
}

#[test]
fn a_named_executable_is_the_only_claude_and_of_any_profile_without_a_switch() {
    let table = [
        (Platform::Linux, "/opt/c/claude-desktop", LINUX),
        (
            Platform::MacOs,
            "/opt/Claude.app/Contents/MacOS/Claude",
            MAC,
        ),
        (Platform::Windows, r"D:\c\Claude.exe", WINDOWS),
    ];
    for (platform, named, installed) in table {
        let mut ours = ours(platform);
        ours.app_path = Some(named.to_owned());
        ours.profile = Some("/somewhere".to_owned());
        assert_eq!(judge(&ours, named, &[]), "main", "{platform:?}");
        assert_eq!(
            judge(&ours, named, &["--type=gpu"]),
            "helper",
            "{platform:?}"
        );
        let other = ["--user-data-dir=/elsewhere"];
        assert_eq!(judge(&ours, named, &other), "other profile", "{platform:?}");
        assert_eq!(
            judge(&ours, installed, &[]),
            "other program",
            "{platform:?}"
        );
    }
}

#[test]
fn without_a_known_config_only_the_usual_profile_counts() {
    let mut ours = ours(Platform::Linux);
    ours.profile = None;
    assert_eq!(judge(&ours, LINUX, &[]), "main");
    let other = ["--user-data-dir=/home/u/work"];
    assert_eq!(judge(&ours, LINUX, &other), "other profile");
}
