use crate::{config, config_now, import, write_config};
use black_box_tests::{Home, Zoom};

#[test]
fn nor_where_nobody_can_be_asked() {
    let zoom = Zoom::start();
    let home = Home::new(&zoom);
    write_config(&home, &config());
    let asked = import(&home, &[]);
    assert_eq!(asked.code, Some(2), "{}", asked.out);
    assert!(asked.err.contains("add --yes"), "{}", asked.err);
    assert_eq!(config_now(&home), config());
    assert_eq!(zoom.token_requests(), 0);
}
