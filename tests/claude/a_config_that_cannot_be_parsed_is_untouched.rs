use crate::{CONFIG, claude, expire_token, home};
use black_box_tests::Zoom;

#[test]
fn by_a_keeper_that_has_a_token_for_it() {
    let zoom = Zoom::start();
    let home = home(&zoom);
    claude(&home, &["inject", "zoom"]);
    let backups = || {
        fs_err::read_dir(home.zoomtray().join("data/claude-backups"))
            .unwrap()
            .count()
    };
    let (kept, broken) = (backups(), format!("{CONFIG},"));
    fs_err::write(home.claude_config(), &broken).unwrap();
    expire_token(&home);
    let mut watch = home.watch(&[]);
    watch.read_until("config   failed");
    watch.interrupt();
    assert!(
        watch.seen().contains("it is not JSON at line 5, column"),
        "{}",
        watch.seen()
    );
    assert_eq!(
        fs_err::read_to_string(home.claude_config()).unwrap(),
        broken
    );
    assert_eq!(backups(), kept);
    assert_eq!(
        zoom.token_requests(),
        2,
        "that of `accounts add`, and that of `watch`"
    );
}
