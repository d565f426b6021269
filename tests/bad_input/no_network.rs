use crate::{closed_port, said};
use black_box_tests::Home;

#[test]
fn is_said_with_what_could_not_be_reached() {
    let mut home = Home::without_zoom();
    home.set("ZOOM_OAUTH_URL", format!("http://{}/oauth", closed_port()));
    let added = home.add_account();
    assert_eq!((added.code, added.out.as_str()), (Some(1), ""));
    said(&home, "no network", &added.err);
    assert_eq!(home.ctl(&["accounts", "list"]).out, "");
}
