use crate::Scene;
use crate::scene::CONFIG;
use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt;

#[test]
fn is_left_alone() {
    let scene = Scene::new();
    fs_err::set_permissions(scene.config(), Permissions::from_mode(0o000)).unwrap();
    let inject = scene.inject_as_bound_by_modes();
    fs_err::set_permissions(scene.config(), Permissions::from_mode(0o600)).unwrap();
    scene.said("config that may not be read", &inject);
    assert_eq!(scene.text(), CONFIG);
    scene.is_tidy();
}
