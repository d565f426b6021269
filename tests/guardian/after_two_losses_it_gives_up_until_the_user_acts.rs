use crate::{claude, entry, lost, put_back, start_and_lose, view};
use black_box_tests::{Home, StandIn, Zoom};

#[test]
fn and_says_so() {
    let zoom = Zoom::start();
    let (home, mut stand_in, mut watch, ours) = lost(&zoom, "connect");
    stand_in.quit();
    assert_eq!(put_back(&home), ours);
    start_and_lose(&home, &mut stand_in);
    watch.read_until("leaves it alone now. Choose Restore…");
    assert_eq!(view(&home)["guardian"]["kind"], "gave_up");
    stand_in.quit();
    run_again(&home, &mut stand_in);
    // A keeper that looks at everything anew does not begin it all over.
    watch.interrupt();
    let mut next = home.watch(&[]);
    next.read_until("✅");
    assert_eq!(view(&home)["guardian"]["kind"], "gave_up");
    assert!(entry(&home, "zoom").is_null(), "it is not put back again");
    assert!(!next.seen().contains("leaves it alone"), "{}", next.seen());

    claude(&home, &["restore"]);
    assert_eq!(entry(&home, "zoom"), ours);
    assert_eq!(view(&home)["guardian"]["kind"], "idle");
    next.interrupt();
}

/// A whole run in which nothing is lost, because nothing is there.
fn run_again(home: &Home, stand_in: &mut StandIn) {
    stand_in.start();
    stand_in.quit();
    assert_eq!(view(home)["losses"].as_array().unwrap().len(), 2);
}
