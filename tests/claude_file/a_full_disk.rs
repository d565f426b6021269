//! A file system of a few pages, mounted where no other process sees it.

use crate::Scene;
use crate::scene::CONFIG;
use black_box_tests::{Finished, program};
use std::process::Command;

/// Mounts, fills and injects; then takes out what is there. `$1` is Claude's folder, `$2` the
/// command line, `$3` where the folder is copied to.
const SCRIPT: &str = r#"
set -e
cp "$1/claude_desktop_config.json" "$3.before"
mount -t tmpfs -o size=16k,mode=0700 none "$1"
cp "$3.before" "$1/claude_desktop_config.json"
dd if=/dev/zero of="$1/filler" bs=1k 2>"$3.filled" && exit 99
code=0
"$2" claude inject zoom || code=$?
cp -a "$1" "$3"
exit $code
"#;

#[test]
fn leaves_the_old_file() {
    let scene = Scene::new();
    let after = scene.home.path().join("after");
    let mut command = Command::new("unshare");
    let root = rustix::process::geteuid().is_root();
    command.arg(if root { "-m" } else { "-rm" });
    command.args(["sh", "-c", SCRIPT, "sh"]).arg(scene.folder());
    command.arg(program("zoomtrayctl")).arg(&after);
    let inject = scene.injecting();
    command.env_clear().current_dir(scene.home.path());
    command.envs(
        inject
            .get_envs()
            .filter_map(|(name, value)| Some((name, value?))),
    );
    let output = command.output().unwrap();
    let finished = Finished {
        code: output.status.code(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    };
    scene.said("full disk", &finished);
    let kept = fs_err::read_to_string(after.join("claude_desktop_config.json")).unwrap();
    assert_eq!(kept, CONFIG);
    assert_eq!(
        fs_err::read_dir(&after).unwrap().count(),
        2,
        "only it and what fills the disk"
    );
    let filled = fs_err::read_to_string(after.with_extension("filled")).unwrap();
    assert!(filled.contains("No space left"), "{filled}");
}
