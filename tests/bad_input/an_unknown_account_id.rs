use crate::said;
use black_box_tests::{Home, Zoom};
use fake_zoom::App;

#[test]
fn is_said_with_where_the_right_one_is() {
    let zoom = Zoom::start();
    let home = Home::new(&zoom);
    let app = App {
        account_id: "NobodysAccount".to_owned(),
        ..App::default()
    };
    let secret = app.client_secret.clone();
    let added = home.add_account_of(&app, &secret);
    assert_eq!((added.code, added.out.as_str()), (Some(1), ""));
    said(&home, "unknown account id", &added.err);
    assert_eq!(home.ctl(&["accounts", "list"]).out, "");
}
