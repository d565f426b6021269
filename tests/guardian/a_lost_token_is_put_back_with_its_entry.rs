use crate::{claude, entry, entry_view, expire_token, home, put_back, start_and_lose};
use black_box_tests::Zoom;

#[test]
fn in_inject_mode() {
    let zoom = Zoom::start();
    let (home, mut stand_in) = home(&zoom);
    claude(&home, &["inject", "zoom"]);
    let ours = entry(&home, "zoom");
    let token = home.ctl(&["token"]).out;
    assert_eq!(ours["env"]["ZOOM_ACCESS_TOKEN"], token.trim());
    let mut watch = home.watch(&[]);
    watch.read_until("✅");
    start_and_lose(&home, &mut stand_in);
    watch.read_until("puts it back once");
    assert_eq!(entry_view(&home, "zoom")["drift"], "lost");
    stand_in.quit();
    assert_eq!(put_back(&home), ours);
    watch.interrupt();
    assert_eq!(zoom.token_requests(), 1, "a loss is no reason for a token");
}

#[test]
fn by_the_next_keeper_once_it_has_a_token() {
    let zoom = Zoom::start();
    let (home, mut stand_in) = home(&zoom);
    claude(&home, &["inject", "zoom"]);
    let mut watch = home.watch(&[]);
    watch.read_until("✅");
    start_and_lose(&home, &mut stand_in);
    watch.read_until("puts it back once");
    watch.interrupt();
    stand_in.quit();
    assert!(entry(&home, "zoom").is_null(), "nobody kept");

    expire_token(&home);
    let mut next = home.watch(&[]);
    let found = put_back(&home);
    let token = home.ctl(&["token"]).out;
    assert_eq!(found["env"]["ZOOM_ACCESS_TOKEN"], token.trim());
    assert_eq!(found["command"], "node", "the whole entry is back");
    next.interrupt();
}
