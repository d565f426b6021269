use crate::Scene;
use rustix::process::{Signal, kill_process};
use serde_json::json;

#[test]
fn while_a_token_waits_gets_it_and_is_not_started() {
    let scene = Scene::new(&json!({"update": "away"}));
    let mut watch = scene.home.watch(&[]);
    watch.read_until("✅");
    kill_process(scene.newest(), Signal::USR2).unwrap();
    watch.read_until("config   done");
    watch.interrupt();
    scene.holds(&scene.token);
    let seen = watch.seen();
    let status = scene.home.ctl(&["claude", "status"]).out;
    scene.said("Claude that updates itself away", &status);
    assert!(
        !seen.contains("failed"),
        "an exit that nobody asked for is no error: {seen}"
    );
    assert_eq!(scene.stand_in.count("started"), 1);
}

#[test]
fn during_a_restart_is_told_and_not_tried_again() {
    let scene = Scene::new(&json!({"update": "away", "update_on_quit": true}));
    let restart = scene.home.ctl(&["claude", "restart", "--yes"]);
    assert_eq!(restart.code, Some(1));
    scene.said(
        "Claude that updates itself away during a restart",
        &restart.out,
    );
    scene.holds(&scene.token);
    let (started, asked) = (
        scene.stand_in.count("started"),
        scene.stand_in.count("asked_to_quit"),
    );
    assert_eq!((started, asked), (1, 1));
}

#[test]
fn and_comes_back_as_another_version_is_restarted_as_that() {
    let scene = Scene::new(&json!({"update": "restarted"}));
    kill_process(scene.newest(), Signal::USR2).unwrap();
    scene.stand_in.wait_for("started", 2);
    scene.stand_in.wait_for("exited", 1);
    let restart = scene.home.ctl(&["claude", "restart", "--yes"]);
    assert_eq!(restart.code, Some(0), "{restart:?}");
    scene.stand_in.wait_for("started", 3);
    scene.holds(&scene.token);
}
