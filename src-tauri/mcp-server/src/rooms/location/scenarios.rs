//! What people ask for, in tables.

use super::aliases::Aliases;
use super::resolution::{Because, EXACT, Resolution, resolve, short_forms};
use super::testing::world;

fn ids(found: &Resolution<'_>) -> Vec<String> {
    let ids = found.matches.iter().map(|one| one.location.id.clone());
    ids.collect()
}

fn resolved(query: &str) -> Vec<String> {
    ids(&resolve(query, &world(), &Aliases::default()))
}

#[test]
fn queries_mean_what_people_mean_by_them() {
    let cases: [(&str, &[&str]); 26] = [
        ("sf-b1-f2", &["sf-b1-f2"]),
        ("Denver", &["den"]),
        ("  denver ", &["den"]),
        ("SF", &["sf"]),
        ("sfo", &["sf"]),
        ("SF1", &["sf-b1"]),
        ("sfo2", &["sf-b2"]),
        ("DEN2", &["den-b2"]),
        ("NYC1", &["nyc-f1"]),
        ("NYC9", &["nyc"]),
        ("nyc", &["nyc"]),
        ("Floor 1", &["sf-b1-f1", "sf-b2-f1", "nyc-f1"]),
        ("1F", &["sf-b1-f1", "sf-b2-f1", "nyc-f1"]),
        ("level 3", &["den-b2-f3"]),
        ("Building 2", &["sf-b2", "den-b2"]),
        ("bldg 2", &["sf-b2", "den-b2"]),
        ("Denver Building 2", &["den-b2"]),
        ("Denver, bldg. 2, 3rd floor", &["den-b2-f3"]),
        ("SF1 Floor 2", &["sf-b1-f2"]),
        ("SF1 Floor 1", &["sf-b1-f1"]),
        ("NYC1 Floor 2", &["nyc-f2"]),
        ("USSFO / Building 2 / Floor 1", &["sf-b2-f1"]),
        ("york", &["nyc"]),
        ("Denvr", &["den"]),
        ("lodz étage", &["lodz"]),
        ("Atlantis", &[]),
    ];
    for (query, wanted) in cases {
        assert_eq!(resolved(query), wanted, "{query:?}");
    }
}

#[test]
fn what_did_not_match_is_named() {
    let world = world();
    let found = resolve("Denver basement", &world, &Aliases::default());
    let best = &found.matches[0];
    assert_eq!(best.location.id, "den");
    assert_eq!(best.matched, ["denver"]);
    assert_eq!(best.unmatched, ["basement"]);
    let numbered = resolve("NYC9", &world, &Aliases::default());
    assert_eq!(numbered.matches[0].matched, ["nyc"]);
    assert_eq!(numbered.matches[0].unmatched, ["9"]);
}

#[test]
fn what_is_less_like_the_query_is_kept_apart() {
    let world = world();
    let found = resolve("Denver Building 2", &world, &Aliases::default());
    let others: Vec<_> = found
        .others
        .iter()
        .map(|one| one.location.id.as_str())
        .collect();
    assert!(others.contains(&"sf-b2"), "{others:?}");
    assert!(
        found
            .others
            .iter()
            .all(|one| one.score + 10 < found.matches[0].score)
    );
}

#[test]
fn an_alias_of_the_users_comes_before_a_guess_and_after_a_name() {
    let world = world();
    let aliases = Aliases::from([
        ("SF1", &["den-b1", "Floor 3"][..]),
        ("Denver", &["sf"][..]),
        ("lost", &["nowhere"][..]),
    ]);
    let found = resolve("sf1", &world, &aliases);
    assert_eq!(ids(&found), ["den-b1", "den-b2-f3"]);
    assert_eq!(found.alias_or_code.as_deref(), Some("SF1"));
    assert!(
        found
            .matches
            .iter()
            .all(|one| (one.score, one.because) == (EXACT, Because::Alias))
    );
    assert_eq!(ids(&resolve("Denver", &world, &aliases)), ["den"]);
    let lost = resolve("lost", &world, &aliases);
    assert!(lost.matches.is_empty());
    assert_eq!(lost.missing, ["nowhere"]);
}

#[test]
fn a_location_answers_to_each_name_it_is_listed_with() {
    let world = world();
    let mut names = 0;
    for location in world.all() {
        for name in short_forms(location) {
            names += 1;
            let found = resolve(&name, &world, &Aliases::default());
            let among = found.matches.iter().any(|one| one.location == location);
            assert!(among, "{name:?} does not find {}: {found:?}", location.id);
        }
    }
    assert!(names > 20, "{names}");
}
