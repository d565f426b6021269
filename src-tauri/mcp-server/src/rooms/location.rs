//! Which locations of Zoom Rooms somebody means: ids, names, the user's aliases, codes like
//! `SF1`, and words that nearly match. Pure.

mod aliases;
mod guess;
mod hierarchy;
mod likeness;
mod place;
#[cfg(test)]
mod properties;
mod resolution;
#[cfg(test)]
mod scenarios;
mod term;
#[cfg(test)]
mod testing;

pub(crate) use aliases::Aliases;
pub(crate) use hierarchy::Hierarchy;
pub(crate) use place::{Location, LocationKind, filled};
pub(crate) use resolution::{Because, Match, Resolution, meaning, resolve, short_forms};
