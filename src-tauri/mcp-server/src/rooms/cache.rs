//! The hierarchy as it was read last, for as long as it is taken to be true.

use super::location::Hierarchy;
use lifecycle::WallTime;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// How long a hierarchy is used (as in the server whose tools these are): buildings move seldom.
const KEPT: Duration = Duration::from_mins(5);

/// One hierarchy and when it was read.
#[derive(Debug, Default)]
pub(crate) struct HierarchyCache(Mutex<Option<(WallTime, Arc<Hierarchy>)>>);

impl HierarchyCache {
    /// The hierarchy, if it was read within the last five minutes. One of the future, which a
    /// clock that was set back makes, is not used.
    pub(crate) fn get(&self, now: WallTime) -> Option<Arc<Hierarchy>> {
        let held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (read, hierarchy) = held.as_ref()?;
        let recent = *read <= now && read.until(now) < KEPT;
        recent.then(|| hierarchy.clone())
    }

    /// Keeps a hierarchy that was read at `now`.
    pub(crate) fn put(&self, now: WallTime, hierarchy: Hierarchy) -> Arc<Hierarchy> {
        let hierarchy = Arc::new(hierarchy);
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *held = Some((now, hierarchy.clone()));
        hierarchy
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hierarchy_is_used_for_five_minutes() {
        let cache = HierarchyCache::default();
        let read = WallTime(1_000_000);
        assert!(cache.get(read).is_none());
        cache.put(read, Hierarchy::default());
        for (later, used) in [(0, true), (299_999, true), (300_000, false), (-1, false)] {
            let now = WallTime(read.0 + later);
            assert_eq!(cache.get(now).is_some(), used, "{later} ms later");
        }
    }
}
