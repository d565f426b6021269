//! The locations of the account and the user's names for them, as every tool here needs them.

use super::aliases_file;
use super::cache::HierarchyCache;
use super::location::{Aliases, Hierarchy, Location, Resolution, resolve};
use crate::caller::Zoom;
use crate::outcome::Failure;
use serde::Deserialize;
use std::sync::Arc;
use zoom::ApiRequest;

/// The largest page of both lists (Zoom's specification).
pub(super) const PAGE: u32 = 300;
/// More locations than any account has.
const MOST_LOCATIONS: usize = 20_000;
/// More than anybody calls a place.
const LONGEST_QUERY: usize = 200;

/// What the tools share between calls.
#[derive(Debug, Default)]
pub(crate) struct Places {
    cache: HierarchyCache,
}

/// The locations and their aliases, at one call.
pub(crate) struct Known {
    pub(crate) hierarchy: Arc<Hierarchy>,
    pub(crate) aliases: Aliases,
    /// What is wrong with the aliases, if anything is.
    pub(crate) problem: Option<String>,
    from_cache: bool,
}

impl Places {
    /// The locations, from the last five minutes or from Zoom.
    pub(crate) async fn known(&self, zoom: &Zoom) -> Result<Known, Failure> {
        let cached = self.cache.get(zoom.now());
        let from_cache = cached.is_some();
        let hierarchy = match cached {
            Some(hierarchy) => hierarchy,
            None => self.load(zoom).await?,
        };
        let (aliases, problem) = aliases_file::read();
        Ok(Known {
            hierarchy,
            aliases,
            problem,
            from_cache,
        })
    }

    /// The locations for a query: read anew if it matches none of those that are remembered.
    pub(crate) async fn known_for(&self, zoom: &Zoom, query: &str) -> Result<Known, Failure> {
        if query.chars().count() > LONGEST_QUERY {
            let line = format!(
                "location_query has more than {LONGEST_QUERY} characters: give the name, id or \
                 code of a location."
            );
            return Err(Failure::new(line));
        }
        let mut known = self.known(zoom).await?;
        if known.from_cache && known.resolve(query).matches.is_empty() {
            known.hierarchy = self.load(zoom).await?;
        }
        Ok(known)
    }

    async fn load(&self, zoom: &Zoom) -> Result<Arc<Hierarchy>, Failure> {
        let request = ApiRequest::get(&["rooms", "locations"])?.with("page_size", PAGE);
        let pages = zoom.read_all(request, "locations", MOST_LOCATIONS).await?;
        let locations = pages.items.into_iter().filter_map(readable::<Location>);
        Ok(self
            .cache
            .put(zoom.now(), Hierarchy::new(locations.collect())))
    }
}

impl Known {
    /// What `query` means here.
    pub(crate) fn resolve(&self, query: &str) -> Resolution<'_> {
        resolve(query, &self.hierarchy, &self.aliases)
    }
}

/// An item of a list; one without an id is of no use to anybody.
pub(super) fn readable<T: for<'de> Deserialize<'de>>(item: serde_json::Value) -> Option<T> {
    T::deserialize(item)
        .inspect_err(|error| tracing::warn!(%error, "Zoom lists something without an id"))
        .ok()
}
