//! Which locations a query means. Pure: no request, no clock, no file.
//!
//! What always holds: an exact id wins over everything, an exact name over everything but that;
//! a score lies above [`THRESHOLD`] and reaches [`EXACT`] only for an exact id, name or alias;
//! better scores come first, equals in Zoom's order.

use super::aliases::Aliases;
use super::guess::guess;
use super::hierarchy::Hierarchy;
use super::likeness::Described;
use super::place::Location;
use super::term::normalised;

/// The score of an exact id, name or alias.
pub(crate) const EXACT: u8 = 100;
/// A score must be higher than this to count (as in the server whose tools these are).
pub(crate) const THRESHOLD: u8 = 30;
/// What is at most so far below the best is as good.
pub(crate) const BAND: u8 = 10;

/// What became of a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Resolution<'h> {
    /// The best matches, the best first. Empty if nothing matches.
    pub(crate) matches: Vec<Match<'h>>,
    /// Matches below the best.
    pub(crate) others: Vec<Match<'h>>,
    /// The alias or code that the query was taken for.
    pub(crate) alias_or_code: Option<String>,
    /// What that alias stands for and Zoom does not have.
    pub(crate) missing: Vec<String>,
}

/// A location that the query may mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Match<'h> {
    /// The location.
    pub(crate) location: &'h Location,
    /// How good it is.
    pub(crate) score: u8,
    /// Why it is one.
    pub(crate) because: Because,
    /// The parts of the query that match it or a location around it.
    pub(crate) matched: Vec<String>,
    /// The parts that match neither.
    pub(crate) unmatched: Vec<String>,
}

/// Why a location matches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Because {
    Id,
    Name,
    Alias,
    Code,
    Words,
}

/// Finds the locations that `query` means.
pub(crate) fn resolve<'h>(
    query: &str,
    hierarchy: &'h Hierarchy,
    aliases: &Aliases,
) -> Resolution<'h> {
    let exact = exactly(query, hierarchy);
    if !exact.is_empty() {
        return Resolution::of(exact, None);
    }
    match by_alias(query, hierarchy, aliases) {
        Some(found) if !found.matches.is_empty() => found,
        Some(lost) => Resolution {
            alias_or_code: lost.alias_or_code,
            missing: lost.missing,
            ..guess(query, hierarchy)
        },
        None => guess(query, hierarchy),
    }
}

/// What an alias of the user's stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Meaning<'h> {
    /// The locations, each once.
    pub(crate) locations: Vec<&'h Location>,
    /// Targets that Zoom does not have.
    pub(crate) missing: Vec<String>,
}

/// Finds what an alias stands for: by exact id or name alone.
pub(crate) fn meaning<'h>(targets: &[String], hierarchy: &'h Hierarchy) -> Meaning<'h> {
    let mut meaning = Meaning {
        locations: Vec::new(),
        missing: Vec::new(),
    };
    for target in targets {
        let exact = exactly(target, hierarchy);
        if exact.is_empty() {
            meaning.missing.push(target.clone());
        }
        for Match { location, .. } in exact {
            if !meaning.locations.contains(&location) {
                meaning.locations.push(location);
            }
        }
    }
    meaning
}

/// The short forms of its name that a location answers to.
pub(crate) fn short_forms(location: &Location) -> Vec<String> {
    Described::new(location).short_forms()
}

impl<'h> Resolution<'h> {
    fn of(matches: Vec<Match<'h>>, alias_or_code: Option<String>) -> Self {
        Self {
            matches,
            others: Vec::new(),
            alias_or_code,
            missing: Vec::new(),
        }
    }

    /// Sorts, and parts the best from the rest.
    pub(super) fn banded(mut all: Vec<Match<'h>>, alias: Option<String>) -> Self {
        all.sort_by_key(|found| std::cmp::Reverse(found.score));
        let least = all
            .first()
            .map_or(0, |best| best.score.saturating_sub(BAND));
        let others = all.split_off(all.partition_point(|found| found.score >= least));
        Self {
            others,
            ..Self::of(all, alias)
        }
    }
}

impl<'h> Match<'h> {
    fn exact(location: &'h Location, because: Because, query: &str) -> Self {
        Self {
            location,
            score: EXACT,
            because,
            matched: vec![query.trim().to_owned()],
            unmatched: Vec::new(),
        }
    }
}

/// By id, else by name to the letter, else by name but for capitals and signs.
fn exactly<'h>(query: &str, hierarchy: &'h Hierarchy) -> Vec<Match<'h>> {
    let query = query.trim();
    if let Some(location) = hierarchy.get(query) {
        return vec![Match::exact(location, Because::Id, query)];
    }
    let named = |same: &dyn Fn(&str) -> bool| -> Vec<Match<'h>> {
        hierarchy
            .all()
            .filter(|location| same(&location.name))
            .map(|location| Match::exact(location, Because::Name, query))
            .collect()
    };
    let to_the_letter = named(&|name| !query.is_empty() && name.trim() == query);
    if !to_the_letter.is_empty() {
        return to_the_letter;
    }
    let plain = normalised(query);
    named(&|name| !plain.is_empty() && normalised(name) == plain)
}

fn by_alias<'h>(
    query: &str,
    hierarchy: &'h Hierarchy,
    aliases: &Aliases,
) -> Option<Resolution<'h>> {
    let (alias, targets) = aliases.find(query)?;
    let Meaning { locations, missing } = meaning(targets, hierarchy);
    let matches = locations.into_iter();
    let matches = matches.map(|location| Match::exact(location, Because::Alias, query));
    Some(Resolution {
        missing,
        ..Resolution::of(matches.collect(), Some(alias.to_owned()))
    })
}
