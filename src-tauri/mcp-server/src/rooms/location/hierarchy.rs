//! The locations as a forest.
//!
//! What always holds: of two locations with one id the first counts, every way up ends, and all
//! orders are Zoom's.

use super::place::Location;
use std::collections::HashMap;

/// All locations of an account.
#[derive(Clone, Debug, Default)]
pub(crate) struct Hierarchy {
    nodes: Vec<Node>,
    by_id: HashMap<String, usize>,
}

#[derive(Clone, Debug)]
struct Node {
    location: Location,
    parent: Option<usize>,
    children: Vec<usize>,
}

impl Hierarchy {
    /// Joins the locations by the parents they name. A parent that is not listed, or that would
    /// close a circle, counts as none.
    pub(crate) fn new(locations: Vec<Location>) -> Self {
        let mut hierarchy = Self::default();
        for location in locations {
            hierarchy.add(location);
        }
        for index in 0..hierarchy.nodes.len() {
            hierarchy.join(index);
        }
        hierarchy
    }

    fn add(&mut self, location: Location) {
        if self.by_id.contains_key(&location.id) {
            return;
        }
        self.by_id.insert(location.id.clone(), self.nodes.len());
        self.nodes.push(Node {
            location,
            parent: None,
            children: Vec::new(),
        });
    }

    fn join(&mut self, index: usize) {
        let named = self.nodes[index].location.parent_id.as_deref();
        let Some(parent) = named.and_then(|id| self.by_id.get(id).copied()) else {
            return;
        };
        if self.way_up(parent).any(|above| above == index) {
            return;
        }
        self.nodes[index].parent = Some(parent);
        self.nodes[parent].children.push(index);
    }

    /// From this node to its root.
    fn way_up(&self, index: usize) -> impl Iterator<Item = usize> {
        std::iter::successors(Some(index), |at| self.nodes[*at].parent)
    }

    /// Every location.
    pub(crate) fn all(&self) -> impl Iterator<Item = &Location> {
        self.nodes.iter().map(|node| &node.location)
    }

    /// The location with this id.
    pub(crate) fn get(&self, id: &str) -> Option<&Location> {
        self.node(id).map(|index| &self.nodes[index].location)
    }

    /// The location with this id, and those around it: itself first. Empty for an unknown id.
    pub(crate) fn lineage(&self, id: &str) -> Vec<&Location> {
        let start = self.node(id).into_iter();
        start
            .flat_map(|index| self.way_up(index))
            .map(|index| &self.nodes[index].location)
            .collect()
    }

    /// The location with this id, and all below it: itself first. Empty for an unknown id.
    pub(crate) fn family(&self, id: &str) -> Vec<&Location> {
        let mut family = Vec::new();
        let mut ahead: Vec<usize> = self.node(id).into_iter().collect();
        while let Some(index) = ahead.pop() {
            family.push(&self.nodes[index].location);
            ahead.extend(self.nodes[index].children.iter().rev());
        }
        family
    }

    /// How many locations name this one as their parent.
    pub(crate) fn children_count(&self, id: &str) -> usize {
        self.node(id)
            .map_or(0, |index| self.nodes[index].children.len())
    }

    /// Its names from the outside in, to tell one *Floor 1* from another.
    pub(crate) fn path(&self, id: &str) -> String {
        let names: Vec<&str> = self
            .lineage(id)
            .iter()
            .rev()
            .map(|location| location.name.as_str())
            .collect();
        names.join(" / ")
    }

    fn node(&self, id: &str) -> Option<usize> {
        self.by_id.get(id).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::location;
    use super::*;

    fn ids(locations: &[&Location]) -> Vec<String> {
        locations
            .iter()
            .map(|location| location.id.clone())
            .collect()
    }

    #[test]
    fn families_and_lineages_keep_zooms_order() {
        let hierarchy = Hierarchy::new(vec![
            location("f2", "Floor 2", "floor", "b"),
            location("c", "Campus", "campus", ""),
            location("b", "Building", "building", "c"),
            location("f1", "Floor 1", "floor", "b"),
        ]);
        assert_eq!(ids(&hierarchy.family("c")), ["c", "b", "f2", "f1"]);
        assert_eq!(ids(&hierarchy.lineage("f1")), ["f1", "b", "c"]);
        assert_eq!(hierarchy.path("f1"), "Campus / Building / Floor 1");
        assert_eq!(hierarchy.children_count("b"), 2);
        assert!(hierarchy.family("nowhere").is_empty());
    }

    #[test]
    fn circles_orphans_and_doubles_do_no_harm() {
        let hierarchy = Hierarchy::new(vec![
            location("a", "A", "campus", "b"),
            location("b", "B", "campus", "a"),
            location("self", "Self", "floor", "self"),
            location("orphan", "Orphan", "floor", "gone"),
            location("a", "Again", "floor", ""),
        ]);
        assert_eq!(hierarchy.all().count(), 4);
        assert_eq!(ids(&hierarchy.family("b")), ["b", "a"]);
        assert_eq!(ids(&hierarchy.lineage("self")), ["self"]);
        assert_eq!(hierarchy.path("orphan"), "Orphan");
        assert_eq!(
            hierarchy.get("a").map(|found| found.name.as_str()),
            Some("A")
        );
    }
}
