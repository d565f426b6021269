use super::Machine;
use crate::locate::{Located, Why};

const NAMED: &str = "CLAUDE_CONFIG_FILE";

fn machines() -> [Machine; 3] {
    [
        Machine::linux().file("/home/u/.config/Claude/claude_desktop_config.json"),
        Machine::mac()
            .file("/Users/u/Library/Application Support/Claude/claude_desktop_config.json"),
        Machine::windows().file(r"C:\Users\u\AppData\Roaming\Claude\claude_desktop_config.json"),
    ]
}

#[test]
fn the_named_file_wins_on_every_platform() {
    for machine in machines() {
        let machine = machine.env(NAMED, "/x/named.json").file("/x/named.json");
        let Located::InUse {
            path,
            why,
            candidates,
        } = machine.locate()
        else {
            panic!("{:?}: not found", machine.platform);
        };
        assert_eq!(
            (path.as_os_str(), why),
            ("/x/named.json".as_ref(), Why::Named)
        );
        assert_eq!(candidates.len(), 1, "{:?}", machine.platform);
    }
}

#[test]
fn no_other_file_is_taken_for_a_named_one_that_is_missing() {
    for machine in machines() {
        let machine = machine.env(NAMED, "/x/named.json");
        let Located::Missing { create, candidates } = machine.locate() else {
            panic!("{:?}: another file was taken", machine.platform);
        };
        assert_eq!(create, None, "{:?}", machine.platform);
        assert_eq!(candidates.len(), 1, "{:?}", machine.platform);
        let machine = machine.folder("/x");
        assert_eq!(
            machine.locate().writable().unwrap().as_os_str(),
            "/x/named.json"
        );
    }
}

#[test]
fn a_tilde_in_the_named_file_is_the_home_folder() {
    let machine = Machine::linux()
        .env(NAMED, "~/c.json")
        .file("/home/u/c.json");
    assert_eq!(machine.in_use().as_deref(), Some("/home/u/c.json"));
}
