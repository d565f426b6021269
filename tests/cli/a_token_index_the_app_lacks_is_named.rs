use black_box_tests::{Home, Zoom};
use fake_zoom::App;

#[test]
fn and_the_token_is_asked_for_once_without() {
    let zoom = Zoom::start();
    let home = Home::new(&zoom);
    let app = App::default();
    let arguments = [
        "accounts",
        "add",
        "--server-to-server",
        "--account-id",
        &app.account_id,
        "--client-id",
        &app.client_id,
        "--token-index",
        "3",
    ];
    let added = home.ctl_with_input(&arguments, &app.client_secret);
    assert_eq!(added.code, Some(0), "{}", added.err);
    assert!(added.err.contains("no index 3"), "{}", added.err);
    assert_eq!(zoom.token_requests(), 2);
}
