//! The changes of the file: one value set or put back, a byte order mark taken off, secrets cut
//! out. Each is a pure change of the bytes, carried out by the [`Writer`](super::writer::Writer).

use super::place::{self, exposed};
use super::plan::{Kept, Plan, Proposal};
use super::{ConfigError, ConfigFile, Edited, WriteStep, Written, refused};
use crate::credentials::{Cut, CutOutcome, cut};
use crate::patch::{
    NewValue, Original, Outcome, Pointer, Refusal, Stripped, patch, restore, strip_bom,
};
use files::undisturbed;
use secrecy::{ExposeSecret, SecretString};
use std::io;

impl ConfigFile {
    /// What stands at `pointer` and would give way to `value`. To be kept before [`set`], so
    /// that a crash between the two loses nothing.
    ///
    /// [`set`]: Self::set
    pub fn original(&self, pointer: &Pointer, value: &NewValue) -> Result<Original, ConfigError> {
        let found = place::read(self.path())?;
        let change = set(exposed(&found), pointer, value);
        let change = change.map_err(|refusal| refused(self.path(), refusal))?;
        Ok(change.original)
    }

    /// Brings `value` to `pointer`. For an entry the file is made, mode 0600, if its folder is
    /// there and it is not.
    pub fn set(&self, pointer: &Pointer, value: &NewValue) -> Result<Written, ConfigError> {
        self.set_with(pointer, value, undisturbed)
    }

    /// [`set`](Self::set) with `before` called before each step; an error from it ends the work
    /// there. For the tests of what a failure or a crash at a step leaves behind.
    pub fn set_with(
        &self,
        pointer: &Pointer,
        value: &NewValue,
        before: impl Fn(WriteStep) -> io::Result<()>,
    ) -> Result<Written, ConfigError> {
        let secrets = value.secrets();
        self.change(before, &secrets, |bytes| set(bytes, pointer, value))
    }

    /// Puts `original` back at `pointer`; refused if something else than `ours` stands there. A
    /// file that was made here and has nothing else in it goes.
    pub fn restore(
        &self,
        pointer: &Pointer,
        original: &Original,
        ours: Option<&NewValue>,
    ) -> Result<Written, ConfigError> {
        self.restore_with(pointer, original, ours, undisturbed)
    }

    /// [`restore`](Self::restore) with `before` called before each step, as in
    /// [`set_with`](Self::set_with).
    pub fn restore_with(
        &self,
        pointer: &Pointer,
        original: &Original,
        ours: Option<&NewValue>,
        before: impl Fn(WriteStep) -> io::Result<()>,
    ) -> Result<Written, ConfigError> {
        let mut secrets = original.secrets();
        secrets.extend(ours.map(NewValue::secrets).unwrap_or_default());
        self.change(before, &secrets, |bytes| {
            let outcome = restore(bytes.unwrap_or_default(), pointer, original, ours);
            let mut change = Change::of(outcome)?.of_file(bytes);
            if let (Original::FileAbsent, Plan::Put(left)) = (original, &change.plan)
                && left.expose_secret().trim_ascii().is_empty()
            {
                change.plan = Plan::Remove;
            }
            Ok(change)
        })
    }

    /// Takes the byte order mark off, with which Claude cannot read the file.
    pub fn strip_bom(&self) -> Result<Edited, ConfigError> {
        self.edit(&[], |bytes| match strip_bom(bytes) {
            Stripped::Changed { bytes } => Ok(Plan::Put(bytes)),
            Stripped::NoBom => Ok(Plan::Leave),
            Stripped::Refused(refusal) => Err(refusal),
        })
    }

    /// Takes secrets out of an entry.
    pub fn cut(&self, what: &Cut) -> Result<Edited, ConfigError> {
        self.edit(&what.values(), |bytes| match cut(bytes, what) {
            CutOutcome::Changed { bytes } => Ok(Plan::Put(bytes)),
            CutOutcome::NotThere => Ok(Plan::Leave),
            CutOutcome::Refused(refusal) => Err(refusal),
        })
    }

    /// Carries out a change that is no change of one value. Without a file there is none.
    fn edit(
        &self,
        secrets: &[SecretString],
        plan: impl Fn(&[u8]) -> Result<Plan, Refusal>,
    ) -> Result<Edited, ConfigError> {
        let ((), kept) = self.write(undisturbed, |bytes| {
            Ok(Proposal {
                plan: bytes.map_or(Ok(Plan::Leave), &plan)?,
                secrets: secrets.to_vec(),
                note: (),
            })
        })?;
        Ok(match kept {
            Kept::Unchanged => Edited::AlreadySo,
            kept => Edited::Changed {
                backup: kept.backup(),
            },
        })
    }

    fn change(
        &self,
        before: impl Fn(WriteStep) -> io::Result<()>,
        secrets: &[SecretString],
        decide: impl Fn(Option<&[u8]>) -> Result<Change, Refusal>,
    ) -> Result<Written, ConfigError> {
        let ((original, created), kept) = self.write(before, |bytes| {
            let change = decide(bytes)?;
            let mut secrets = secrets.to_vec();
            secrets.extend(change.original.secrets());
            Ok(Proposal {
                plan: change.plan,
                secrets,
                note: (change.original, change.created),
            })
        })?;
        Ok(match kept {
            Kept::Unchanged => Written::AlreadySo { original },
            kept if created => Written::Created {
                original,
                backup: kept.backup(),
            },
            kept => Written::Changed {
                original,
                backup: kept.backup(),
            },
        })
    }
}

/// A change of one value.
struct Change {
    plan: Plan,
    original: Original,
    created: bool,
}

impl Change {
    fn of(outcome: Outcome) -> Result<Self, Refusal> {
        let (plan, original, created) = match outcome {
            Outcome::Changed { bytes, original } => (Plan::Put(bytes), original, false),
            Outcome::Created { bytes, original } => (Plan::Put(bytes), original, true),
            Outcome::AlreadySo { original } => (Plan::Leave, original, false),
            Outcome::Refused(refusal) => return Err(refusal),
        };
        Ok(Self {
            plan,
            original,
            created,
        })
    }

    /// The change of a file that was looked for: an empty document that stands for no file is
    /// none.
    fn of_file(mut self, found: Option<&[u8]>) -> Self {
        if found.is_none() && matches!(self.original, Original::DocumentEmpty) {
            self.original = Original::FileAbsent;
        }
        self
    }
}

fn set(found: Option<&[u8]>, pointer: &Pointer, value: &NewValue) -> Result<Change, Refusal> {
    let outcome = patch(found.unwrap_or_default(), pointer, value);
    Ok(Change::of(outcome)?.of_file(found))
}
