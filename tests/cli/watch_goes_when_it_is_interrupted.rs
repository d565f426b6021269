use black_box_tests::{Home, Zoom};

#[test]
fn cleanly_with_exit_code_0() {
    let zoom = Zoom::start();
    let home = Home::new(&zoom);
    home.add_account();
    let mut watch = home.watch(&[]);
    watch.read_until("✅");
    assert_eq!(watch.interrupt(), Some(0));
}

#[test]
fn and_a_second_one_names_the_first() {
    let zoom = Zoom::start();
    let home = Home::new(&zoom);
    home.add_account();
    let mut watch = home.watch(&[]);
    watch.read_until("✅");
    let second = home.ctl(&["watch"]);
    assert_eq!(second.code, Some(1));
    assert!(
        second.err.contains(&format!("pid {}", watch.pid())),
        "{}",
        second.err
    );
    watch.interrupt();
}
