use crate::{claude, entry, entry_view, home, lost, put_back, start_and_lose, view};
use black_box_tests::Zoom;

#[test]
fn which_tells_nothing_twice_and_goes_on() {
    let zoom = Zoom::start();
    let (home, mut stand_in, mut watch, ours) = lost(&zoom, "connect");
    watch.interrupt();

    assert_eq!(
        entry_view(&home, "zoom")["drift"],
        "lost",
        "a brief keeper's"
    );
    assert_eq!(view(&home)["losses"][0]["entry"], "zoom");
    let mut next = home.watch(&[]);
    next.read_until("✅");
    assert_eq!(view(&home)["guardian"]["kind"], "restore_queued");
    stand_in.quit();
    assert_eq!(put_back(&home), ours);
    next.interrupt();
    assert!(!next.seen().contains("puts it back"), "{}", next.seen());
}

#[test]
fn also_one_that_no_keeper_saw_happen() {
    let zoom = Zoom::start();
    let (home, mut stand_in) = home(&zoom);
    claude(&home, &["connect", "zoom"]);
    let ours = entry(&home, "zoom");
    start_and_lose(&home, &mut stand_in);
    stand_in.quit();
    assert!(entry(&home, "zoom").is_null());
    let mut watch = home.watch(&[]);
    watch.read_until("Zoomtray puts it back now.");
    assert_eq!(put_back(&home), ours);
    watch.interrupt();
}
