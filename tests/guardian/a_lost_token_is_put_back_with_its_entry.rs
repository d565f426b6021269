use crate::{claude, entry, entry_view, home, put_back, start_and_lose};
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
