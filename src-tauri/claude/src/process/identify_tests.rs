use super::*;

const USER: &str = "1000";

fn ours(platform: Platform) -> Ours {
    let (home, profile) = match platform {
        Platform::Linux => ("/home/u", "/home/u/.config/Claude"),
        Platform::MacOs => ("/Users/u", "/Users/u/Library/Application Support/Claude"),
        Platform::Windows => (r"C:\Users\u", r"C:\Users\u\AppData\Roaming\Claude"),
    };
    Ours {
        platform,
        home: home.to_owned(),
        local_app_data: r"C:\Users\u\AppData\Local".to_owned(),
        profile: Some(profile.to_owned()),
        app_path: None,
        user: Some(USER.to_owned()),
        session: Some(1),
    }
}

fn judge(ours: &Ours, exe: &str, arguments: &[&str]) -> Verdict {
    let argv: Vec<String> = std::iter::once(exe)
        .chain(arguments.iter().copied())
        .map(str::to_owned)
        .collect();
    identify(
        &Seen {
            exe: Some(exe),
            argv: &argv,
            user: Some(USER),
            session: Some(1),
        },
        ours,
    )
}

/// In one letter each: main, helper, and why not.
fn short(verdict: &Verdict) -> &'static str {
    match verdict {
        Verdict::Claude {
            role: Role::Main, ..
        } => "main",
        Verdict::Claude {
            role: Role::Helper, ..
        } => "helper",
        Verdict::Not(WhyNot::OtherProgram) => "other program",
        Verdict::Not(WhyNot::OtherProfile) => "other profile",
        Verdict::Not(WhyNot::OtherUser) => "other user",
        Verdict::Not(WhyNot::OtherSession) => "other session",
        Verdict::Not(WhyNot::PathUnreadable) => "unreadable",
    }
}

fn check(platform: Platform, table: &[(&str, &[&str], &str)]) {
    for (exe, arguments, expected) in table {
        let verdict = judge(&ours(platform), exe, arguments);
        assert_eq!(
            short(&verdict),
            *expected,
            "{platform:?}: {exe} {arguments:?}"
        );
    }
}

#[test]
fn linux_processes() {
    let electron = "/usr/lib/claude-desktop/node_modules/electron/dist/electron";
    let asar = "/usr/lib/claude-desktop/app.asar";
    check(
        Platform::Linux,
        &[
            ("/usr/lib/claude-desktop/claude-desktop", &[], "main"),
            (
                "/usr/lib/claude-desktop/claude-desktop (deleted)",
                &[],
                "main",
            ),
            (
                "/usr/lib/claude-desktop/claude-desktop",
                &["--type=zygote"],
                "helper",
            ),
            (
                "/usr/lib/claude-desktop/claude-desktop",
                &[
                    "--type=gpu-process",
                    "--user-data-dir=/home/u/.config/Claude",
                ],
                "helper",
            ),
            (
                "/usr/lib/claude-desktop/claude-desktop",
                &["--user-data-dir=/home/u/.config/Claude/"],
                "main",
            ),
            (
                "/usr/lib/claude-desktop/claude-desktop",
                &["--user-data-dir=/home/u/work"],
                "other profile",
            ),
            (
                "/usr/lib/claude-desktop/claude-desktop",
                &["--type=renderer", "--user-data-dir=/home/u/work"],
                "other profile",
            ),
            (
                "/usr/lib/claude-desktop-unofficial/claude-desktop-unofficial",
                &[],
                "main",
            ),
            (
                "/usr/lib/claude-desktop/chrome_crashpad_handler",
                &[],
                "other program",
            ),
            (
                "/usr/lib/claude-desktop/cowork-linux-helper",
                &[],
                "other program",
            ),
            (electron, &[asar], "main"),
            (electron, &[asar, "--type=renderer"], "helper"),
            (electron, &["/somewhere/else"], "other program"),
            (
                "/usr/lib/electron/electron",
                &["/opt/other/app.asar"],
                "other program",
            ),
            (
                "/tmp/.mount_claudeAbCdEf/usr/lib/claude-desktop-unofficial/claude-desktop",
                &[],
                "main",
            ),
            (
                "/tmp/.mount_ClaudeAbCdEf/usr/lib/electron",
                &["--type=gpu"],
                "helper",
            ),
            (
                "/tmp/.mount_otherAbCdEf/claude-desktop",
                &[],
                "other program",
            ),
            ("/home/u/.local/bin/claude", &[], "other program"),
            (
                "/home/u/.local/share/claude/versions/2.0.1",
                &[],
                "other program",
            ),
            ("/usr/bin/node", &["/usr/bin/claude"], "other program"),
            (
                "/home/u/.config/Claude/claude-code/2.1.0/claude",
                &[],
                "other program",
            ),
            ("/home/u/claude-desktop", &[], "other program"),
            (
                "/usr/lib/firefox/firefox",
                &["https://claude.ai"],
                "other program",
            ),
        ],
    );
}

#[test]
fn macos_processes() {
    let helper = "/Applications/Claude.app/Contents/Frameworks/Claude Helper (Renderer).app/Contents/MacOS/Claude Helper (Renderer)";
    check(
        Platform::MacOs,
        &[
            (
                "/Applications/Claude.app/Contents/MacOS/Claude",
                &[],
                "main",
            ),
            (
                "/Users/u/Applications/Claude.app/Contents/MacOS/Claude",
                &[],
                "main",
            ),
            (helper, &["--type=renderer"], "helper"),
            (helper, &[], "helper"),
            (
                "/Applications/Claude.app/Contents/Helpers/disclaimer",
                &["npx", "server"],
                "other program",
            ),
            (
                "/Users/x/Applications/Claude.app/Contents/MacOS/Claude",
                &[],
                "other program",
            ),
            (
                "/Applications/Claude.app.old/Contents/MacOS/Claude",
                &[],
                "other program",
            ),
            (
                "/Users/u/Library/Application Support/Claude/claude-code/2.1.0/claude",
                &[],
                "other program",
            ),
            ("/Users/u/.local/bin/claude", &[], "other program"),
            (
                "/opt/homebrew/bin/node",
                &["/opt/homebrew/bin/claude"],
                "other program",
            ),
            (
                "/Applications/Claude.app/Contents/MacOS/Claude",
                &["--user-data-dir=/Users/u/second"],
                "other profile",
            ),
        ],
    );
}

#[test]
fn windows_processes() {
    let store =
        r"C:\Program Files\WindowsApps\Claude_1.25927.0.0_x64__pzs8sxrjxfjjc\app\Claude.exe";
    check(
        Platform::Windows,
        &[
            (store, &[], "main"),
            (&store.to_lowercase(), &[], "main"),
            (store, &["--type=renderer"], "helper"),
            (
                r"C:\Program Files\WindowsApps\Claude_1.2.0.0_x64__pzs8sxrjxfjjc\app\resources\cowork-svc.exe",
                &[],
                "other program",
            ),
            (
                r"C:\Program Files\WindowsApps\NotClaude_1.2.0.0_x64__pzs8sxrjxfjjc\app\Claude.exe",
                &[],
                "other program",
            ),
            (
                r"C:\Users\u\AppData\Local\AnthropicClaude\app-0.9.2\claude.exe",
                &[],
                "main",
            ),
            (
                r"C:\Users\u\AppData\Local\AnthropicClaude\app-0.9.2\claude.exe",
                &["--type=gpu"],
                "helper",
            ),
            (
                r"C:\Users\u\AppData\Local\AnthropicClaude\claude.exe",
                &[],
                "helper",
            ),
            (
                r"C:\Users\u\AppData\Roaming\Claude\claude-code\2.1.0\claude.exe",
                &[],
                "other program",
            ),
            (
                r"C:\Users\u\AppData\Local\AnthropicClaude\app-0.9.2\bin\claude.exe",
                &[],
                "other program",
            ),
            (r"C:\Users\u\.local\bin\claude.exe", &[], "other program"),
            (
                store,
                &[r"--user-data-dir=c:\users\U\AppData\Roaming\Claude\"],
                "main",
            ),
            (store, &[r"--user-data-dir=D:\second"], "other profile"),
        ],
    );
}

#[test]
fn only_this_users_processes_of_this_session_count() {
    let exe = "/usr/lib/claude-desktop/claude-desktop";
    let store = r"C:\Program Files\WindowsApps\Claude_1.2.0.0_x64__pzs8sxrjxfjjc\app\Claude.exe";
    let argv = vec![exe.to_owned()];
    let seen = |exe, user, session| Seen {
        exe,
        argv: &argv,
        user,
        session,
    };
    let table = [
        (Platform::Linux, seen(None, Some(USER), None), "unreadable"),
        (
            Platform::Linux,
            seen(Some(""), Some(USER), None),
            "unreadable",
        ),
        (
            Platform::Linux,
            seen(Some(exe), Some("1001"), None),
            "other user",
        ),
        (Platform::Linux, seen(Some(exe), None, None), "other user"),
        (
            Platform::Linux,
            seen(Some(exe), Some(USER), Some(7)),
            "main",
        ),
        (
            Platform::Windows,
            seen(Some(store), Some(USER), Some(2)),
            "other session",
        ),
        (
            Platform::Windows,
            seen(Some(store), Some(USER), None),
            "other session",
        ),
        (
            Platform::Windows,
            seen(Some(store), Some(USER), Some(1)),
            "main",
        ),
    ];
    for (platform, seen, expected) in table {
        assert_eq!(
            short(&identify(&seen, &ours(platform))),
            expected,
            "{platform:?} {seen:?}"
        );
    }
}

#[test]
fn without_an_own_user_nothing_counts() {
    let mut ours = ours(Platform::Linux);
    ours.user = None;
    let exe = Some("/usr/lib/claude-desktop/claude-desktop");
    let seen = Seen {
        exe,
        argv: &["x".to_owned()],
        user: None,
        session: None,
    };
    assert_eq!(identify(&seen, &ours), Verdict::Not(WhyNot::OtherUser));
}

#[test]
fn unreadable_arguments_make_a_helper_that_is_never_signalled() {
    let exe = Some("/usr/lib/claude-desktop/claude-desktop");
    let seen = Seen {
        exe,
        argv: &[],
        user: Some(USER),
        session: None,
    };
    assert_eq!(short(&identify(&seen, &ours(Platform::Linux))), "helper");
}

#[test]
fn a_named_executable_is_the_only_claude() {
    for (platform, named, installed) in [
        (
            Platform::Linux,
            "/opt/c/claude-desktop",
            "/usr/lib/claude-desktop/claude-desktop",
        ),
        (
            Platform::MacOs,
            "/opt/Claude.app/Contents/MacOS/Claude",
            "/Applications/Claude.app/Contents/MacOS/Claude",
        ),
        (
            Platform::Windows,
            r"D:\c\Claude.exe",
            r"C:\Users\u\AppData\Local\AnthropicClaude\app-1\claude.exe",
        ),
    ] {
        let mut ours = ours(platform);
        ours.app_path = Some(named.to_owned());
        assert_eq!(short(&judge(&ours, named, &[])), "main", "{platform:?}");
        assert_eq!(
            short(&judge(&ours, named, &["--type=gpu"])),
            "helper",
            "{platform:?}"
        );
        assert_eq!(
            short(&judge(&ours, installed, &[])),
            "other program",
            "{platform:?}"
        );
    }
}
