//! `get_zoom_sites`: every location with its place in the hierarchy.

use super::location::{Hierarchy, Location, LocationKind, meaning, short_forms};
use super::meaning::lost_target;
use super::places::{Known, Places};
use crate::outcome::Success;
use crate::tool::{Hints, Nothing, ToolSpec};
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// The locations.
#[derive(Debug, Serialize, JsonSchema)]
struct Report {
    /// Every location, in Zoom's order.
    sites: Vec<Site>,
    /// How many there are.
    total_count: usize,
    /// How many there are of each kind.
    hierarchy_summary: Summary,
    /// The user's own aliases, and what each stands for.
    common_aliases: BTreeMap<String, String>,
    /// What else to know, a sentence each.
    notes: Vec<String>,
}

/// A location.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(inline)]
struct Site {
    /// Zoom's id of it.
    id: String,
    /// Its name.
    name: String,
    /// `country`, `states`, `city`, `campus`, `building`, `floor`, or Zoom's word.
    r#type: String,
    /// Postal address; null where Zoom's list does not carry it.
    address: Option<String>,
    /// Time zone; null where Zoom's list does not carry it.
    timezone: Option<String>,
    /// What else it is called in a `location_query`.
    aliases: Vec<String>,
    /// How many locations are directly below it.
    children_count: usize,
    /// Id of the location around it.
    parent_id: Option<String>,
}

/// Counts by kind.
#[derive(Debug, Default, Serialize, JsonSchema)]
#[schemars(inline)]
struct Summary {
    /// Locations of the type `campus`.
    campuses: usize,
    /// Locations of the type `building`.
    buildings: usize,
    /// Locations of the type `floor`.
    floors: usize,
    /// All others: countries, states, cities.
    others: usize,
}

/// What Zoom's list lacks.
const NO_ADDRESS: &str = "Zoom's list of locations carries neither addresses nor time zones: those \
                          are null.";

pub(super) fn tool(places: Arc<Places>) -> ToolSpec {
    ToolSpec::new::<Nothing, Report, _>(
        "get_zoom_sites",
        "List Zoom Rooms locations",
        "Lists every location of Zoom Rooms (country, state, city, campus, building, floor) with \
         its id, its parent and the names it answers to (GET /rooms/locations, all pages). Changes \
         nothing. Needs the scope room:read:admin or zoom_rooms:read:list_locations:admin. Limits: \
         one medium API request per 300 locations, none if they were read within the last five \
         minutes; at most 50 s. Fails if the scope is missing, the plan has no Zoom Rooms, or Zoom \
         cannot be reached. Use it to learn which places there are; use resolve_location to see \
         what a name or code means, get_zoom_rooms for the rooms themselves.",
        Hints::READ,
        move |zoom, _nothing| {
            let places = places.clone();
            async move { Success::of(&Report::of(&places.known(&zoom).await?)) }
        },
    )
}

impl Report {
    fn of(known: &Known) -> Self {
        let hierarchy = &known.hierarchy;
        let aliases = Named::new(known);
        let sites: Vec<Site> = hierarchy
            .all()
            .map(|location| Site::of(location, hierarchy, &aliases))
            .collect();
        let bare = |site: &Site| site.address.is_none() && site.timezone.is_none();
        let no_address = !sites.is_empty() && sites.iter().all(bare);
        let notes = no_address.then(|| NO_ADDRESS.to_owned()).into_iter();
        Self {
            total_count: sites.len(),
            sites,
            hierarchy_summary: Summary::of(hierarchy),
            notes: notes
                .chain(aliases.lost)
                .chain(known.problem.clone())
                .collect(),
            common_aliases: aliases.paths,
        }
    }
}

impl Site {
    fn of(location: &Location, hierarchy: &Hierarchy, named: &Named<'_>) -> Self {
        let own = named.by_id.get(location.id.as_str()).cloned();
        let mut aliases = own.unwrap_or_default();
        aliases.extend(short_forms(location));
        Self {
            id: location.id.clone(),
            name: location.name.clone(),
            r#type: location.kind.as_str().to_owned(),
            address: location.address.clone(),
            timezone: location.timezone.clone(),
            aliases,
            children_count: hierarchy.children_count(&location.id),
            parent_id: location.parent_id.clone(),
        }
    }
}

impl Summary {
    fn of(hierarchy: &Hierarchy) -> Self {
        let mut summary = Self::default();
        for location in hierarchy.all() {
            *match location.kind {
                LocationKind::Campus => &mut summary.campuses,
                LocationKind::Building => &mut summary.buildings,
                LocationKind::Floor => &mut summary.floors,
                _ => &mut summary.others,
            } += 1;
        }
        summary
    }
}

/// The user's aliases, looked up once.
#[derive(Default)]
struct Named<'h> {
    by_id: HashMap<&'h str, Vec<String>>,
    /// The paths that each stands for.
    paths: BTreeMap<String, String>,
    /// What stands for nothing that Zoom has, in sentences.
    lost: Vec<String>,
}

impl<'h> Named<'h> {
    fn new(known: &'h Known) -> Self {
        let mut named = Self::default();
        for (alias, targets) in known.aliases.entries() {
            let stands_for = meaning(targets, &known.hierarchy);
            let mut paths = Vec::new();
            for location in stands_for.locations {
                paths.push(known.hierarchy.path(&location.id));
                let own = named.by_id.entry(&location.id).or_default();
                own.push(alias.to_owned());
            }
            if !paths.is_empty() {
                named.paths.insert(alias.to_owned(), paths.join("; "));
            }
            let missing = stands_for.missing.iter();
            named
                .lost
                .extend(missing.map(|target| lost_target(alias, target)));
        }
        named
    }
}
