use super::Machine;
use crate::locate::{Doubt, Located, Why};
use crate::process::{Install, Role};

const FAMILY: &str = "Claude_pzs8sxrjxfjjc";
const SECOND: &str = "Anthropic.ClaudeDesktop_h6f0761";
const REAL: &str = r"C:\Users\u\AppData\Roaming\Claude\claude_desktop_config.json";
const STUB: &str = r"C:\Users\u\AppData\Local\AnthropicClaude\claude.exe";

/// The private file of a package.
fn private(family: &str) -> String {
    format!(
        r"C:\Users\u\AppData\Local\Packages\{family}\LocalCache\Roaming\Claude\claude_desktop_config.json"
    )
}

fn installed(family: &str) -> String {
    format!(r"C:\Users\u\AppData\Local\Packages\{family}")
}

fn has_run(family: &str) -> String {
    private(family).replace(r"\claude_desktop_config.json", "")
}

fn machine() -> Machine {
    Machine::windows()
        .env("LOCALAPPDATA", r"C:\Users\u\AppData\Local")
        .env("APPDATA", r"C:\Users\u\AppData\Roaming")
}

fn package(family: &str) -> Install {
    Install::WindowsPackage {
        family: family.to_owned(),
    }
}

fn squirrel() -> Install {
    Install::WindowsSquirrel {
        stub: STUB.to_owned(),
    }
}

#[test]
fn the_private_file_of_the_package_hides_the_real_one() {
    let table = [
        (
            "private alone",
            machine().file(&private(FAMILY)),
            private(FAMILY),
        ),
        (
            "both, package alone installed",
            machine().file(&private(FAMILY)).file(REAL),
            private(FAMILY),
        ),
        (
            "a real file that was there before the package is written where it is",
            machine().folder(&has_run(FAMILY)).file(REAL),
            REAL.to_owned(),
        ),
        (
            "older installer alone",
            machine().file(STUB).file(REAL),
            REAL.to_owned(),
        ),
        (
            "no install to be seen",
            machine().file(REAL),
            REAL.to_owned(),
        ),
        (
            "what an uninstaller leaves behind is no install",
            machine()
                .file(&private(FAMILY))
                .file(REAL)
                .folder(r"C:\Users\u\AppData\Local\AnthropicClaude"),
            private(FAMILY),
        ),
        (
            "the second family that was seen",
            machine().file(&private(SECOND)).file(REAL),
            private(SECOND),
        ),
        (
            "a package that was never run beside one that was",
            machine()
                .file(&private(FAMILY))
                .folder(&installed(SECOND))
                .file(REAL),
            private(FAMILY),
        ),
        (
            "both installed, both read the real file",
            machine().folder(&has_run(FAMILY)).file(STUB).file(REAL),
            REAL.to_owned(),
        ),
    ];
    for (case, machine, expected) in table {
        assert_eq!(machine.in_use(), Some(expected), "{case}");
    }
}

#[test]
fn several_installs_with_a_file_each_are_ambiguous_unless_one_runs() {
    let two_kinds = || machine().file(&private(FAMILY)).file(REAL).file(STUB);
    assert_eq!(two_kinds().doubt(), Some(Doubt::SeveralInstalls));
    let table = [
        (package(FAMILY), private(FAMILY)),
        (package("claude_PZS8sxrjxfjjc"), private(FAMILY)),
        (squirrel(), REAL.to_owned()),
    ];
    for (install, expected) in table {
        let machine = two_kinds().runs(install.clone(), Role::Main, None);
        assert_eq!(machine.in_use(), Some(expected), "{install:?}");
    }
    let both_run =
        two_kinds()
            .runs(package(FAMILY), Role::Main, None)
            .runs(squirrel(), Role::Main, None);
    assert_eq!(both_run.doubt(), Some(Doubt::SeveralInstalls));
}

#[test]
fn two_packages_that_were_run_are_ambiguous() {
    let machine = machine()
        .file(&private(FAMILY))
        .file(&private(SECOND))
        .folder(r"C:\Users\u\AppData\Local\Packages\Microsoft.Other_x");
    let located = machine.locate();
    let Located::Ambiguous { doubt, candidates } = &located else {
        panic!("{located:?}");
    };
    assert_eq!(*doubt, Doubt::SeveralInstalls);
    assert_eq!(candidates.len(), 2);
    assert_eq!(located.writable(), None);
}

#[test]
fn a_new_config_of_the_package_is_made_in_its_private_folder() {
    let run = machine().folder(&has_run(FAMILY));
    assert_eq!(
        run.locate().writable().unwrap().as_os_str(),
        private(FAMILY).as_str()
    );
    let never_run = machine().folder(&installed(FAMILY));
    assert_eq!(never_run.locate().writable(), None);
    let no_install = machine().folder(r"C:\Users\u\AppData\Roaming\Claude");
    assert_eq!(no_install.locate().writable(), None);
}

#[test]
fn the_folder_that_helpers_name_in_the_package_is_the_usual_one() {
    let machine = machine()
        .file(&private(FAMILY))
        .file(REAL)
        .runs(package(FAMILY), Role::Main, None)
        .runs(
            package(FAMILY),
            Role::Helper,
            Some(r"c:\users\U\AppData\Roaming\Claude"),
        );
    assert_eq!(machine.in_use(), Some(private(FAMILY)));
}

#[test]
fn without_its_variables_the_home_folder_tells() {
    let machine = Machine::windows().file(REAL);
    let Located::InUse { path, why, .. } = machine.locate() else {
        panic!("nothing was found");
    };
    assert_eq!(
        (path.as_os_str(), why),
        (REAL.as_ref(), Why::WindowsRoaming)
    );
}

#[test]
fn a_missing_config_names_every_place_that_was_looked_at() {
    let machine = machine().folder(&has_run(FAMILY));
    assert_eq!(machine.candidates(), [private(FAMILY), REAL.to_owned()]);
}

#[test]
fn packages_and_the_older_installer_are_installs() {
    let machine = machine()
        .folder(&installed(FAMILY))
        .folder(r"C:\Users\u\AppData\Local\Packages\Microsoft.Other_x")
        .file(STUB);
    assert_eq!(machine.installs(), [package(FAMILY), squirrel()]);
}
