use crate::{config_now, import, write_config};
use black_box_tests::{Home, Zoom};
use fake_zoom::App;

#[test]
fn with_their_flags() {
    let zoom = Zoom::start();
    let home = Home::new(&zoom);
    let App {
        account_id,
        client_id,
        client_secret,
        ..
    } = App::default();
    let before = format!(
        r#"{{"mcpServers": {{"rooms": {{"command": "docker", "args": ["run", "-e", "ZOOM_CLIENT_SECRET={client_secret}", "-e", "ZOOM_CLIENT_ID={client_id}", "zoom-img", "--account-id", "{account_id}"]}}}}}}"#
    );
    write_config(&home, &before);
    let shown = import(&home, &["--dry-run"]);
    assert!(shown.out.contains("among the arguments"), "{}", shown.out);
    let moved = import(&home, &["--yes"]);
    assert_eq!(moved.code, Some(0), "{}", moved.err);
    let cut = format!(r#""-e", "ZOOM_CLIENT_SECRET={client_secret}", "#);
    assert_eq!(config_now(&home), before.replace(&cut, ""));
}
