//! What there is to show now: the keeper's snapshot, or why there is none.

use crate::clock::Clock;
use crate::icon::{Face, Look};
use crate::menu::{self, MenuTexts};
use crate::view::{Occasion, View};
use control::Snapshot;
use lifecycle::{State, WallTime};
use std::sync::Arc;

/// Where the keeper stands.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) enum Keeper {
    /// It is being started.
    #[default]
    Starting,
    /// It cannot start; why, and what to do.
    Failed(String),
    /// It runs.
    Running(Arc<Snapshot>),
}

/// Everything there is to show.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Frame {
    /// The keeper.
    pub(crate) keeper: Keeper,
    /// What the window is about.
    pub(crate) occasion: Occasion,
    /// What the desktop prefers, where it says so.
    pub(crate) preferred_look: Option<Look>,
}

impl Frame {
    /// The snapshot, if the keeper runs.
    pub(crate) fn snapshot(&self) -> Option<&Snapshot> {
        match &self.keeper {
            Keeper::Running(snapshot) => Some(snapshot),
            Keeper::Starting | Keeper::Failed(_) => None,
        }
    }

    /// The icon at `now`. Until the keeper runs it is the one of a refresh: something begins.
    pub(crate) fn face(&self, now: WallTime) -> Face {
        match &self.keeper {
            Keeper::Running(snapshot) => Face::of(snapshot, now),
            Keeper::Starting => Face {
                state: State::Refreshing,
                remaining: None,
            },
            Keeper::Failed(_) => Face {
                state: State::Expired,
                remaining: None,
            },
        }
    }

    /// The menu at `now`.
    pub(crate) fn menu(&self, now: WallTime, clock: &Clock) -> MenuTexts {
        match &self.keeper {
            Keeper::Running(snapshot) => menu::texts(snapshot, now, clock),
            Keeper::Starting => menu::without_keeper("Starting"),
            Keeper::Failed(_) => menu::without_keeper("Zoomtray cannot start · open it to see why"),
        }
    }

    /// The window at `now`.
    pub(crate) fn view(&self, now: WallTime, clock: &Clock) -> View {
        match &self.keeper {
            Keeper::Running(snapshot) => View::of(snapshot, now, clock, self.occasion),
            Keeper::Starting => View::without_keeper(None, self.occasion),
            Keeper::Failed(problem) => View::without_keeper(Some(problem), self.occasion),
        }
    }
}
