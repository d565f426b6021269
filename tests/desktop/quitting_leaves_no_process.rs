use crate::stage::{SOON, Stage, wait_for_state};
use black_box_tests::program;
use desktop_session::Panel;

#[test]
fn neither_the_app_nor_its_server() {
    let stage = Stage::new(Panel::WithTray);
    let (mut app, item) = stage.start_app();
    wait_for_state(&item, "No account", SOON);
    item.menu().unwrap().press("Quit").unwrap();
    assert!(app.wait().unwrap().success());
    let home = stage.desktop.home().display().to_string();
    for name in ["zoomtray", "zoomtray-mcp", "zoomtrayctl"] {
        assert_eq!(
            processes_of(&program(name), &home),
            Vec::<u32>::new(),
            "{name} lives on"
        );
    }
}

/// Processes of `program` whose environment names this home.
fn processes_of(program: &std::path::Path, home: &str) -> Vec<u32> {
    let mut found = Vec::new();
    for entry in fs_err::read_dir("/proc").unwrap().flatten() {
        let Some(pid) = entry
            .file_name()
            .to_str()
            .and_then(|name| name.parse().ok())
        else {
            continue;
        };
        let is_program =
            fs_err::read_link(entry.path().join("exe")).is_ok_and(|exe| exe == program);
        let environment = fs_err::read(entry.path().join("environ")).unwrap_or_default();
        if is_program && String::from_utf8_lossy(&environment).contains(home) {
            found.push(pid);
        }
    }
    found
}
