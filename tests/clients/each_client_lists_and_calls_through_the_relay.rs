use crate::client::Client;
use crate::client::Wish::{Auto, Legacy, Modern};
use crate::stage::{alone, calls, check, relayed};
use black_box_tests::Zoom;

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
    let (home, server, mut watch) = relayed(&zoom);
    let seen = client.meet(&home, &server, &calls());
    assert_eq!(seen.era, client.era(), "{client:?}");
    check(&seen);
    let (alone, direct) = alone(&zoom);
    let without = client.meet(&alone, &direct, &calls());
    assert_eq!(seen.tools, without.tools, "{client:?}");
    assert_eq!(watch.interrupt(), Some(0));
}
