use super::*;

const STORE: &str =
    r"C:\Program Files\WindowsApps\Claude_1.25927.0.0_x64__pzs8sxrjxfjjc\app\Claude.exe";
const SERVICE: &str = r"C:\Program Files\WindowsApps\Claude_1.25927.0.0_x64__pzs8sxrjxfjjc\app\resources\cowork-svc.exe";
const SQUIRREL: &str = r"C:\Users\u\AppData\Local\AnthropicClaude\app-0.9.2\claude.exe";
const STUB: &str = r"C:\Users\u\AppData\Local\AnthropicClaude\claude.exe";
const PROFILE: &str = r"--user-data-dir=C:\Users\u\AppData\Roaming\Claude";

#[test]
fn the_package_and_what_else_is_named_claude() {
    let explorer = r"C:\Windows\explorer.exe";
    let host = r"C:\Users\u\AppData\Roaming\Claude\ChromeNativeHost\chrome-native-host.exe";
    let embedded = r"C:\Users\u\AppData\Roaming\Claude\claude-code\2.1.0\claude.exe";
    let shim = r"C:\Users\u\AppData\Roaming\npm\node_modules\claude\claude.exe";
    let edge = r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe";
    check(
        &ours(Platform::Windows),
        &[
            (90, 1, explorer, &[], "other program"),
            (100, 90, STORE, &[], "main"),
            (101, 100, STORE, &["--type=gpu-process", PROFILE], "helper"),
            (102, 100, STORE, &["--type=renderer", PROFILE], "helper"),
            (
                103,
                100,
                STORE,
                &["--type=crashpad-handler", PROFILE],
                "helper",
            ),
            (104, 100, STORE, &[r"C:\ext\server\index.js"], "helper"),
            (
                105,
                100,
                r"C:\Program Files\nodejs\node.exe",
                &["npx"],
                "other program",
            ),
            (106, 100, embedded, &["-p"], "other program"),
            (110, 4, SERVICE, &[], "not run by Claude"),
            (120, 90, edge, &[], "other program"),
            (121, 120, host, &["chrome-extension://x/"], "other program"),
            (
                130,
                90,
                r"C:\Users\u\.local\bin\claude.exe",
                &[],
                "other program",
            ),
            (131, 90, shim, &[], "other program"),
            (132, 90, r"D:\Claude\app\Claude.exe", &[], "other program"),
        ],
    );
}

#[test]
fn the_older_installer() {
    check(
        &ours(Platform::Windows),
        &[
            (90, 1, STUB, &[], "helper"),
            (100, 90, SQUIRREL, &[], "main"),
            (101, 100, SQUIRREL, &["--type=renderer", PROFILE], "helper"),
            (
                102,
                100,
                r"C:\Users\u\AppData\Local\AnthropicClaude\app-0.9.2\resources\bin\claude.exe",
                &[],
                "other program",
            ),
            (
                103,
                90,
                r"C:\Users\u\AppData\Local\AnthropicClaude\Update.exe",
                &["--processStart", "claude.exe"],
                "other program",
            ),
            (
                200,
                1,
                r"C:\Users\x\AppData\Local\AnthropicClaude\app-0.9.2\claude.exe",
                &[],
                "other program",
            ),
        ],
    );
}

#[test]
fn a_package_is_known_by_its_folders_in_any_case() {
    let table = [
        (STORE.to_lowercase(), "main"),
        (STORE.replace('\\', "/"), "main"),
        (format!(r"\\?\{STORE}"), "main"),
        (STORE.replace("x64", "arm64"), "main"),
        // An update moves what still runs.
        (
            STORE
                .replace("Claude_1", r"Deleted\Claude_1")
                .replace("jjc", "jjc3f2a-11d0"),
            "main",
        ),
        (
            STORE.replace(r"\Claude_", r"\Anthropic.ClaudeDesktop_"),
            "main",
        ),
        (
            STORE.replace(r"\Claude_", r"\Anthropic.ClaudeCode_"),
            "other program",
        ),
        (STORE.replace(r"\Claude_", r"\NotClaude_"), "other program"),
        (STORE.replace(r"\Claude_", r"\ClaudeCode_"), "other program"),
        (STORE.replace("WindowsApps", "Apps"), "other program"),
        (STORE.replace("__pzs8sxrjxfjjc", ""), "other program"),
        (
            STORE.replace(r"app\Claude.exe", r"app\claude-code\claude.exe"),
            "other program",
        ),
        (STORE.replace(r"app\", ""), "other program"),
    ];
    for (exe, expected) in table {
        assert_eq!(
            judge(&ours(Platform::Windows), &exe, &[]),
            expected,
            "{exe}"
        );
    }
}

#[test]
fn a_package_is_started_by_its_family_also_where_it_was_moved() {
    let table = [
        (
            r"C:\Program Files\WindowsApps\Deleted\Claude_1.2_x64__PZS8sxrjxfjjc3f2a\app\Claude.exe",
            "Claude_pzs8sxrjxfjjc",
        ),
        (
            r"C:\Program Files\WindowsApps\anthropic.claudedesktop_1.2_x64__pzs8sxrjxfjjc\app\claude.exe",
            "Anthropic.ClaudeDesktop_pzs8sxrjxfjjc",
        ),
    ];
    for (exe, family) in table {
        let argv = argv(exe, &[]);
        let seen = Seen {
            exe: Some(exe),
            argv: &argv,
            user: Some(USER),
            session: Some(1),
            ..Seen::default()
        };
        let Verdict::Claude { install, .. } = identify(&seen, &ours(Platform::Windows)) else {
            panic!("{exe} is not found")
        };
        let family = family.to_owned();
        assert_eq!(install, Install::WindowsPackage { family });
    }
}

#[test]
fn switches_are_known_in_each_of_their_forms() {
    let table = [
        (
            r"--user-data-dir=c:\users\U\AppData\Roaming\Claude\",
            "main",
        ),
        (r"--user-data-dir=C:/Users/u/AppData/Roaming/Claude", "main"),
        (r"--user-data-dir=D:\second", "other profile"),
        (r"/user-data-dir=D:\second", "other profile"),
        (r"-User-Data-Dir=D:\second", "other profile"),
        ("--TYPE=renderer", "helper"),
        ("/type=gpu-process", "helper"),
        ("claude://new", "main"),
    ];
    for (argument, expected) in table {
        let verdict = judge(&ours(Platform::Windows), STORE, &[argument]);
        assert_eq!(verdict, expected, "{argument}");
    }
}
