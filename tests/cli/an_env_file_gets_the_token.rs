use black_box_tests::{Home, Zoom};
use fake_zoom::App;

#[test]
fn only_the_tokens_line_changes_and_the_file_is_private() {
    let zoom = Zoom::start();
    let home = Home::new(&zoom);
    let app = App::default();
    let path = home.path().join(".env");
    let credentials = format!(
        "# mine\r\nZOOM_ACCOUNT_ID={}\r\nZOOM_CLIENT_ID={}\r\nexport ZOOM_CLIENT_SECRET='{}'\r\n",
        app.account_id, app.client_id, app.client_secret
    );
    let before = format!("{credentials}ZOOM_ACCESS_TOKEN=\"old\"\r\nOTHER=1\r\n");
    fs_err::write(&path, &before).unwrap();
    let mut watch = home.watch(&[]);
    watch.read_until("load");
    watch.interrupt();
    let after = fs_err::read_to_string(&path).unwrap();
    assert!(after.starts_with(&credentials), "{after}");
    assert!(after.ends_with("\"\r\nOTHER=1\r\n"), "{after}");
    assert!(!after.contains("\"old\""), "{after}");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(
            fs_err::metadata(&path).unwrap().permissions().mode() & 0o777,
            0o600
        );
    }
}

#[test]
fn a_named_file_is_made() {
    let zoom = Zoom::start();
    let home = Home::new(&zoom);
    home.add_account();
    let path = home.path().join("token.env");
    let mut watch = home.watch(&["--env-file", path.to_str().unwrap()]);
    watch.read_until("load");
    watch.interrupt();
    let token = home.ctl(&["token"]).out;
    assert_eq!(
        fs_err::read_to_string(path).unwrap(),
        format!("ZOOM_ACCESS_TOKEN={token}")
    );
}
