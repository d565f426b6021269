use crate::{config, config_now, import, said, write_config};
use black_box_tests::{Home, Zoom, golden};
use fake_zoom::App;

#[test]
fn by_a_dry_run() {
    let zoom = Zoom::start();
    let home = Home::new(&zoom);
    write_config(&home, &config());
    let shown = import(&home, &["--dry-run"]);
    assert_eq!(shown.code, Some(0), "{}", shown.err);
    golden("import/dry_run.txt", &said(&home, &shown));
    assert_eq!(config_now(&home), config());
    assert_eq!(zoom.token_requests(), 0);
    assert_eq!(home.ctl(&["accounts", "list"]).out, "");
}

#[test]
fn where_there_is_nothing_that_is_said() {
    let zoom = Zoom::start();
    let home = Home::new(&zoom);
    write_config(&home, r#"{"mcpServers": {"zoom": {"command": "x"}}}"#);
    let shown = import(&home, &[]);
    assert_eq!(shown.code, Some(0), "{}", shown.err);
    assert_eq!(shown.out, "No Zoom credentials in clear text were found.\n");
}

#[test]
fn status_and_doctor_tell_of_them() {
    let zoom = Zoom::start();
    let home = Home::new(&zoom);
    write_config(&home, &config());
    for arguments in [&["claude", "status"][..], &["doctor"]] {
        let told = home.ctl(arguments).out;
        assert!(
            told.contains("ZOOM_CLIENT_SECRET") && told.contains("zoomtrayctl accounts import"),
            "{arguments:?}: {told}"
        );
        assert!(!told.contains(&App::default().client_secret), "{told}");
    }
}
