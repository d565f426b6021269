//! What a query that is no id, name or alias probably means: a code, or words and numbers.

use super::hierarchy::Hierarchy;
use super::likeness::Described;
use super::place::{Location, LocationKind};
use super::resolution::{Because, EXACT, Match, Resolution, THRESHOLD};
use super::term::{Code, Level, Spoken, Term, code, terms};
use std::collections::HashMap;

/// As a code, else word by word.
pub(super) fn guess<'h>(query: &str, hierarchy: &'h Hierarchy) -> Resolution<'h> {
    let described: Vec<_> = hierarchy.all().map(Described::new).collect();
    if let Some(code) = code(query) {
        let found = by_code(&code, hierarchy, &described);
        if !found.is_empty() {
            return Resolution::banded(found, Some(query.trim().to_lowercase()));
        }
    }
    Resolution::banded(by_words(query, hierarchy, &described), None)
}

/// `SF` is the place with this code, `SF1` building 1 of it, else floor 1, else the place.
fn by_code<'h>(
    code: &Code,
    hierarchy: &'h Hierarchy,
    described: &[Described<'h>],
) -> Vec<Match<'h>> {
    let mut found = Vec::new();
    for (place, score) in coded(code, hierarchy, described) {
        let one = |location, unmatched: Option<u32>| Match {
            location,
            score,
            because: Because::Code,
            matched: matched_of(code, unmatched.is_none()),
            unmatched: unmatched.iter().map(u32::to_string).collect(),
        };
        match code.number {
            None => found.push(one(place, None)),
            Some(number) => {
                let numbered = numbered(place, number, hierarchy);
                if numbered.is_empty() {
                    found.push(one(place, Some(number)));
                }
                found.extend(numbered.into_iter().map(|location| one(location, None)));
            }
        }
    }
    found
}

fn matched_of(code: &Code, with_number: bool) -> Vec<String> {
    let number = code.number.filter(|_| with_number);
    std::iter::once(code.letters.clone())
        .chain(number.map(|number| number.to_string()))
        .collect()
}

/// The places with this code and how well it fits; of two within each other the outer one.
fn coded<'h>(
    code: &Code,
    hierarchy: &'h Hierarchy,
    described: &[Described<'h>],
) -> Vec<(&'h Location, u8)> {
    let scored: Vec<_> = described
        .iter()
        .filter(|place| place.location.kind != LocationKind::Floor)
        .map(|place| (place.location, place.code(&code.letters)))
        .filter(|(_, score)| *score > 0)
        .collect();
    let is_coded = |id: &str| scored.iter().any(|(place, _)| place.id == id);
    let outermost = |place: &Location| {
        let around = hierarchy.lineage(&place.id);
        !around.iter().skip(1).any(|outer| is_coded(&outer.id))
    };
    scored
        .iter()
        .copied()
        .filter(|(place, _)| outermost(place))
        .collect()
}

/// The buildings of this number in a place, else its floors.
fn numbered<'h>(place: &Location, number: u32, hierarchy: &'h Hierarchy) -> Vec<&'h Location> {
    let below = hierarchy.family(&place.id);
    let of = |level| -> Vec<&'h Location> {
        below
            .iter()
            .skip(1)
            .copied()
            .filter(|location| Described::new(location).is_number(Some(level), number))
            .collect()
    };
    let buildings = of(Level::Building);
    if buildings.is_empty() {
        of(Level::Floor)
    } else {
        buildings
    }
}

/// Every location of which something is in the query, with what is around it taken into account.
fn by_words<'h>(
    query: &str,
    hierarchy: &'h Hierarchy,
    described: &[Described<'h>],
) -> Vec<Match<'h>> {
    let asked = meant(query);
    let by_id: HashMap<&str, &Described<'h>> = described
        .iter()
        .map(|own| (own.location.id.as_str(), own))
        .collect();
    let around = |location: &Location| -> Vec<&Described<'h>> {
        let lineage = hierarchy.lineage(&location.id);
        let outer = lineage.iter().skip(1);
        outer
            .filter_map(|outer| by_id.get(outer.id.as_str()).copied())
            .collect()
    };
    described
        .iter()
        .filter(|own| asked.iter().any(|spoken| own.likeness(&spoken.term) > 0))
        .map(|own| weigh(&asked, own, &around(own.location)))
        .filter(|found| found.score > THRESHOLD)
        .collect()
}

/// A word tells places apart better than a number, which many have.
fn weight(term: &Term) -> usize {
    match term {
        Term::Word(_) => 2,
        Term::Number { .. } => 1,
    }
}

/// In `SF1 Floor 2` the 1 can only be a building's.
fn meant(query: &str) -> Vec<Spoken> {
    let mut asked = terms(query);
    let is_floor = |spoken: &Spoken| {
        let of = Some(Level::Floor);
        matches!(spoken.term, Term::Number { of: level, .. } if level == of)
    };
    if asked.iter().any(is_floor) {
        for spoken in &mut asked {
            if let Term::Number { of: of @ None, .. } = &mut spoken.term {
                *of = Some(Level::Building);
            }
        }
    }
    asked
}

/// Four fifths for how much of the query fits, one fifth for how much of the name was said.
fn weigh<'h>(asked: &[Spoken], own: &Described<'h>, around: &[&Described<'h>]) -> Match<'h> {
    let (mut total, mut weights) = (0, 0);
    let (mut matched, mut unmatched) = (Vec::new(), Vec::new());
    for Spoken { term, text } in asked {
        let outer = around.iter().map(|outer| outer.likeness(term));
        let best = outer.chain([own.likeness(term)]).max().unwrap_or(0);
        total += usize::from(best) * weight(term);
        weights += weight(term);
        let list = if best > 0 {
            &mut matched
        } else {
            &mut unmatched
        };
        list.push(text.clone());
    }
    let (fits, length) = (total / weights.max(1), own.terms.len().max(1));
    let score = fits * (4 * length + said(asked, own)) / (5 * length);
    Match {
        location: own.location,
        score: u8::try_from(score).unwrap_or(EXACT).min(EXACT - 1),
        because: Because::Words,
        matched,
        unmatched,
    }
}

/// How many terms of the name the query says.
fn said(asked: &[Spoken], own: &Described<'_>) -> usize {
    let is_said = |term: &&Term| asked.iter().any(|spoken| spoken.term == **term);
    own.terms.iter().filter(is_said).count()
}
