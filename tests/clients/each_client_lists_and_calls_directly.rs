use crate::client::Wish::{Auto, Legacy, Modern};
use crate::client::{Client, Seen};
use crate::stage::{alone, calls, check, names};
use black_box_tests::{Mcp, Zoom};
use serde_json::json;

#[test]
fn typescript_v1() {
    works(Client::TypeScriptV1);
}

#[test]
fn typescript_v2() {
    for wish in [Legacy, Auto, Modern] {
        works(Client::TypeScriptV2(wish));
    }
}

#[test]
fn python() {
    for wish in [Legacy, Auto, Modern] {
        works(Client::Python(wish));
    }
}

fn works(client: Client) {
    let zoom = Zoom::start();
    let (home, server) = alone(&zoom);
    let seen = client.meet(&home, &server, &calls());
    assert_eq!(seen.era, client.era(), "{client:?}");
    check(&seen);
    every_tool(&home, &seen);
    assert_eq!(zoom.fake.counters().complaints, Vec::<String>::new());
}

/// The client saw what the server says to one that understands nothing.
fn every_tool(home: &black_box_tests::Home, seen: &Seen) {
    let mut bare = Mcp::open(home);
    let listed = bare.request("tools/list", &json!({}));
    let all = listed["tools"].as_array().unwrap();
    assert_eq!(names(&seen.tools), names(all));
}
