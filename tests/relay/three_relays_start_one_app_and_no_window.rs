use crate::stage::{Relay, alone, process, search_in_vain, wait_for_end, was_quit};
use black_box_tests::program;
use desktop_session::{DesktopSession, SessionOptions};
use serde_json::json;
use std::path::Path;
use std::time::Duration;

/// Longest wait for something that is due now.
const SOON: Duration = Duration::from_mins(1);

#[test]
fn and_all_of_them_hear_when_it_is_quit() {
    let desktop = DesktopSession::start(&SessionOptions::default()).unwrap();
    let zoomtray = Path::new(&desktop.environment()[std::ffi::OsStr::new("ZOOMTRAY_HOME")]);
    let mut relays: Vec<Relay> = (0..3)
        .map(|_| alone(desktop.command("bwrap"), None, desktop.home(), zoomtray))
        .collect();
    for relay in &mut relays {
        relay.open();
        relay.send(&json!({"jsonrpc": "2.0", "id": "tools", "method": "tools/list"}));
    }
    for relay in &relays {
        let tools = relay.next();
        let tools = tools["result"]["tools"].as_array().map(Vec::len);
        assert!(tools.is_some_and(|tools| tools > 0), "no tools");
    }
    let item = desktop.wait_for_status_item(SOON, |_| true).unwrap();
    assert_eq!(desktop.status_items().unwrap().len(), 1);
    let app = apps(zoomtray);
    assert_eq!(app.len(), 1, "{app:?}");
    assert!(!desktop.window_exists("Zoomtray").unwrap());

    // Else no relay would start another within the minute, whatever it was told.
    let started = zoomtray.join("run/last-start");
    fs_err::remove_file(&started).unwrap();
    let app = process(app[0]);
    item.menu().unwrap().press("Quit").unwrap();
    for relay in &mut relays {
        was_quit(relay);
    }
    wait_for_end(&app);
    search_in_vain(zoomtray, relays.len());
    assert!(!started.exists(), "one of them has started something");
    assert_eq!(apps(zoomtray), [0; 0], "none of them has started it again");
}

/// The apps of this home.
fn apps(zoomtray: &Path) -> Vec<i32> {
    let app = program("zoomtray");
    let home = zoomtray.display().to_string();
    let is_app = |path: &Path| {
        let arguments = fs_err::read_to_string(path.join("cmdline")).unwrap_or_default();
        fs_err::read_link(path.join("exe")).is_ok_and(|exe| exe == app) && arguments.contains(&home)
    };
    let processes = fs_err::read_dir("/proc").unwrap().flatten();
    processes
        .filter(|process| is_app(&process.path()))
        .filter_map(|process| process.file_name().to_str()?.parse().ok())
        .collect()
}
