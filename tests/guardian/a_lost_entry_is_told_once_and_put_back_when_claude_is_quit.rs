use crate::{claude, entry, entry_view, home, put_back, start_and_lose, view};
use black_box_tests::Zoom;

const TOLD: &str = "Zoomtray puts it back once Claude Desktop is quit.";

#[test]
fn and_not_before() {
    let zoom = Zoom::start();
    let (home, mut stand_in) = home(&zoom);
    claude(&home, &["connect", "zoom"]);
    let ours = entry(&home, "zoom");
    assert_eq!(ours["args"][0], "relay", "{ours}");
    let mut watch = home.watch(&[]);
    watch.read_until("✅");

    start_and_lose(&home, &mut stand_in);
    watch.read_until(TOLD);
    let lost = entry_view(&home, "zoom");
    assert_eq!(
        (&lost["drift"], &lost["mode"]),
        (&"lost".into(), &"relay".into()),
        "{lost}"
    );
    assert_eq!(view(&home)["guardian"]["kind"], "restore_queued");
    let written = stand_in.count("wrote");
    stand_in.changes_a_preference();
    stand_in.wait_for("wrote", written + 1);
    assert!(entry(&home, "zoom").is_null(), "Claude Desktop runs");

    stand_in.quit();
    assert_eq!(put_back(&home), ours);
    assert_eq!(entry_view(&home, "zoom")["drift"], "none");
    let losses = view(&home)["losses"].clone();
    assert_eq!(losses.as_array().unwrap().len(), 1, "{losses}");
    assert!(losses[0]["restored"].is_number(), "{losses}");
    watch.interrupt();
    assert_eq!(watch.seen().matches(TOLD).count(), 1, "{}", watch.seen());
}
