use crate::said;
use black_box_tests::{Home, Zoom};

#[test]
fn is_told_which_one_is_the_first() {
    let zoom = Zoom::start();
    let home = Home::new(&zoom);
    home.add_account();
    let mut first = home.watch(&[]);
    first.read_until("✅");
    let second = home.ctl(&["watch"]);
    assert_eq!((second.code, second.out.as_str()), (Some(1), ""));
    assert!(
        second.err.contains(&format!("pid {}", first.pid())),
        "{}",
        second.err
    );
    said(&home, "second keeper", &second.err);
    assert_eq!(first.interrupt(), Some(0));
}
