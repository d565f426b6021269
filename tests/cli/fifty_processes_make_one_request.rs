use black_box_tests::{Home, Zoom};
use fake_zoom::{Config, Mode};
use std::process::Stdio;

#[test]
fn when_the_token_has_expired_and_each_new_one_kills_the_last() {
    let zoom = Zoom::with(Config {
        mode: Mode::Single,
        ..Config::default()
    });
    let mut home = Home::new(&zoom);
    home.set_guest();
    let spawn = |_| {
        let mut command = home.command("zoomtrayctl");
        command
            .arg("token")
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap()
    };
    let children: Vec<_> = (0..50).map(spawn).collect();
    let mut tokens = Vec::new();
    for child in children {
        let output = child.wait_with_output().unwrap();
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        tokens.push(output.stdout);
    }
    tokens.dedup();
    assert_eq!(tokens.len(), 1, "everybody got the same token");
    assert_eq!(zoom.token_requests(), 1);
}
