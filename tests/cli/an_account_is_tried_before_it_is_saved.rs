use black_box_tests::{Home, Zoom};
use fake_zoom::App;

#[test]
fn a_right_secret_is_saved() {
    let zoom = Zoom::start();
    let home = Home::new(&zoom);
    let added = home.add_account();
    assert_eq!(added.code, Some(0), "{}", added.err);
    let listed = home.ctl(&["accounts", "list"]);
    assert!(
        listed.out.contains(&App::default().account_id),
        "{}",
        listed.out
    );
}

#[test]
fn a_wrong_secret_is_not() {
    let zoom = Zoom::start();
    let home = Home::new(&zoom);
    let added = home.add_account_of(&App::default(), "wrong");
    assert_eq!(added.code, Some(1));
    assert_eq!(home.ctl(&["accounts", "list"]).out, "");
}

#[test]
fn an_unprotected_service_is_refused() {
    let zoom = Zoom::start();
    let mut home = Home::new(&zoom);
    home.set("ZOOM_OAUTH_URL", "http://zoom.example/oauth");
    let added = home.add_account();
    assert_eq!(added.code, Some(2), "{}", added.err);
    assert!(added.err.contains("use https"), "{}", added.err);
    assert_eq!(zoom.token_requests(), 0);
}

#[test]
fn a_secret_is_not_taken_from_the_command_line() {
    let zoom = Zoom::start();
    let home = Home::new(&zoom);
    let added = home.ctl(&[
        "accounts",
        "add",
        "--server-to-server",
        "--client-secret",
        "s",
    ]);
    assert_eq!(added.code, Some(2));
}
