use crate::{CONFIG, Scene};
use serde_json::json;

#[test]
fn is_named_after_thirty_seconds_and_left_alone() {
    let scene = Scene::new(&json!({"ignore_quit": true}));
    let restart = scene.home.ctl(&["claude", "restart", "--yes"]);
    assert_eq!(restart.code, Some(1));
    scene.said("Claude that does not quit", &restart.out);
    assert_eq!(scene.text(), CONFIG, "nothing is written");
    let (started, asked) = (
        scene.stand_in.count("started"),
        scene.stand_in.count("asked_to_quit"),
    );
    assert_eq!((started, asked), (1, 1), "asked once");
    let lives = rustix::process::test_kill_process(scene.newest());
    assert!(lives.is_ok(), "nothing is ended by force");
    let status = scene.home.ctl(&["claude", "status"]);
    assert!(
        status.out.contains("zoomtrayctl claude restart"),
        "{status:?}"
    );
}

#[test]
fn is_ended_by_force_only_by_a_second_choice() {
    let scene = Scene::new(&json!({"ignore_quit": true}));
    let unasked = scene.home.ctl(&["claude", "restart", "--force"]);
    assert_eq!(unasked.code, Some(2), "nobody can be asked here");
    let forced = scene.home.ctl(&["claude", "restart", "--force", "--yes"]);
    assert_eq!(forced.code, Some(0), "{forced:?}");
    scene.said("Claude ended by force", &forced.out);
    assert_eq!(scene.stand_in.count("asked_to_quit"), 0);
    scene.stand_in.wait_for("started", 2);
    scene.holds(&scene.token);
}
