//! The worst case: a Claude of which nobody knows that it runs, so that nothing waits until it is
//! quit. It is not the installed one, and its lock is gone.

use crate::Scene;
use crate::interrupted::{Moment, interrupted, sooner_or_later};
use black_box_tests::StandIn;
use serde_json::{Value, json};

#[test]
fn after_the_rename_its_copy_stays_and_the_user_is_told() {
    let scene = Scene::new();
    let claude = unseen(&scene, &json!({}));
    let inject = interrupted(&scene, Moment::AfterRename, || writes_now(&claude));
    scene.said("Claude writes its stale copy at that moment", &inject);
    assert_eq!(token_in(&scene), "original-value");
    scene.is_tidy();
}

#[test]
fn before_the_rename_its_copy_is_taken_in() {
    let taken_in = || {
        let scene = Scene::new();
        let claude = unseen(&scene, &json!({}));
        let inject = interrupted(&scene, Moment::BeforeRename, || writes_now(&claude));
        assert_eq!((inject.code, inject.err.as_str()), (Some(0), ""));
        assert_ne!(token_in(&scene), "original-value");
        scene.is_tidy();
        scene.text().starts_with("{\n  \"globalShortcut\"")
    };
    assert!(sooner_or_later(taken_in), "Claude's copy is never the base");
}

#[test]
fn again_and_again_the_file_is_whole_at_any_moment() {
    let scene = Scene::new();
    let mut claude = unseen(&scene, &json!({"write_every_ms": 3}));
    for _ in 0..10 {
        let inject = scene.inject();
        let whole = matches!(inject.code, Some(0 | 1)) && !inject.err.contains("damaged");
        assert!(whole, "{inject:?}");
    }
    claude.quit();
    assert_eq!(token_in(&scene), "original-value", "it wrote last");
    assert_eq!(scene.inject().code, Some(0));
    assert_ne!(token_in(&scene), "original-value");
    scene.is_tidy();
}

fn unseen(scene: &Scene, options: &Value) -> StandIn {
    let mut claude = StandIn::at(&scene.config(), options);
    claude.start();
    fs_err::remove_file(scene.folder().join("SingletonLock")).unwrap();
    claude
}

/// Returns once the whole copy is in the file.
fn writes_now(claude: &StandIn) {
    let written = claude.count("wrote");
    claude.changes_a_preference();
    claude.wait_for("wrote", written + 1);
}

fn token_in(scene: &Scene) -> String {
    let config: Value = serde_json::from_str(&scene.text()).unwrap();
    let token = &config["mcpServers"]["zoom"]["env"]["ZOOM_ACCESS_TOKEN"];
    token.as_str().unwrap().to_owned()
}
