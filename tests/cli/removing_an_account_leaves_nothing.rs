use black_box_tests::{Home, Zoom};
use fake_zoom::App;

#[test]
fn neither_its_secret_nor_its_token() {
    let zoom = Zoom::start();
    let home = Home::new(&zoom);
    home.add_account();
    let app = App::default();
    let token = home.ctl(&["token"]).out;
    let removed = home.ctl(&["accounts", "remove", &app.account_id, "--yes"]);
    assert_eq!(removed.code, Some(0), "{}", removed.err);
    for needle in [app.client_secret.as_str(), token.trim()] {
        assert_eq!(home.files_with(needle), Vec::<std::path::PathBuf>::new());
    }
    assert_eq!(home.ctl(&["token"]).code, Some(1));
}

#[test]
fn but_not_unasked() {
    let zoom = Zoom::start();
    let home = Home::new(&zoom);
    home.add_account();
    let asked = home.ctl(&["accounts", "remove", &App::default().account_id]);
    assert_eq!(asked.code, Some(2), "nobody can be asked here");
    assert_eq!(home.ctl(&["token"]).code, Some(0));
}
