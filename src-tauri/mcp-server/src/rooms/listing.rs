//! `get_zoom_rooms`: the rooms of the account, or of the locations that a query means.

use super::meaning::{self, Found};
use super::places::{Known, PAGE, Places, readable};
use super::room::{ListedRoom, ShownRoom};
use crate::caller::Zoom;
use crate::outcome::{Failure, Outcome, Success};
use crate::tool::{Hints, ToolSpec};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;
use zoom::ApiRequest;

/// More rooms than any account has.
const MOST_ROOMS: usize = 30_000;
/// Up to so many locations are asked for their rooms one by one; for more it takes fewer requests
/// to read all rooms and keep those that belong there.
const ASKED_ONE_BY_ONE: usize = 3;

/// What is wanted.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Wanted {
    /// Only rooms there and below: a location's name, id, path, code (SF1: building 1 of the place
    /// SF, else floor 1) or an alias of the user's. Leave it out for all rooms of the account.
    location_query: Option<String>,
}

/// The rooms.
#[derive(Debug, Serialize, JsonSchema)]
struct Listing {
    /// What was listed, in a sentence.
    confirmation: String,
    /// Every room, in Zoom's order.
    rooms: Vec<ShownRoom>,
    /// How many there are.
    total_count: usize,
    /// The `location_query`; null if all rooms were wanted.
    query: Option<String>,
    /// What the query was taken for; null if all rooms were wanted.
    resolution: Option<Taken>,
    /// The locations that have rooms, by name (by path where several have one name).
    location_summary: BTreeMap<String, InLocation>,
    /// How many rooms have each status.
    status_summary: BTreeMap<String, usize>,
    /// What else to know, a sentence each.
    notes: Vec<String>,
}

/// What a query was taken for.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(inline)]
struct Taken {
    /// `multiple`, or the kind of the one location; `…_with_clarification` if a part of the query
    /// matched nothing.
    r#type: String,
    /// How many locations the query means.
    locations_found: usize,
    /// The alias or code that was used.
    aliases_used: Vec<String>,
    /// Whether locations below those were searched too.
    includes_hierarchy: bool,
    /// The locations, and how each matches.
    matches: Vec<Found>,
}

/// The rooms of one location.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(inline)]
struct InLocation {
    /// How many.
    room_count: usize,
    /// Zoom's id of the location.
    location_id: String,
}

/// What Zoom's list lacks.
const NOT_LISTED: &str = "Zoom's list of rooms carries no type, capacity, device address, health \
                          or issues: those are null. get_room_details has what Zoom keeps of one \
                          room.";
/// The list was cut.
const CUT: &str = "There are more rooms than were read; ask for a location.";

pub(super) fn tool(places: Arc<Places>) -> ToolSpec {
    ToolSpec::new::<Wanted, Listing, _>(
        "get_zoom_rooms",
        "List Zoom Rooms",
        "Lists Zoom Rooms with id, name, status (Offline, Available, InMeeting, \
         UnderConstruction) and location: all of the account, or those in the locations that \
         location_query means and below them. Follows every page of GET /rooms. Changes nothing. \
         Needs the scope room:read:admin or zoom_rooms:read:list_rooms:admin, with location_query \
         also zoom_rooms:read:list_locations:admin. Limits: one medium API request per 300 rooms, \
         with location_query one more per 300 locations every five minutes; at most 50 s. Fails if \
         no location matches, a scope is missing, the plan has no Zoom Rooms, or Zoom cannot be \
         reached. For questions about the whole account leave location_query out; to see first \
         what a query means use resolve_location, for one room's settings get_room_details.",
        Hints::READ,
        move |zoom, wanted| {
            let places = places.clone();
            async move { run(&zoom, &places, wanted).await }
        },
    )
}

async fn run(zoom: &Zoom, places: &Places, wanted: Wanted) -> Outcome {
    let query = wanted
        .location_query
        .filter(|query| !query.trim().is_empty());
    let Some(query) = query else {
        let (rooms, complete) = read(zoom, None).await?;
        return Success::of(&Listing::of_all(rooms, complete));
    };
    let known = places.known_for(zoom, &query).await?;
    let wanted = wanted_in(&known, &query)?;
    let (rooms, complete) = read_in(zoom, &wanted).await?;
    Success::of(&Listing::found(&known, query, rooms, complete))
}

/// The ids of the locations that a query means, and of those below them.
fn wanted_in(known: &Known, query: &str) -> Result<Vec<String>, Failure> {
    let found = known.resolve(query);
    if found.matches.is_empty() {
        let mut sentences = vec![meaning::confirmation(query, &found, &known.hierarchy)];
        sentences.extend(meaning::lost_targets(&found));
        sentences.extend(known.problem.clone());
        sentences.push("get_zoom_sites lists the locations there are.".to_owned());
        return Err(Failure::new(sentences.join(" ")));
    }
    let searched = meaning::searched(&found, &known.hierarchy);
    Ok(searched
        .iter()
        .map(|location| location.id.clone())
        .collect())
}

async fn read_in(zoom: &Zoom, wanted: &[String]) -> Result<(Vec<ListedRoom>, bool), Failure> {
    if wanted.len() > ASKED_ONE_BY_ONE {
        let (all, complete) = read(zoom, None).await?;
        return Ok((among(all, wanted), complete));
    }
    let (mut rooms, mut all_read) = (Vec::new(), true);
    for location in wanted {
        let (mut more, complete) = read(zoom, Some(location)).await?;
        for room in &mut more {
            room.location_id.get_or_insert_with(|| location.clone());
        }
        rooms.extend(more);
        all_read &= complete;
    }
    Ok((among(rooms, wanted), all_read))
}

/// The rooms in these locations, each once.
fn among(rooms: Vec<ListedRoom>, wanted: &[String]) -> Vec<ListedRoom> {
    let wanted: HashSet<&str> = wanted.iter().map(String::as_str).collect();
    let mut known = HashSet::new();
    let mut rooms = rooms;
    rooms.retain(|room| {
        let there = room
            .location_id
            .as_deref()
            .is_some_and(|id| wanted.contains(id));
        there && known.insert(room.id.clone())
    });
    rooms
}

async fn read(zoom: &Zoom, location: Option<&str>) -> Result<(Vec<ListedRoom>, bool), Failure> {
    let request = ApiRequest::get(&["rooms"])?
        .with("page_size", PAGE)
        .with_some("location_id", location);
    let pages = zoom.read_all(request, "rooms", MOST_ROOMS).await?;
    let rooms = pages.items.into_iter().filter_map(readable::<ListedRoom>);
    Ok((rooms.collect(), pages.complete))
}

impl Listing {
    fn of_all(rooms: Vec<ListedRoom>, complete: bool) -> Self {
        Self {
            confirmation: format!("The account has {}.", counted(rooms.len())),
            total_count: rooms.len(),
            query: None,
            resolution: None,
            location_summary: BTreeMap::new(),
            status_summary: by_status(&rooms),
            notes: notes(&rooms, complete),
            rooms: rooms
                .into_iter()
                .map(|room| ShownRoom::of(room, None))
                .collect(),
        }
    }

    fn found(known: &Known, query: String, rooms: Vec<ListedRoom>, complete: bool) -> Self {
        let (found, hierarchy) = (known.resolve(&query), &known.hierarchy);
        let sentence = meaning::confirmation(&query, &found, hierarchy);
        let resolution = Taken {
            r#type: meaning::resolution_type(&found),
            locations_found: found.matches.len(),
            aliases_used: meaning::aliases_used(&found),
            includes_hierarchy: meaning::includes_hierarchy(&found, hierarchy),
            matches: found
                .matches
                .iter()
                .map(|one| Found::of(one, hierarchy))
                .collect(),
        };
        let notes = notes(&rooms, complete).into_iter();
        let notes = notes.chain(meaning::lost_targets(&found));
        Self {
            confirmation: format!("{sentence} {} in all.", capital(&counted(rooms.len()))),
            total_count: rooms.len(),
            location_summary: by_location(&rooms, known),
            status_summary: by_status(&rooms),
            notes: notes.chain(known.problem.clone()).collect(),
            rooms: rooms
                .into_iter()
                .map(|room| ShownRoom::there(room, hierarchy, &resolution.r#type))
                .collect(),
            query: Some(query),
            resolution: Some(resolution),
        }
    }
}

fn counted(rooms: usize) -> String {
    match rooms {
        1 => "one room".to_owned(),
        rooms => format!("{rooms} rooms"),
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|first| first.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}

fn notes(rooms: &[ListedRoom], complete: bool) -> Vec<String> {
    let not_listed = (!rooms.is_empty()).then_some(NOT_LISTED);
    let cut = (!complete).then_some(CUT);
    not_listed
        .into_iter()
        .chain(cut)
        .map(str::to_owned)
        .collect()
}

fn by_status(rooms: &[ListedRoom]) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for room in rooms {
        *counts.entry(room.status.clone()).or_default() += 1;
    }
    counts
}

fn by_location(rooms: &[ListedRoom], known: &Known) -> BTreeMap<String, InLocation> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for id in rooms.iter().filter_map(|room| room.location_id.as_deref()) {
        *counts.entry(id).or_default() += 1;
    }
    let named_so = |name: &str| {
        let here = counts.keys().filter_map(|id| known.hierarchy.get(id));
        here.filter(|location| location.name == name).count()
    };
    let summary = counts.iter().map(|(id, room_count)| {
        let name = known
            .hierarchy
            .get(id)
            .map(|location| location.name.clone());
        let name = match name {
            Some(name) if named_so(&name) == 1 => name,
            Some(_) => known.hierarchy.path(id),
            None => (*id).to_owned(),
        };
        let location_id = (*id).to_owned();
        (
            name,
            InLocation {
                room_count: *room_count,
                location_id,
            },
        )
    });
    summary.collect()
}
