use crate::stage::{AFTER_COOLDOWN, SOON, Stage, forms_of, wait_for_state};
use black_box_tests::program;
use desktop_session::Panel;
use fake_zoom::{App, Endpoint, Fault};
use std::path::{Path, PathBuf};

/// Where the programs, their logs and this test's own pictures are.
fn target() -> PathBuf {
    let program = program("zoomtray");
    program.parent().and_then(Path::parent).unwrap().to_owned()
}

#[test]
fn in_no_file_message_or_command_line() {
    let secret = planted();
    let app = App {
        client_secret: secret.clone(),
        ..App::default()
    };
    let stage = Stage::of(app, Panel::WithTray);
    let bus = stage.desktop.logs().join("bus.txt");
    let _recording = stage.desktop.record_bus(&bus).unwrap();
    let (_app, item) = stage.start_app();
    stage.add_account();
    wait_for_state(&item, "Fresh", SOON);
    item.menu().unwrap().press("Open Zoomtray…").unwrap();
    stage.desktop.wait_for_window("Zoomtray", SOON).unwrap();
    // A refusal and its recovery write the most: log, attempts, events, notifications.
    stage
        .zoom
        .fake
        .push_fault(Endpoint::Token, Fault::InvalidClient, Some(1));
    item.menu().unwrap().press("Refresh now").unwrap();
    wait_for_state(&item, "Waiting", SOON);
    let refused = |item: &desktop_session::StatusItem| {
        let counted = stage.zoom.fake.counters().token.refused;
        item.menu().map(|_| (counted > 0).then_some(()))
    };
    item.wait_for("the refusal", AFTER_COOLDOWN, refused)
        .unwrap();
    let token = stage.ctl(&["token"], "").trim().to_owned();
    stage.ctl(&["status"], "");

    let root = stage.desktop.home().parent().unwrap().to_owned();
    let needles: Vec<String> = forms_of(&secret).into_iter().chain([token]).collect();
    let hits = files_with(&[&root, &target()], &needles);
    assert_eq!(hits, Vec::<PathBuf>::new(), "of {needles:?}");
    assert_eq!(command_lines_with(&needles), Vec::<String>::new());
    assert!(
        fs_err::metadata(&bus).unwrap().len() > 10_000,
        "the bus was recorded"
    );
}

/// A secret that nothing else holds, with characters that each encoding changes.
fn planted() -> String {
    let nanos = std::time::SystemTime::UNIX_EPOCH
        .elapsed()
        .unwrap()
        .as_nanos();
    format!("{:x}+/={nanos:x}", std::process::id())
}

/// `grep -rF`, as the person looking for a leak would; compiled code apart, which cannot hold
/// what was planted later.
fn files_with(folders: &[&Path], needles: &[String]) -> Vec<PathBuf> {
    let mut grep = std::process::Command::new("grep");
    grep.args([
        "-rlF",
        "--devices=skip",
        "--exclude=*.rlib",
        "--exclude=*.rmeta",
    ]);
    grep.args([
        "--exclude=*.o",
        "--exclude-dir=incremental",
        "--exclude-dir=.fingerprint",
    ]);
    for needle in needles {
        grep.arg("-e").arg(needle);
    }
    let output = grep.arg("--").args(folders).output().unwrap();
    let found = String::from_utf8_lossy(&output.stdout).into_owned();
    found.lines().map(PathBuf::from).collect()
}

fn command_lines_with(needles: &[String]) -> Vec<String> {
    let mut found = Vec::new();
    for entry in fs_err::read_dir("/proc").unwrap().flatten() {
        let line = fs_err::read(entry.path().join("cmdline")).unwrap_or_default();
        let line = String::from_utf8_lossy(&line).into_owned();
        if needles.iter().any(|needle| line.contains(needle)) {
            found.push(line);
        }
    }
    found
}
