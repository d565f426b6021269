use black_box_tests::{Home, Zoom, golden, times_cut};
use fake_zoom::{App, Fault};

#[test]
fn of_a_success() {
    let zoom = Zoom::start();
    let mut home = Home::new(&zoom);
    home.set_guest();
    let mut watch = home.watch(&[]);
    watch.read_until("✅");
    watch.interrupt();
    golden("cli/watch_success.txt", &times_cut(&watch.seen()));
}

#[test]
fn of_a_refusal() {
    let zoom = Zoom::start();
    zoom.fail_tokens(Fault::InvalidClient, 1);
    let mut home = Home::new(&zoom);
    home.set_guest();
    let mut watch = home.watch(&[]);
    watch.read_until("❌");
    watch.interrupt();
    golden("cli/watch_refusal.txt", &times_cut(&watch.seen()));
}

#[test]
fn of_the_cooldown() {
    let zoom = Zoom::start();
    let home = Home::new(&zoom);
    home.add_account();
    let mut watch = home.watch(&[]);
    watch.read_until("✅");
    let mut refresh = home.command("zoomtrayctl").arg("refresh").spawn().unwrap();
    watch.read_until("✅");
    assert!(refresh.wait().unwrap().success());
    watch.interrupt();
    golden("cli/watch_cooldown.txt", &times_cut(&watch.seen()));
}

#[test]
fn of_a_suspension() {
    let zoom = Zoom::start();
    let home = Home::new(&zoom);
    home.add_account();
    home.forget_token(&App::default());
    home.remember_attempts(&App::default(), r#"{"failures": 2, "refusals": 2}"#);
    zoom.fail_tokens(Fault::InvalidClient, 1);
    let mut watch = home.watch(&[]);
    watch.read_until("suspended");
    watch.interrupt();
    golden("cli/watch_suspension.txt", &times_cut(&watch.seen()));
}
