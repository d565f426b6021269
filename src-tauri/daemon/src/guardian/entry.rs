//! One guarded entry: whether what Zoomtray wrote still stands there, and what becomes of it if
//! not.

use control::Drift;
use serde::{Deserialize, Serialize};

/// An entry that is lost this often is left alone until the user acts: then somebody else
/// means it, and whoever writes back and forth loses the user's file in the end.
pub(super) const LOSSES_BEFORE_GIVING_UP: u32 = 2;

/// An entry and how it fares.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Guarded {
    /// Losses since the user last acted, or since Claude Desktop last ran from start to end
    /// without one.
    losses: u32,
    standing: Standing,
}

/// Whether the entry is what Zoomtray wrote.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Standing {
    #[default]
    Intact,
    Adrift {
        plan: Plan,
        drift: Drift,
    },
}

/// What becomes of an entry that is adrift.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Plan {
    /// It is put back once Claude Desktop is gone.
    Queued,
    /// It is put back when the user says so.
    Offered,
    /// It was lost too often: it is put back only when the user says so.
    GivenUp,
}

/// Who took an entry away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Culprit {
    /// Claude Desktop, which ran, or had just been quit.
    Claude,
    /// Somebody else, while Claude Desktop was closed.
    Another,
}

impl Guarded {
    /// It is what Zoomtray wrote.
    pub(super) fn is_intact(&mut self) {
        self.standing = Standing::Intact;
    }

    /// It departs so from what Zoomtray wrote. The plan, if that was not known before.
    pub(super) fn is_adrift(&mut self, drift: Drift, culprit: Culprit) -> Option<Plan> {
        let known = self.plan();
        let plan = known.unwrap_or_else(|| self.plan_after_loss(culprit));
        self.standing = Standing::Adrift { drift, plan };
        known.is_none().then_some(plan)
    }

    fn plan_after_loss(&mut self, culprit: Culprit) -> Plan {
        if culprit == Culprit::Another {
            return Plan::Offered;
        }
        self.losses += 1;
        if self.losses < LOSSES_BEFORE_GIVING_UP {
            Plan::Queued
        } else {
            Plan::GivenUp
        }
    }

    /// The user wants it back.
    pub(super) fn asked_back(&mut self) {
        self.losses = 0;
        self.plans(Plan::Queued);
    }

    /// It could not be put back.
    pub(super) fn not_put_back(&mut self) {
        self.plans(Plan::Offered);
    }

    fn plans(&mut self, next: Plan) {
        if let Standing::Adrift { plan, .. } = &mut self.standing {
            *plan = next;
        }
    }

    /// Claude Desktop ran from start to end and left it alone.
    pub(super) fn survived_a_run(&mut self) {
        if self.standing == Standing::Intact {
            self.losses = 0;
        }
    }

    pub(super) fn drift(self) -> Drift {
        match self.standing {
            Standing::Intact => Drift::None,
            Standing::Adrift { drift, .. } => drift,
        }
    }

    pub(super) fn plan(self) -> Option<Plan> {
        match self.standing {
            Standing::Intact => None,
            Standing::Adrift { plan, .. } => Some(plan),
        }
    }
}
