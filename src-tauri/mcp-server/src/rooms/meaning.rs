//! A resolution as the tools report it: its type, the locations to search, and a sentence.

use super::location::{Because, Hierarchy, Location, LocationKind, Match, Resolution};
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::HashSet;

/// A location that a query matched, and how.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(inline)]
pub(super) struct Found {
    /// Zoom's id of the location.
    id: String,
    /// Its name.
    name: String,
    /// `country`, `states`, `city`, `campus`, `building`, `floor`, or Zoom's word; empty if Zoom
    /// gave none.
    r#type: String,
    /// How many locations are directly below it.
    children_count: usize,
    /// Id of the location around it.
    parent_id: Option<String>,
    /// The names from the outside in.
    path: String,
    /// 100 for an exact id, name or alias; above 30 for anything else.
    score: u8,
    /// `id`, `name`, `alias` (of the user's), `code` (like SF1) or `words`.
    matched_by: &'static str,
    /// The parts of the query that match it or a location around it.
    matched: Vec<String>,
    /// The parts of the query that match neither.
    unmatched: Vec<String>,
}

impl Found {
    pub(super) fn of(found: &Match<'_>, hierarchy: &Hierarchy) -> Self {
        let location = found.location;
        Self {
            id: location.id.clone(),
            name: location.name.clone(),
            r#type: location.kind.as_str().to_owned(),
            children_count: hierarchy.children_count(&location.id),
            parent_id: location.parent_id.clone(),
            path: hierarchy.path(&location.id),
            score: found.score,
            matched_by: word(found.because),
            matched: found.matched.clone(),
            unmatched: found.unmatched.clone(),
        }
    }
}

fn word(because: Because) -> &'static str {
    match because {
        Because::Id => "id",
        Because::Name => "name",
        Because::Alias => "alias",
        Because::Code => "code",
        Because::Words => "words",
    }
}

/// `none`, `multiple`, or the kind of the one location; `…_with_clarification` if a part of the
/// query matched nothing.
pub(super) fn resolution_type(found: &Resolution<'_>) -> String {
    match found.matches.as_slice() {
        [] => "none".to_owned(),
        [one] => {
            let kind = match &one.location.kind {
                LocationKind::Unknown => "location",
                kind => kind.as_str(),
            };
            if one.unmatched.is_empty() {
                kind.to_owned()
            } else {
                format!("{kind}_with_clarification")
            }
        }
        _ => "multiple".to_owned(),
    }
}

/// The matches and everything below them, each once.
pub(super) fn searched<'h>(found: &Resolution<'_>, hierarchy: &'h Hierarchy) -> Vec<&'h Location> {
    let mut known = HashSet::new();
    let families = found
        .matches
        .iter()
        .flat_map(|one| hierarchy.family(&one.location.id));
    families
        .filter(|location| known.insert(location.id.as_str()))
        .collect()
}

/// Whether locations below a match are searched too.
pub(super) fn includes_hierarchy(found: &Resolution<'_>, hierarchy: &Hierarchy) -> bool {
    searched(found, hierarchy).len() > found.matches.len()
}

/// What the query was taken for, in a sentence or two.
pub(super) fn confirmation(query: &str, found: &Resolution<'_>, hierarchy: &Hierarchy) -> String {
    let query = query.trim();
    let count = searched(found, hierarchy).len();
    let text = match found.matches.as_slice() {
        [] => return format!("{query:?} matches no location."),
        [one] => format!(
            "{query:?} is {}{}",
            hierarchy.path(&one.location.id),
            match count - 1 {
                0 => ".".to_owned(),
                1 => ", with one location below it.".to_owned(),
                below => format!(", with {below} locations below it."),
            }
        ),
        several => {
            let paths = several.iter().map(|one| hierarchy.path(&one.location.id));
            let paths: Vec<String> = paths.collect();
            format!(
                "{query:?} is {} locations: {}.",
                several.len(),
                paths.join("; ")
            )
        }
    };
    let unmatched = unmatched(found).map(|parts| format!(" Nothing matches {parts}."));
    text + &unmatched.unwrap_or_default()
}

/// What no match of them all accounts for.
fn unmatched(found: &Resolution<'_>) -> Option<String> {
    let parts = found.matches.first()?.unmatched.iter();
    let parts: Vec<String> = parts
        .filter(|part| found.matches.iter().all(|one| one.unmatched.contains(part)))
        .map(|part| format!("{part:?}"))
        .collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// The alias or code that was used, as a list of one or none.
pub(super) fn aliases_used(found: &Resolution<'_>) -> Vec<String> {
    found.alias_or_code.iter().cloned().collect()
}

/// What the alias that was used stands for and Zoom does not have.
pub(super) fn lost_targets(found: &Resolution<'_>) -> Vec<String> {
    let alias = found.alias_or_code.as_deref().unwrap_or_default();
    let missing = found.missing.iter();
    missing.map(|target| lost_target(alias, target)).collect()
}

/// An alias that leads nowhere, in a sentence.
pub(super) fn lost_target(alias: &str, target: &str) -> String {
    format!("The alias {alias:?} stands for {target:?}, which Zoom does not have.")
}
