use black_box_tests::{Home, Zoom};

#[test]
fn then_it_brings_a_new_token() {
    let zoom = Zoom::start();
    let home = Home::new(&zoom);
    home.add_account();
    let before = home.ctl(&["token"]).out;
    let refreshed = home.ctl(&["refresh"]);
    assert_eq!(refreshed.code, Some(0), "{}", refreshed.err);
    assert!(refreshed.err.contains("waiting"), "{}", refreshed.err);
    assert!(refreshed.out.starts_with("✅ "), "{}", refreshed.out);
    assert_ne!(home.ctl(&["token"]).out, before);
    assert_eq!(zoom.token_requests(), 2);
}
