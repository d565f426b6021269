use black_box_tests::{Home, Zoom};
use fake_zoom::App;
use serde_json::Value;

#[test]
fn under_its_name_and_in_its_form() {
    let zoom = Zoom::start();
    let mut home = Home::new(&zoom);
    let cache = home.path().join("cache");
    home.set_path("TOKEN_CACHE_DIR", "cache");
    home.set_guest();
    let token = home.ctl(&["token"]).out;
    let path = cache.join(format!("zoom_token_{}.json", App::default().account_id));
    let stored: Value = serde_json::from_slice(&fs_err::read(path).unwrap()).unwrap();
    assert_eq!(stored["access_token"], token.trim());
    assert!(
        stored["expires_at"].as_f64().unwrap() > 1_700_000_000.0,
        "{stored}"
    );
    assert_eq!(home.ctl(&["token"]).out, token);
    assert_eq!(zoom.token_requests(), 1);
}

#[test]
fn and_a_damaged_one_means_a_new_token() {
    let zoom = Zoom::start();
    let mut home = Home::new(&zoom);
    home.set_path("TOKEN_CACHE_DIR", "cache");
    home.set_guest();
    let first = home.ctl(&["token"]).out;
    let path = home.path().join(format!(
        "cache/zoom_token_{}.json",
        App::default().account_id
    ));
    fs_err::write(path, "{").unwrap();
    let second = home.ctl(&["token"]);
    assert_eq!(second.code, Some(0), "{}", second.err);
    assert_ne!(second.out, first);
}
