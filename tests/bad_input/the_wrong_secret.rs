use crate::said;
use black_box_tests::{Home, Zoom};
use fake_zoom::App;

#[test]
fn is_said_with_where_the_right_one_is() {
    let zoom = Zoom::start();
    let home = Home::new(&zoom);
    let added = home.add_account_of(&App::default(), "wrong-secret");
    assert_eq!((added.code, added.out.as_str()), (Some(1), ""));
    said(&home, "wrong secret", &added.err);
    assert!(home.files_with("wrong-secret").is_empty());
    assert_eq!(
        zoom.token_requests(),
        1,
        "a secret that was refused is not tried again"
    );
}
