//! The steps of a write, by name, so that tests can let each of them fail or be the last.
//!
//! Outside tests the function that is called before each step does nothing and is compiled
//! away: see [`files::undisturbed`].

/// A step of a write, in the order they are taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WriteStep {
    /// The lock between our own processes is taken.
    Lock,
    /// What a killed writer left is removed.
    Sweep,
    /// The file is read.
    Read,
    /// The file before is kept, its secrets cut out.
    BackUp(files::Step),
    /// The new content is written beside the file and takes its place.
    Replace(files::Step),
    /// Directly before that: is the file still what was read?
    Check,
    /// In the place of `Replace`: a file that was made here is removed.
    Remove,
    /// The file is read again.
    ReadBack,
    /// What was there is put back, because the new content read back damaged.
    PutBack(files::Step),
}

impl WriteStep {
    /// The steps of a write that goes well, in order.
    #[must_use]
    pub fn all() -> Vec<Self> {
        let (staged, named): (Vec<_>, Vec<_>) = files::Step::ALL
            .into_iter()
            .partition(|step| !matches!(step, files::Step::Rename | files::Step::SyncFolder));
        let mut all = vec![Self::Lock, Self::Sweep, Self::Read];
        all.extend(files::Step::ALL.map(Self::BackUp));
        all.extend(staged.into_iter().map(Self::Replace));
        all.push(Self::Check);
        all.extend(named.into_iter().map(Self::Replace));
        all.push(Self::ReadBack);
        all
    }
}
