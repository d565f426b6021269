//! What holds for any query and any hierarchy.

use super::aliases::Aliases;
use super::hierarchy::Hierarchy;
use super::place::Location;
use super::resolution::{BAND, Because, EXACT, Match, Resolution, THRESHOLD, resolve};
use super::testing::location;
use proptest::prelude::*;

/// Parts of names and of queries, which meet each other often.
fn part() -> impl Strategy<Value = String> {
    let parts = [
        "Floor 1",
        "Floor 2",
        "3F",
        "Building 1",
        "bldg 2",
        "1",
        "2",
        "Tower",
        "Denver",
        "Denvr",
        "den",
        "San",
        "Francisco",
        "SF",
        "SF1",
        "USSFO",
        "sfo2",
        "campus",
        "North",
        "Nord",
    ];
    prop::sample::select(parts.to_vec()).prop_map(str::to_owned)
}

/// One to three parts; or nothing like a name.
fn name() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => prop::collection::vec(part(), 1..4).prop_map(|parts| parts.join(" ")),
        1 => any::<String>(),
    ]
}

/// Parents are drawn from the same few ids, so that circles, orphans and doubles occur.
fn a_location() -> impl Strategy<Value = Location> {
    let kinds = prop::sample::select(&["campus", "building", "floor", "city", "wing", ""][..]);
    ("[a-h]{1,2}", name(), kinds, "[a-h]{0,2}")
        .prop_map(|(id, name, kind, parent)| location(&id, &name, kind, &parent))
}

fn a_hierarchy() -> impl Strategy<Value = Hierarchy> {
    prop::collection::vec(a_location(), 0..24).prop_map(Hierarchy::new)
}

fn position(hierarchy: &Hierarchy, found: &Match<'_>) -> usize {
    let mut all = hierarchy.all();
    all.position(|location| location == found.location).unwrap()
}

fn in_order<'a>(hierarchy: &Hierarchy, found: &'a Resolution<'_>) -> Vec<&'a Match<'a>> {
    let all: Vec<_> = found.matches.iter().chain(&found.others).collect();
    for pair in all.windows(2) {
        let order = |one: &Match<'_>| (std::cmp::Reverse(one.score), position(hierarchy, one));
        let guessed = pair[0].because == Because::Words;
        assert!(pair[0].score >= pair[1].score);
        assert!(!guessed || order(pair[0]) < order(pair[1]), "{pair:?}");
    }
    all
}

proptest! {
    #[test]
    fn scores_stay_in_bounds_and_come_in_order(hierarchy in a_hierarchy(), query in name()) {
        let found = resolve(&query, &hierarchy, &Aliases::default());
        for one in in_order(&hierarchy, &found) {
            prop_assert!(one.score > THRESHOLD && one.score <= EXACT);
            let exact = matches!(one.because, Because::Id | Because::Name);
            prop_assert_eq!(exact, one.score == EXACT);
        }
        if let Some(best) = found.matches.first() {
            prop_assert!(found.matches.iter().all(|one| one.score + BAND >= best.score));
            prop_assert!(found.others.iter().all(|one| one.score + BAND < best.score));
        } else {
            prop_assert!(found.others.is_empty());
        }
    }

    #[test]
    fn an_exact_id_wins(hierarchy in a_hierarchy(), pick in any::<prop::sample::Index>()) {
        let all: Vec<_> = hierarchy.all().collect();
        prop_assume!(!all.is_empty());
        let wanted = all[pick.index(all.len())];
        let found = resolve(&wanted.id, &hierarchy, &Aliases::from([("a", &["b"][..])]));
        prop_assert_eq!(found.matches.len(), 1);
        prop_assert_eq!(found.matches[0].location, wanted);
        prop_assert_eq!(found.matches[0].because, Because::Id);
    }

    #[test]
    fn an_exact_name_wins(hierarchy in a_hierarchy(), pick in any::<prop::sample::Index>()) {
        let all: Vec<_> = hierarchy.all().collect();
        prop_assume!(!all.is_empty());
        let wanted = all[pick.index(all.len())];
        let name = wanted.name.trim();
        prop_assume!(!name.is_empty() && hierarchy.get(name).is_none());
        let found = resolve(name, &hierarchy, &Aliases::default());
        let same: Vec<_> = all.iter().filter(|one| one.name.trim() == name).collect();
        let matches: Vec<_> = found.matches.iter().map(|one| &one.location).collect();
        prop_assert_eq!(matches, same);
        prop_assert!(found.matches.iter().all(|one| one.because == Because::Name));
    }

    #[test]
    fn the_same_question_has_the_same_answer(hierarchy in a_hierarchy(), query in name()) {
        let again = hierarchy.clone();
        prop_assert_eq!(
            resolve(&query, &hierarchy, &Aliases::default()),
            resolve(&query, &again, &Aliases::default())
        );
    }

    #[test]
    fn every_part_of_a_guess_is_accounted_for(hierarchy in a_hierarchy(), query in name()) {
        let found = resolve(&query, &hierarchy, &Aliases::default());
        let parts: Vec<_> = found.matches.iter().chain(&found.others)
            .filter(|one| one.because == Because::Words)
            .map(|one| one.matched.len() + one.unmatched.len())
            .collect();
        prop_assert!(parts.windows(2).all(|pair| pair[0] == pair[1]), "{parts:?}");
        prop_assert!(found.matches.iter().all(|one| !one.matched.is_empty()));
    }
}
