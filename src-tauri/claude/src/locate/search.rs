//! From profiles and processes to the one file that is read. Pure.

use super::Surroundings;
use super::candidate::{Candidate, Why};
use super::evidence::Evidence;
use super::located::{Doubt, Located};
use super::mode::Mode;
use super::places::{Place, Profile, profiles};
use crate::platform::Platform;
use std::path::{Path, PathBuf};

/// A search under way.
pub(super) struct Search<'s> {
    around: &'s Surroundings<'s>,
    profiles: Vec<Profile>,
    evidence: Evidence<'s>,
    /// Folders of other profiles that run.
    others: Vec<PathBuf>,
}

impl<'s> Search<'s> {
    pub(super) fn new(around: &'s Surroundings<'s>) -> Self {
        let profiles = profiles(around);
        let evidence = Evidence::new(around, &profiles);
        Self {
            around,
            others: evidence.others(),
            profiles,
            evidence,
        }
    }

    pub(super) fn conclude(&self) -> Located {
        let targets = match self.targets() {
            Ok(targets) => targets,
            Err((doubt, between)) => return self.doubtful(doubt, &between),
        };
        if !self.others.is_empty() && !self.evidence.usual_runs() {
            return self.doubtful(Doubt::OtherProfile, &targets);
        }
        match targets.as_slice() {
            [only] => self.certain(only),
            several => self.doubtful(Doubt::SeveralInstalls, several),
        }
    }

    fn certain(&self, place: &Place) -> Located {
        let Candidate { path, why, exists } = self.candidate(place);
        let candidates = self.candidates(&path);
        if exists {
            return Located::InUse {
                path,
                why,
                candidates,
            };
        }
        let known = self.is_installed() && self.around.disk.exists(&place.folder);
        Located::Missing {
            create: known.then_some(path),
            candidates,
        }
    }

    /// Only Windows has folders that depend on what is installed.
    fn is_installed(&self) -> bool {
        let mut profiles = self.profiles.iter();
        self.around.platform != Platform::Windows
            || profiles.any(|profile| profile.install.is_some())
    }

    fn doubtful(&self, doubt: Doubt, between: &[Place]) -> Located {
        let between = between.iter().map(|place| self.candidate(place));
        let mut candidates: Vec<Candidate> = between.collect();
        if doubt == Doubt::OtherProfile {
            candidates.extend(self.other_candidates());
        }
        Located::Ambiguous { doubt, candidates }
    }

    /// The distinct places that those read who matter now.
    fn targets(&self) -> Result<Vec<Place>, (Doubt, Vec<Place>)> {
        let mut targets: Vec<Place> = Vec::new();
        for profile in self.readers() {
            let target = self.target(profile)?;
            if targets.iter().all(|known| known.folder != target.folder) {
                targets.push(target);
            }
        }
        Ok(targets)
    }

    /// Those that run, else all that are installed. Where installs share their folders, the
    /// folder that is in use decides, else the first one that is there.
    fn readers(&self) -> Vec<&Profile> {
        let all: Vec<&Profile> = self.profiles.iter().collect();
        if all.iter().any(|profile| profile.install.is_some()) {
            let run = kept(&all, |profile| self.evidence.runs(profile));
            return if run.is_empty() { all } else { run };
        }
        let named = kept(&all, |profile| self.evidence.names_any(profile.folders()));
        if !named.is_empty() {
            return named;
        }
        let there = |profile: &&Profile| {
            let mut folders = profile.folders();
            folders.any(|place| self.around.disk.exists(&place.folder))
        };
        let first = all.iter().copied().find(there).or(all.first().copied());
        first.into_iter().collect()
    }

    /// Processes that name their folder say which mode they are in; else the config does.
    fn target(&self, profile: &Profile) -> Result<Place, (Doubt, Vec<Place>)> {
        let usual = self.usual(profile);
        let other = &profile.third_party;
        let doubt = || (Doubt::ThirdParty, vec![usual.clone(), other.clone()]);
        let usual_named = self.evidence.names_any(profile.usual.iter());
        match (usual_named, self.evidence.names_any([other].into_iter())) {
            (true, false) => return Ok(usual.clone()),
            (false, true) => return Ok(other.clone()),
            (true, true) => return Err(doubt()),
            (false, false) => {}
        }
        let mode = |place| Mode::of(self.around, place);
        match (mode(usual), mode(other)) {
            (Mode::ThirdParty, _) | (Mode::NoFile, Mode::ThirdParty) => Ok(other.clone()),
            (Mode::Unsaid, Mode::ThirdParty) | (Mode::NoFile, Mode::Unsaid) => Err(doubt()),
            (Mode::FirstParty | Mode::Unsaid | Mode::NoFile, _) => Ok(usual.clone()),
        }
    }

    /// The first usual folder with a config, else the first.
    fn usual<'p>(&self, profile: &'p Profile) -> &'p Place {
        let with_config = |place: &&Place| self.around.disk.exists(&place.file(self.around));
        let found = profile.usual.iter().find(with_config);
        found.unwrap_or(&profile.usual[0])
    }

    fn candidate(&self, place: &Place) -> Candidate {
        let path = place.file(self.around);
        Candidate {
            exists: self.around.disk.exists(&path),
            path,
            why: place.why.clone(),
        }
    }

    /// Every place, the one read first; third-party mode's only where its folder is.
    fn candidates(&self, first: &Path) -> Vec<Candidate> {
        let mut found: Vec<Candidate> = Vec::new();
        let usual = self.profiles.iter().flat_map(|profile| &profile.usual);
        let third_party = self.profiles.iter().map(|profile| &profile.third_party);
        let third_party = third_party.filter(|place| self.around.disk.exists(&place.folder));
        let places = usual.chain(third_party).map(|place| self.candidate(place));
        for candidate in places.chain(self.other_candidates()) {
            if found.iter().all(|known| known.path != candidate.path) {
                found.push(candidate);
            }
        }
        found.sort_by_key(|candidate| candidate.path != first);
        found
    }

    fn other_candidates(&self) -> impl Iterator<Item = Candidate> {
        self.others.iter().map(|folder| {
            self.candidate(&Place {
                folder: folder.clone(),
                why: Why::UserDataDir,
            })
        })
    }
}

fn kept<'p>(profiles: &[&'p Profile], keep: impl Fn(&Profile) -> bool) -> Vec<&'p Profile> {
    let kept = profiles.iter().copied().filter(|profile| keep(profile));
    kept.collect()
}
