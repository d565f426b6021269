//! `resolve_location`: what a query means, without asking for rooms.

use super::location::Match;
use super::meaning::{self, Found};
use super::places::{Known, Places};
use crate::outcome::Success;
use crate::tool::{Hints, ToolSpec};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// How many weaker matches are shown.
const OTHERS_SHOWN: usize = 5;

/// What to resolve.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Asked {
    /// A location's name, id, path, code (SF1: building 1 of the place SF, else floor 1) or an
    /// alias of the user's.
    location_query: String,
}

/// What it means.
#[derive(Debug, Serialize, JsonSchema)]
struct Meaning {
    /// What the query was taken for, in a sentence.
    confirmation: String,
    /// The query.
    query: String,
    /// `none`, `multiple`, or the kind of the one location; `…_with_clarification` if a part of the
    /// query matched nothing.
    resolution_type: String,
    /// Whether locations below those are searched too.
    includes_hierarchy: bool,
    /// The alias or code that was used.
    aliases_used: Vec<String>,
    /// The best matches, the best first; scores at most 10 apart.
    resolved_locations: Vec<Found>,
    /// Weaker matches, which are not searched; five at most.
    other_locations: Vec<Found>,
    /// Ids of the locations whose rooms `get_zoom_rooms` would list.
    location_ids_to_query: Vec<String>,
    /// How many those are.
    total_locations_to_search: usize,
    /// What else to know, a sentence each.
    notes: Vec<String>,
}

pub(super) fn tool(places: Arc<Places>) -> ToolSpec {
    ToolSpec::new::<Asked, Meaning, _>(
        "resolve_location",
        "Resolve a Zoom Rooms location",
        "Says which Zoom Rooms locations a text means, how well each matches, which parts of the \
         text match nothing, and which locations get_zoom_rooms would search for it. Asks for no \
         rooms and changes nothing. Needs the scope room:read:admin or \
         zoom_rooms:read:list_locations:admin. Limits: one medium API request per 300 locations, \
         none if they were read within the last five minutes; at most 50 s. A text that matches \
         nothing is no error: resolution_type is none. Fails if the scope is missing, the plan has \
         no Zoom Rooms, or Zoom cannot be reached. Use it when a name is ambiguous or \
         get_zoom_rooms listed the wrong rooms; to see all locations use get_zoom_sites.",
        Hints::READ,
        move |zoom, asked: Asked| {
            let places = places.clone();
            async move {
                let known = places.known_for(&zoom, &asked.location_query).await?;
                Success::of(&Meaning::of(&known, asked.location_query))
            }
        },
    )
}

impl Meaning {
    fn of(known: &Known, query: String) -> Self {
        let (found, hierarchy) = (known.resolve(&query), &known.hierarchy);
        let shown = |all: &[Match<'_>]| -> Vec<Found> {
            all.iter().map(|one| Found::of(one, hierarchy)).collect()
        };
        let others = found.others.get(..OTHERS_SHOWN).unwrap_or(&found.others);
        let searched = meaning::searched(&found, hierarchy);
        let ids: Vec<String> = searched
            .iter()
            .map(|location| location.id.clone())
            .collect();
        let lost = meaning::lost_targets(&found).into_iter();
        Self {
            confirmation: meaning::confirmation(&query, &found, hierarchy),
            resolution_type: meaning::resolution_type(&found),
            includes_hierarchy: meaning::includes_hierarchy(&found, hierarchy),
            aliases_used: meaning::aliases_used(&found),
            resolved_locations: shown(&found.matches),
            other_locations: shown(others),
            total_locations_to_search: ids.len(),
            location_ids_to_query: ids,
            notes: lost.chain(known.problem.clone()).collect(),
            query,
        }
    }
}
