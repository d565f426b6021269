use crate::Scene;
use crate::interrupted::{Moment, interrupted, interrupted_often, sooner_or_later};
use crate::scene::CONFIG;

#[test]
fn keeps_both_changes() {
    let kept = || {
        let scene = Scene::new();
        let theirs = CONFIG.replace("\"node\"", "\"deno\"");
        let inject = interrupted(&scene, Moment::BeforeRename, || scene.write(&theirs));
        assert_eq!((inject.code, inject.err.as_str()), (Some(0), ""));
        scene.is_tidy();
        scene.text() == scene.with_token(&theirs)
    };
    assert!(sooner_or_later(kept), "their change is always lost");
}

#[test]
fn each_time_is_left_alone_in_the_end() {
    let scene = Scene::new();
    let theirs = |count: usize| CONFIG.replace("\"node\"", &format!("\"node{count}\""));
    let inject = interrupted_often(&scene, &[Moment::BeforeRename; 3], |count| {
        scene.write(&theirs(count));
    });
    scene.said("config that is changed again and again", &inject);
    assert_eq!(scene.text(), theirs(2));
    scene.is_tidy();
}
