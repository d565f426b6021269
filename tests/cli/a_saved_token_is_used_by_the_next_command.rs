use black_box_tests::{Home, Zoom};

#[test]
fn one_request_serves_many_commands() {
    let zoom = Zoom::start();
    let home = Home::new(&zoom);
    home.add_account();
    let first = home.ctl(&["token"]);
    let second = home.ctl(&["token", "--min-ttl", "60"]);
    assert_eq!(first.out, second.out);
    assert!(
        first.out.trim().len() > 100,
        "a token is printed alone: {:?}",
        first.out
    );
    assert_eq!(zoom.token_requests(), 1);
}
