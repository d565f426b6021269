use black_box_tests::{Home, Zoom};
use fake_zoom::App;

#[test]
fn a_corrected_secret_brings_a_token_without_a_restart() {
    let zoom = Zoom::start();
    let home = Home::new(&zoom);
    let app = App::default();
    let env = |secret: &str| {
        let ids = format!(
            "ZOOM_ACCOUNT_ID={}\nZOOM_CLIENT_ID={}\n",
            app.account_id, app.client_id
        );
        fs_err::write(
            home.path().join(".env"),
            format!("{ids}ZOOM_CLIENT_SECRET={secret}\n"),
        )
        .unwrap();
    };
    env("wrong");
    let mut watch = home.watch(&[]);
    watch.read_until("Zoom refused the client secret");
    env(&app.client_secret);
    watch.read_until("✅");
    watch.interrupt();
    assert_eq!(zoom.fake.counters().token.granted, 1);
}
