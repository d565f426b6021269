//! The one sequence by which the file is written: lock, remove leftovers, read, decide, back up,
//! write beside, look once more, rename, read back, put back what was there if it is damaged.
//!
//! What always holds, whichever step fails or is the last one: the file has its old content or
//! its new one, or whole content that somebody else wrote.

use super::place::{self, Content, exposed};
use super::plan::{Kept, Plan, Proposal};
use super::store::Store;
use super::{ConfigError, Fingerprint, WriteStep, aside, refused, trouble};
use crate::patch::{Refusal, Stripped, redact, strip_bom};
use files::{BackupError, Mode, Staged};
use secrecy::{ExposeSecret, SecretSlice, SecretString};
use std::io;
use std::path::Path;

/// How often a write starts over because somebody else wrote in between.
pub(super) const ATTEMPTS: usize = 3;

/// One write to one file.
pub struct Writer<'s, B> {
    path: &'s Path,
    store: &'s Store,
    pub(super) before: B,
}

impl<'s, B: Fn(WriteStep) -> io::Result<()>> Writer<'s, B> {
    /// `before` is called before each step; an error from it ends the work there.
    pub fn new(path: &'s Path, store: &'s Store, before: B) -> Self {
        Self {
            path,
            store,
            before,
        }
    }

    /// Carries out what `decide` makes of the present content. `now` becomes what the file holds
    /// as soon as it holds it, also if an error follows.
    pub fn write<T>(
        &self,
        decide: impl Fn(Option<&[u8]>) -> Result<Proposal<T>, Refusal>,
        now: &mut Option<Fingerprint>,
    ) -> Result<(T, Kept), ConfigError> {
        let target = place::target_of(self.path)?;
        place::check(&target)?;
        let _lock = self.at(WriteStep::Lock, || self.store.lock())?;
        self.at(WriteStep::Sweep, || self.store.sweep(&target))?;
        for _ in 0..ATTEMPTS {
            let found = self.at(WriteStep::Read, || place::read(&target))?;
            let proposal =
                decide(exposed(&found)).map_err(|refusal| refused(self.path, refusal))?;
            let Proposal {
                plan,
                secrets,
                note,
            } = proposal;
            if matches!(plan, Plan::Leave) {
                return Ok((note, Kept::Unchanged));
            }
            let kept = self.keep(&target, &found, &secrets)?;
            if self.carry_out(plan, &target, &found, now)? {
                return Ok((note, kept));
            }
        }
        let path = self.path.to_path_buf();
        Err(ConfigError::KeepsChanging { path })
    }

    /// Keeps the content before.
    fn keep(
        &self,
        target: &Path,
        found: &Content,
        secrets: &[SecretString],
    ) -> Result<Kept, ConfigError> {
        let Some(bytes) = exposed(found).filter(|bytes| !bytes.trim_ascii().is_empty()) else {
            return Ok(Kept::Blank);
        };
        let known: Vec<_> = secrets.iter().collect();
        match without_secrets(bytes, &known) {
            Ok(clean) => {
                let before = |step| (self.before)(WriteStep::BackUp(step));
                let kept = self.store.back_up(target, &clean, before);
                kept.map(Kept::Backup)
            }
            Err(_) => aside::keep(target, bytes)
                .map(Kept::Aside)
                .map_err(|error| trouble::of_backing_up(target, BackupError::Write(error))),
        }
    }

    /// Does to the file what is planned; `false` if it is not what was read any more.
    fn carry_out(
        &self,
        plan: Plan,
        target: &Path,
        found: &Content,
        now: &mut Option<Fingerprint>,
    ) -> Result<bool, ConfigError> {
        match plan {
            Plan::Put(bytes) => self.put(target, found, &bytes, now),
            Plan::Remove => self.remove(target, found, now),
            Plan::Leave => Ok(true),
        }
    }

    fn put(
        &self,
        target: &Path,
        found: &Content,
        new: &SecretSlice<u8>,
        now: &mut Option<Fingerprint>,
    ) -> Result<bool, ConfigError> {
        let failed = |error| trouble::of_replacing(target, error);
        let before = |step| (self.before)(WriteStep::Replace(step));
        let new = new.expose_secret();
        let staged = Staged::write(target, new, Mode::Keep, before).map_err(failed)?;
        // A foreign write is lost only if it falls between here and the rename.
        if !self.is_still(target, found)? {
            return Ok(false);
        }
        let put = match found {
            Some(_) => staged.put(before),
            None => staged.put_new(before),
        };
        match &put {
            Err(error) if error.source.kind() == io::ErrorKind::AlreadyExists => return Ok(false),
            Err(error) if !error.replaced() => {}
            _ => *now = Some(self.read_back(target, found, new)?),
        }
        put.map(|()| true).map_err(failed)
    }

    fn remove(
        &self,
        target: &Path,
        found: &Content,
        now: &mut Option<Fingerprint>,
    ) -> Result<bool, ConfigError> {
        if !self.is_still(target, found)? {
            return Ok(false);
        }
        self.at(WriteStep::Remove, || {
            files::remove(target).map_err(ConfigError::Io)
        })?;
        *now = None;
        Ok(true)
    }

    fn is_still(&self, target: &Path, found: &Content) -> Result<bool, ConfigError> {
        self.at(WriteStep::Check, || {
            place::check(target)?;
            place::holds(target, exposed(found))
        })
    }

    /// Takes a step, unless `before` says that it fails.
    pub(super) fn at<T>(
        &self,
        step: WriteStep,
        work: impl FnOnce() -> Result<T, ConfigError>,
    ) -> Result<T, ConfigError> {
        (self.before)(step).map_err(|error| trouble::of_reading(self.path, error))?;
        work()
    }
}

/// A document for the ring. One with a byte order mark is kept without it: Claude cannot read it.
fn without_secrets(bytes: &[u8], known: &[&SecretString]) -> Result<Vec<u8>, Refusal> {
    match strip_bom(bytes) {
        Stripped::Changed { bytes } => redact(bytes.expose_secret(), known),
        _ => redact(bytes, known),
    }
}
