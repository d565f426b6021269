use crate::client::{Server, in_this_folder, node, prepared_node};
use crate::gateway_alone::GatewayAlone;
use crate::lines::Lines;
use crate::stage::relayed;
use black_box_tests::{Home, Zoom};
use gateway::ThirdParty;
use serde_json::Value;

/// The suite's program, below the packages.
const SUITE: &str = "node_modules/@modelcontextprotocol/conformance/dist/index.js";

/// The entry of the server that has what the suite asks for.
const ENTRY: &str = "conformance";

/// Scenarios that ask for no tool, resource or prompt by name.
const OF_ANY_SERVER: [&str; 3] = ["server-initialize", "ping", "tools-list"];

#[test]
fn with_one_failure_that_is_the_servers_own() {
    let home = Home::without_zoom();
    let _gateway = GatewayAlone::start(&home.zoomtray(), ENTRY, conformance_server());
    let server = Server {
        command: black_box_tests::program("zoomtrayctl")
            .to_str()
            .unwrap()
            .to_owned(),
        arguments: vec!["relay".to_owned(), ENTRY.to_owned()],
    };
    let bridge = Bridge::start(&home, &server);
    let expected = in_this_folder("expected_failures.yml");
    let said = bridge.suite(&home, &["--expected-failures", expected.to_str().unwrap()]);
    let passed = said.lines().filter(|line| line.starts_with("✓ ")).count();
    assert!(passed >= 29, "{passed} scenarios passed: {said}");
}

#[test]
fn and_nothing_wrong_with_the_bundled_server() {
    let zoom = Zoom::start();
    let (home, server, mut watch) = relayed(&zoom);
    let bridge = Bridge::start(&home, &server);
    for scenario in OF_ANY_SERVER {
        bridge.suite(&home, &["--scenario", scenario]);
    }
    drop(bridge);
    assert_eq!(watch.interrupt(), Some(0));
}

fn conformance_server() -> ThirdParty {
    let program = in_this_folder("programs/conformance_server.js");
    ThirdParty {
        program: prepared_node().to_str().unwrap().to_owned(),
        arguments: vec![program.to_str().unwrap().to_owned()],
        variables: Vec::new(),
        token_variable: Some("ZOOM_ACCESS_TOKEN".to_owned()),
        secrets: Vec::new(),
    }
}

/// The suite knows only HTTP: each of its sessions gets a relay of its own.
struct Bridge {
    url: String,
    _process: Lines,
}

impl Bridge {
    fn start(home: &Home, server: &Server) -> Self {
        let mut command = node(home, "programs/http_bridge.js");
        command.arg(&server.command).args(&server.arguments);
        let process = Lines::of(command);
        let address: Value = serde_json::from_str(&process.next()).unwrap();
        Self {
            url: address["url"].as_str().unwrap().to_owned(),
            _process: process,
        }
    }

    /// Runs the suite, which must succeed; what it said.
    fn suite(&self, home: &Home, arguments: &[&str]) -> String {
        let mut command = node(home, SUITE);
        command.args(["server", "--url", &self.url]);
        command
            .args(arguments)
            .arg("-o")
            .arg(home.path().join("results"));
        let ended = command.output().unwrap();
        let said = String::from_utf8_lossy(&ended.stdout).into_owned();
        assert!(ended.status.success(), "{arguments:?}: {said}");
        said
    }
}
