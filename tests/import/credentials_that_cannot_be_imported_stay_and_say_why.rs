use crate::{config_now, import, said, write_config};
use black_box_tests::{Home, Zoom, golden};
use fake_zoom::App;

#[test]
fn each_for_its_own_reason() {
    let zoom = Zoom::start();
    let home = Home::new(&zoom);
    let App {
        account_id,
        client_id,
        client_secret,
        ..
    } = App::default();
    let config = format!(
        r#"{{"mcpServers": {{
  "lone": {{"command": "x", "env": {{"ZOOM_CLIENT_SECRET": "{client_secret}"}}}},
  "tokens": {{"command": "x", "env": {{"ZOOM_ACCESS_TOKEN": "planted-access-token", "ZOOM_REFRESH_TOKEN": "planted-refresh"}}}},
  "template": {{"command": "x", "env": {{"ZOOM_CLIENT_SECRET": "your_client_secret"}}}},
  "extension": {{"command": "x", "extensionId": "e", "env": {{"ZOOM_ACCOUNT_ID": "{account_id}", "ZOOM_CLIENT_ID": "{client_id}", "ZOOM_CLIENT_SECRET": "{client_secret}"}}}}
}}}}"#
    );
    write_config(&home, &config);
    let told = import(&home, &["--yes"]);
    assert_eq!(told.code, Some(0), "{}", told.err);
    golden("import/not_importable.txt", &said(&home, &told));
    assert_eq!(config_now(&home), config);
}

#[test]
fn a_config_that_is_not_json_is_named_and_the_env_file_still_read() {
    let zoom = Zoom::start();
    let home = Home::new(&zoom);
    write_config(&home, "{\"mcpServers\": {},}");
    fs_err::write(
        home.path().join(".env"),
        "ZOOM_CLIENT_SECRET=planted-access-token\n",
    )
    .unwrap();
    let told = import(&home, &["--yes"]);
    assert_eq!(told.code, Some(1), "{}", told.out);
    assert!(told.err.contains("line 1, column 19"), "{}", told.err);
    assert!(
        told.out
            .contains("no ZOOM_ACCOUNT_ID and no ZOOM_CLIENT_ID"),
        "{}",
        told.out
    );
}
