use super::*;

const EXE: &str = "/usr/lib/claude-desktop/claude-desktop";
const ASAR: &str = "/usr/lib/claude-desktop/app.asar";
const PROFILE: &str = "--user-data-dir=/home/u/.config/Claude";
const WORK: &str = "--user-data-dir=/home/u/work";

/// The official package with Cowork running.
#[test]
fn the_official_package() {
    let resources = "/usr/lib/claude-desktop/resources";
    let cowork = format!("{resources}/cowork-linux-helper");
    let files = format!("{resources}/virtiofsd");
    let crashes = "/usr/lib/claude-desktop/chrome_crashpad_handler";
    let embedded = "/home/u/.config/Claude/claude-code/2.1.0/claude";
    let machine = "/usr/bin/qemu-system-x86_64";
    check(
        &ours(Platform::Linux),
        &[
            (
                1,
                0,
                "/usr/lib/systemd/systemd",
                &["--user"],
                "other program",
            ),
            (90, 1, "/usr/bin/gnome-shell", &[], "other program"),
            (100, 90, EXE, &[], "main"),
            (
                101,
                100,
                EXE,
                &["--type=zygote", "--no-zygote-sandbox"],
                "helper",
            ),
            (102, 100, EXE, &["--type=zygote"], "helper"),
            (103, 101, EXE, &["--type=gpu-process", PROFILE], "helper"),
            (104, 102, EXE, &["--type=renderer", PROFILE], "helper"),
            (105, 100, EXE, &["--type=utility", PROFILE], "helper"),
            // A server run by Claude's own executable, as a bare Node.
            (106, 100, EXE, &["/home/u/server/index.js"], "helper"),
            (107, 100, &cowork, &[], "helper"),
            (108, 107, &files, &["--fd=3"], "helper"),
            (109, 107, machine, &["-m", "4096"], "other program"),
            // It daemonises, and outlives a crash on purpose.
            (110, 1, crashes, &[], "not run by Claude"),
            (
                111,
                100,
                "/usr/bin/node",
                &["/usr/bin/npx"],
                "other program",
            ),
            (112, 100, embedded, &[], "other program"),
            (
                113,
                100,
                &format!("{resources}/claude"),
                &["-p"],
                "other program",
            ),
        ],
    );
}

#[test]
fn what_else_is_named_claude() {
    let version = "/home/u/.local/share/claude/versions/2.0.1";
    let host = "/usr/lib/claude-desktop/resources/chrome-native-host";
    let node = "/usr/bin/node";
    check(
        &ours(Platform::Linux),
        &[
            (
                120,
                91,
                "/usr/lib/firefox/firefox",
                &["https://claude.ai"],
                "other program",
            ),
            (
                121,
                120,
                host,
                &["chrome-extension://x/"],
                "not run by Claude",
            ),
            (130, 131, version, &[], "other program"),
            (
                131,
                132,
                "/usr/bin/bash",
                &["/home/u/.local/bin/claude"],
                "other program",
            ),
            (
                133,
                132,
                node,
                &["/usr/bin/claude", "chat"],
                "other program",
            ),
            (
                134,
                132,
                "/home/u/.local/bin/claude",
                &["--resume"],
                "other program",
            ),
            (135, 132, "/home/u/claude-desktop", &[], "other program"),
            (136, 132, "/usr/bin/vim", &[EXE], "other program"),
        ],
    );
}

#[test]
fn another_profile_and_its_helpers_are_left_alone() {
    check(
        &ours(Platform::Linux),
        &[
            (200, 90, EXE, &[WORK], "other profile"),
            // A zygote is not told the folder: it has its parent's.
            (201, 200, EXE, &["--type=zygote"], "other profile"),
            (202, 201, EXE, &["--type=renderer", WORK], "other profile"),
            (203, 200, EXE, &["--type=utility", WORK], "other profile"),
            (
                204,
                200,
                "/usr/lib/claude-desktop/chrome_crashpad_handler",
                &[],
                "other profile",
            ),
            (
                300,
                90,
                EXE,
                &["--user-data-dir=/home/u/.config/Claude/"],
                "main",
            ),
            (301, 300, EXE, &["--type=zygote"], "helper"),
            (
                400,
                90,
                EXE,
                &["-user-data-dir=/home/u/work"],
                "other profile",
            ),
            // A folder of no name is relative: it cannot be told, so it is not ours.
            (500, 90, EXE, &["--user-data-dir=work"], "other profile"),
        ],
    );
}

#[test]
fn a_profile_of_ones_own_is_not_that_of_a_claude_without_arguments() {
    let mut ours = ours(Platform::Linux);
    ours.profile = Some("/home/u/work".to_owned());
    check(
        &ours,
        &[
            (200, 90, EXE, &[WORK], "main"),
            (201, 200, EXE, &["--type=zygote"], "helper"),
            (202, 201, EXE, &["--type=renderer", WORK], "helper"),
            (300, 90, EXE, &[], "other profile"),
            (301, 300, EXE, &["--type=zygote"], "other profile"),
            (
                302,
                301,
                EXE,
                &["--type=renderer", PROFILE],
                "other profile",
            ),
        ],
    );
    ours.profile = Some("/home/u/.config/Claude-3p".to_owned());
    assert_eq!(
        judge(&ours, EXE, &[]),
        "main",
        "third-party inference needs no argument"
    );
}

/// The folder in use has another name here than the one that Claude gives its helpers.
#[test]
fn a_child_of_the_main_process_is_of_its_profile() {
    let real = "--user-data-dir=/mnt/home/u/.config/Claude";
    check(
        &ours(Platform::Linux),
        &[
            (100, 90, EXE, &[], "main"),
            (105, 100, EXE, &["--type=utility", real], "helper"),
        ],
    );
}

#[test]
fn who_holds_the_lock_is_of_the_profile() {
    let argv = argv(EXE, &[WORK]);
    let mut seen = Seen {
        exe: Some(EXE),
        argv: &argv,
        user: Some(USER),
        holds_profile: true,
        ..Seen::default()
    };
    let ours = ours(Platform::Linux);
    assert_eq!(short(&identify(&seen, &ours)), "main");
    seen.exe = Some("/usr/bin/bash");
    assert_eq!(
        short(&identify(&seen, &ours)),
        "other program",
        "a lock proves no program"
    );
}

#[test]
fn the_unofficial_package_and_an_update_of_it() {
    let exe = "/usr/lib/claude-desktop-unofficial/claude-desktop";
    let deleted = "/usr/lib/claude-desktop-unofficial/claude-desktop (deleted)";
    check(
        &ours(Platform::Linux),
        &[
            (100, 90, exe, &[], "main"),
            (101, 100, exe, &["--type=zygote"], "helper"),
            (200, 90, deleted, &[], "main"),
            (201, 200, deleted, &["--type=zygote"], "helper"),
            (
                300,
                90,
                "/usr/lib/claude-desktop-unofficial/claude-desktop-unofficial",
                &[],
                "main",
            ),
            (
                400,
                90,
                "/usr/lib/claude-desktop-other/claude-desktop",
                &[],
                "other program",
            ),
        ],
    );
}

#[test]
fn an_electron_that_was_given_the_archive() {
    let own = "/usr/lib/claude-desktop/node_modules/electron/dist/electron";
    let global = "/usr/local/lib/node_modules/electron/dist/electron";
    let system = "/usr/lib/electron37/electron";
    let app = "--app-path=/usr/lib/claude-desktop/app.asar";
    check(
        &ours(Platform::Linux),
        &[
            (100, 90, own, &[ASAR], "main"),
            (101, 100, own, &["--type=zygote"], "helper"),
            (102, 101, own, &["--type=renderer", app, PROFILE], "helper"),
            (103, 100, own, &["/home/u/server.js"], "helper"),
            (110, 90, own, &["/somewhere/else"], "not run by Claude"),
            (200, 90, global, &["--no-sandbox", ASAR], "main"),
            (201, 200, global, &["--type=zygote"], "helper"),
            (
                202,
                201,
                global,
                &["--type=renderer", app, PROFILE],
                "helper",
            ),
            (210, 90, global, &["/opt/other/app.asar"], "other program"),
            (211, 210, global, &["--type=zygote"], "other program"),
            (
                220,
                90,
                global,
                &["/opt/usr/lib/claude-desktop/app.asar"],
                "other program",
            ),
            (300, 90, system, &[ASAR], "main"),
            (301, 300, system, &["--type=zygote"], "helper"),
            (
                310,
                90,
                system,
                &["/usr/lib/obsidian/app.asar"],
                "other program",
            ),
            (311, 310, system, &["--type=zygote"], "other program"),
        ],
    );
}

#[test]
fn an_app_image() {
    let mount = "/tmp/.mount_claudeAbCdEf/usr/lib/claude-desktop-unofficial";
    let exe = format!("{mount}/claude-desktop");
    let electron = "/tmp/.mount_ClaudeAbCdEf/usr/lib/node_modules/electron/dist/electron";
    check(
        &ours(Platform::Linux),
        &[
            (90, 1, "/home/u/Claude.AppImage", &[], "other program"),
            (100, 90, &exe, &[], "main"),
            (101, 100, &exe, &["--type=zygote"], "helper"),
            (
                102,
                100,
                &format!("{mount}/chrome_crashpad_handler"),
                &[],
                "helper",
            ),
            (
                103,
                100,
                &format!("{mount}/resources/claude"),
                &[],
                "other program",
            ),
            (200, 90, electron, &[], "main"),
            (201, 200, electron, &["--type=gpu-process"], "helper"),
            (
                300,
                90,
                "/tmp/.mount_otherAbCdEf/claude-desktop",
                &[],
                "other program",
            ),
            (301, 90, "/tmp/.mount_claude", &[], "other program"),
            (
                302,
                90,
                "/home/u/.mount_claudeAb/claude-desktop",
                &[],
                "other program",
            ),
        ],
    );
}

#[test]
fn an_app_image_that_was_named_runs_from_its_mount() {
    let mut ours = ours(Platform::Linux);
    ours.app_path = Some("/home/u/Desktop/My-Assistant.AppImage".to_owned());
    let mounted = "/tmp/.mount_My-Ass1a2B3c/usr/lib/claude-desktop-unofficial/claude-desktop";
    assert_eq!(judge(&ours, mounted, &[]), "main");
    assert_eq!(judge(&ours, mounted, &["--type=zygote"]), "helper");
    assert_eq!(judge(&ours, EXE, &[]), "other program");
    let other = "/tmp/.mount_claudeAbCdEf/usr/lib/claude-desktop-unofficial/claude-desktop";
    assert_eq!(judge(&ours, other, &[]), "other program");
}
