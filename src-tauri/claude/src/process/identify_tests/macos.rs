use super::*;

const EXE: &str = "/Applications/Claude.app/Contents/MacOS/Claude";
const HELPER: &str =
    "/Applications/Claude.app/Contents/Frameworks/Claude Helper.app/Contents/MacOS/Claude Helper";
const RENDERER: &str = "/Applications/Claude.app/Contents/Frameworks/Claude Helper (Renderer).app/\
                        Contents/MacOS/Claude Helper (Renderer)";
const PLUGIN: &str = "/Applications/Claude.app/Contents/Frameworks/Claude Helper (Plugin).app/\
                      Contents/MacOS/Claude Helper (Plugin)";
const DISCLAIMER: &str = "/Applications/Claude.app/Contents/Helpers/disclaimer";
const PROFILE: &str = "--user-data-dir=/Users/u/Library/Application Support/Claude";

#[test]
fn the_app_with_its_helpers_and_what_else_is_named_claude() {
    let embedded = "/Users/u/Library/Application Support/Claude/claude-code/2.1.0/claude";
    let host = "/Applications/Claude.app/Contents/Helpers/chrome-native-host";
    let chrome = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";
    check(
        &ours(Platform::MacOs),
        &[
            (1, 0, "/sbin/launchd", &[], "other program"),
            (100, 1, EXE, &[], "main"),
            (101, 100, HELPER, &["--type=gpu-process", PROFILE], "helper"),
            (102, 100, RENDERER, &["--type=renderer", PROFILE], "helper"),
            (103, 100, HELPER, &["--type=utility", PROFILE], "helper"),
            // The built-in Node, for an extension's server.
            (104, 100, PLUGIN, &["/Users/u/ext/index.js"], "helper"),
            (105, 100, DISCLAIMER, &["npx", "server"], "helper"),
            (
                106,
                105,
                "/opt/homebrew/bin/node",
                &["npx", "server"],
                "other program",
            ),
            (107, 100, DISCLAIMER, &[embedded], "helper"),
            (
                108,
                107,
                embedded,
                &["--output-format", "stream-json"],
                "other program",
            ),
            // It survived a Claude that crashed: nothing waits for it.
            (109, 1, DISCLAIMER, &["npx", "server"], "not run by Claude"),
            (
                110,
                100,
                "/Applications/Claude.app/Contents/Frameworks/Electron Framework.framework/\
                 Helpers/chrome_crashpad_handler",
                &[],
                "helper",
            ),
            (
                111,
                100,
                "/Applications/Claude.app/Contents/Resources/claude",
                &[],
                "other program",
            ),
            (120, 1, chrome, &[], "other program"),
            (
                121,
                120,
                host,
                &["chrome-extension://x/"],
                "not run by Claude",
            ),
            (130, 1, "/Users/u/.local/bin/claude", &[], "other program"),
            (
                131,
                130,
                "/opt/homebrew/bin/node",
                &["/opt/homebrew/bin/claude"],
                "other program",
            ),
            (
                132,
                1,
                "/System/Library/Frameworks/Virtualization.framework/Versions/A/XPCServices/\
                 com.apple.Virtualization.VirtualMachine.xpc/Contents/MacOS/\
                 com.apple.Virtualization.VirtualMachine",
                &[],
                "other program",
            ),
        ],
    );
}

#[test]
fn the_users_own_folder_counts_and_no_other() {
    let table = [
        (
            "/Users/u/Applications/Claude.app/Contents/MacOS/Claude",
            "main",
        ),
        (
            "/Users/x/Applications/Claude.app/Contents/MacOS/Claude",
            "other program",
        ),
        (
            "/Applications/Claude.app.old/Contents/MacOS/Claude",
            "other program",
        ),
        (
            "/Applications/Claude Squirrel.app/Contents/MacOS/Claude",
            "other program",
        ),
        (
            "/Volumes/Claude/Claude.app/Contents/MacOS/Claude",
            "other program",
        ),
    ];
    for (exe, expected) in table {
        assert_eq!(judge(&ours(Platform::MacOs), exe, &[]), expected, "{exe}");
    }
}

#[test]
fn another_profile_is_left_alone() {
    let second = "--user-data-dir=/Users/u/second";
    check(
        &ours(Platform::MacOs),
        &[
            (200, 1, EXE, &[second], "other profile"),
            (
                201,
                200,
                RENDERER,
                &["--type=renderer", second],
                "other profile",
            ),
            (202, 200, HELPER, &["--type=gpu-process"], "other profile"),
            (203, 200, DISCLAIMER, &["npx", "server"], "other profile"),
        ],
    );
}

#[test]
fn a_named_bundle_has_its_helpers_too() {
    let mut ours = ours(Platform::MacOs);
    ours.app_path = Some("/opt/Claude.app/Contents/MacOS/Claude".to_owned());
    let named = "/opt/Claude.app/Contents/MacOS/Claude";
    let helper =
        "/opt/Claude.app/Contents/Frameworks/Claude Helper.app/Contents/MacOS/Claude Helper";
    check(
        &ours,
        &[
            (100, 1, named, &[], "main"),
            (101, 100, helper, &["--type=gpu-process"], "helper"),
            (
                102,
                100,
                "/opt/Claude.app/Contents/Helpers/disclaimer",
                &["npx"],
                "helper",
            ),
            (200, 1, EXE, &[], "other program"),
            (201, 200, HELPER, &["--type=gpu-process"], "other program"),
        ],
    );
}
