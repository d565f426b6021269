use crate::Scene;
use serde_json::json;
use std::os::unix::fs::PermissionsExt;

#[test]
fn before_the_write_keeps_its_config_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let lingers = folder.path().join("lingers");
    fs_err::write(&lingers, "").unwrap();
    let mut scene = Scene::new(&json!({"helpers_linger_while": lingers}));
    let restart = std::thread::scope(|threads| {
        let home = &scene.home;
        let restart = threads.spawn(|| home.ctl(&["claude", "restart", "--yes"]));
        scene.stand_in.wait_for("exited", 1);
        scene.stand_in.start();
        fs_err::remove_file(&lingers).unwrap();
        restart.join().unwrap()
    });
    assert_eq!(restart.code, Some(1));
    scene.said("Claude that the user starts before the write", &restart.out);
    scene.holds("original-value");
    let (started, asked) = (
        scene.stand_in.count("started"),
        scene.stand_in.count("asked_to_quit"),
    );
    assert_eq!((started, asked), (2, 1), "the user's own is left alone");
}

#[test]
fn after_the_write_is_not_started_twice() {
    let mut scene = Scene::new(&json!({}));
    hold_up_the_start(&mut scene);
    let restart = std::thread::scope(|threads| {
        let home = &scene.home;
        let restart = threads.spawn(|| home.ctl(&["claude", "restart", "--yes"]));
        let gate = scene.home.path().join("gate");
        black_box_tests::wait_until(scene.home.path(), || gate.exists());
        scene.stand_in.start();
        fs_err::remove_file(gate).unwrap();
        restart.join().unwrap()
    });
    assert_eq!(restart.code, Some(0), "{restart:?}");
    scene.said("Claude that the user starts after the write", &restart.out);
    scene.stand_in.wait_for("second_instance", 1);
    assert_eq!(scene.stand_in.count("started"), 2);
    scene.holds(&scene.token);
}

/// What starts Claude waits until the file `gate` is taken away.
fn hold_up_the_start(scene: &mut Scene) {
    let folder = scene.home.path().join("bin");
    fs_err::create_dir(&folder).unwrap();
    let setsid = folder.join("setsid");
    let gate = scene.home.path().join("gate");
    let script = format!(
        "#!/bin/sh\n: > '{gate}'\nwhile [ -e '{gate}' ]; do sleep 0.05; done\nexec /usr/bin/setsid \"$@\"\n",
        gate = gate.display()
    );
    fs_err::write(&setsid, script).unwrap();
    fs_err::set_permissions(&setsid, PermissionsExt::from_mode(0o755)).unwrap();
    let path = std::env::var("PATH").unwrap();
    scene
        .home
        .set("PATH", format!("{}:{path}", folder.display()));
}
