use crate::{config, config_now, import, write_config};
use black_box_tests::{Finished, Home, Zoom};

#[test]
fn by_one_that_is_added_or_imported() {
    let zoom = Zoom::start();
    let home = Home::new(&zoom);
    assert_eq!(home.add_account().code, Some(0));
    let accounts = home.zoomtray().join("data/accounts.json");
    let saved = fs_err::read_to_string(&accounts).unwrap();
    fs_err::write(&accounts, "{ torn").unwrap();
    write_config(&home, &config());
    refused(&home.add_account());
    refused(&import(&home, &["--yes"]));
    assert_eq!(fs_err::read_to_string(&accounts).unwrap(), "{ torn");
    assert_eq!(config_now(&home), config(), "what it holds stays there");
    assert_eq!(zoom.token_requests(), 1, "nothing is asked for in vain");
    fs_err::write(&accounts, saved).unwrap();
    assert_eq!(home.ctl(&["token"]).code, Some(0));
}

fn refused(finished: &Finished) {
    assert_eq!(finished.code, Some(1), "{}", finished.out);
    assert!(finished.err.contains("accounts.json"), "{}", finished.err);
}
