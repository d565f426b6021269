//! A ring of backups: the last ten contents of one file, in a folder of ours.

use crate::private::{PrivateError, private_folder};
use crate::replace::{Mode, ReplaceError, Staged, Step, sweep, undisturbed};
use std::io;
use std::path::{Path, PathBuf};

/// How many backups a ring holds.
pub const BACKUPS_KEPT: usize = 10;

/// Why a backup could not be kept or listed.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// The folder is not ours.
    #[error(transparent)]
    Folder(#[from] PrivateError),
    /// The backup could not be written.
    #[error("no backup was made: {0}")]
    Write(#[from] ReplaceError),
    /// The system refused; the message names the path.
    #[error("the backups cannot be read or thinned out: {0}")]
    Io(#[from] io::Error),
}

/// One kept content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Backup {
    /// Counts up from 1; the highest is the newest.
    pub number: u32,
    /// Where it lies: `NUMBER-NAME`.
    pub path: PathBuf,
    /// When it was made.
    pub made: std::time::SystemTime,
    /// Its size in bytes.
    pub size: u64,
}

/// The backups of the file `name` in `folder`. One process writes to a ring.
#[derive(Clone, Debug)]
pub struct BackupRing {
    folder: PathBuf,
    name: String,
}

impl BackupRing {
    /// The ring of `name` (a plain file name) in `folder`, which is made, mode 0700, if missing.
    pub fn open(folder: &Path, name: &str) -> Result<Self, BackupError> {
        private_folder(folder)?;
        Ok(Self {
            folder: folder.to_owned(),
            name: name.to_owned(),
        })
    }

    /// Keeps `bytes`, mode 0600, and removes the oldest beyond [`BACKUPS_KEPT`]. Content
    /// equal to the newest backup's is not kept twice, so that repeated changes of our own
    /// do not push the user's out.
    pub fn keep(&self, bytes: &[u8]) -> Result<Backup, BackupError> {
        self.keep_with(bytes, undisturbed)
    }

    /// [`keep`](Self::keep), with `before` called before each step of the replacement.
    pub fn keep_with(
        &self,
        bytes: &[u8],
        before: impl Fn(Step) -> io::Result<()>,
    ) -> Result<Backup, BackupError> {
        let kept = self.list()?;
        let newest = kept.first();
        if let Some(newest) = newest
            && newest.size == bytes.len() as u64
            && fs_err::read(&newest.path).is_ok_and(|known| known == bytes)
        {
            return Ok(newest.clone());
        }
        let number = newest.map_or(1, |backup| backup.number.saturating_add(1));
        let path = self.folder.join(format!("{number:06}-{}", self.name));
        Staged::write(&path, bytes, Mode::Private, &before)?.put(&before)?;
        thin_out(&kept, BACKUPS_KEPT - 1)?;
        Ok(describe(number, path)?)
    }

    /// Removes what a writer that was killed left in the folder: temporary files, returning how
    /// many, and backups beyond [`BACKUPS_KEPT`] that it had no time to remove. For the one
    /// process that writes to the ring.
    pub fn sweep(&self) -> Result<usize, BackupError> {
        thin_out(&self.list()?, BACKUPS_KEPT)?;
        Ok(sweep(&self.folder)?)
    }

    /// What is kept, the newest first. One that is thinned out at this moment is left out.
    pub fn list(&self) -> Result<Vec<Backup>, BackupError> {
        let mut backups = Vec::new();
        for entry in fs_err::read_dir(&self.folder)? {
            let entry = entry?;
            let Some(number) = self.number_of(&entry.file_name().to_string_lossy()) else {
                continue;
            };
            match describe(number, entry.path()) {
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                backup => backups.push(backup?),
            }
        }
        backups.sort_by_key(|backup| std::cmp::Reverse(backup.number));
        Ok(backups)
    }

    fn number_of(&self, file_name: &str) -> Option<u32> {
        let (number, name) = file_name.split_once('-')?;
        if name == self.name {
            number.parse().ok()
        } else {
            None
        }
    }
}

/// Removes all but the first `left` of `kept`.
fn thin_out(kept: &[Backup], left: usize) -> io::Result<()> {
    kept.iter()
        .skip(left)
        .try_for_each(|old| fs_err::remove_file(&old.path))
}

fn describe(number: u32, path: PathBuf) -> io::Result<Backup> {
    let metadata = fs_err::metadata(&path)?;
    Ok(Backup {
        number,
        made: metadata.modified()?,
        size: metadata.len(),
        path,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn contents(ring: &BackupRing) -> Vec<(u32, String)> {
        let read = |backup: Backup| (backup.number, fs_err::read_to_string(backup.path).unwrap());
        ring.list().unwrap().into_iter().map(read).collect()
    }

    #[test]
    fn the_last_ten_are_kept_newest_first() {
        let folder = tempfile::tempdir().unwrap();
        let ring = BackupRing::open(&folder.path().join("backups"), "config.json").unwrap();
        for count in 1..=13 {
            ring.keep(format!("content {count}").as_bytes()).unwrap();
        }
        let kept = contents(&ring);
        assert_eq!(kept.len(), BACKUPS_KEPT);
        assert_eq!(kept.first().unwrap(), &(13, "content 13".to_owned()));
        assert_eq!(kept.last().unwrap(), &(4, "content 4".to_owned()));
    }

    #[test]
    fn the_same_content_is_kept_once() {
        let folder = tempfile::tempdir().unwrap();
        let ring = BackupRing::open(&folder.path().join("backups"), "config.json").unwrap();
        let first = ring.keep(b"same").unwrap();
        assert_eq!(ring.keep(b"same").unwrap(), first);
        ring.keep(b"other").unwrap();
        ring.keep(b"same").unwrap();
        assert_eq!(
            contents(&ring).len(),
            3,
            "only a repetition of the newest is left out"
        );
    }

    #[test]
    fn what_a_crash_left_is_swept_and_what_is_kept_stays() {
        let folder = tempfile::tempdir().unwrap();
        let backups = folder.path().join("backups");
        let ring = BackupRing::open(&backups, "config.json").unwrap();
        ring.keep(b"kept").unwrap();
        let left = ".000002-config.json.1-0.zoomtray-new";
        fs_err::write(backups.join(left), "half").unwrap();
        assert_eq!(ring.sweep().unwrap(), 1);
        assert_eq!(contents(&ring), [(1, "kept".to_owned())]);
        for number in 2..=BACKUPS_KEPT + 2 {
            fs_err::write(backups.join(format!("{number:06}-config.json")), "x").unwrap();
        }
        assert_eq!(ring.sweep().unwrap(), 0);
        let numbers: Vec<_> = contents(&ring).iter().map(|(number, _)| *number).collect();
        assert_eq!((numbers.len(), numbers[0], numbers[9]), (10, 12, 3));
    }

    #[test]
    fn a_backup_that_cannot_be_read_hinders_no_new_one() {
        let folder = tempfile::tempdir().unwrap();
        let backups = folder.path().join("backups");
        let ring = BackupRing::open(&backups, "config.json").unwrap();
        fs_err::create_dir(backups.join("000001-config.json")).unwrap();
        assert_eq!(ring.keep(b"new").unwrap().number, 2);
    }

    #[test]
    fn a_failure_at_a_step_keeps_the_ring_as_it_was() {
        for step in Step::ALL
            .into_iter()
            .filter(|step| *step != Step::SyncFolder)
        {
            let folder = tempfile::tempdir().unwrap();
            let backups = folder.path().join("backups");
            let ring = BackupRing::open(&backups, "config.json").unwrap();
            ring.keep(b"kept").unwrap();
            let before = |reached| {
                if reached == step {
                    return Err(io::Error::from(io::ErrorKind::StorageFull));
                }
                Ok(())
            };
            ring.keep_with(b"new", before).unwrap_err();
            assert_eq!(contents(&ring), [(1, "kept".to_owned())], "{step:?}");
            assert_eq!(fs_err::read_dir(&backups).unwrap().count(), 1, "{step:?}");
        }
    }

    #[test]
    fn other_files_in_the_folder_are_neither_listed_nor_removed() {
        let folder = tempfile::tempdir().unwrap();
        let backups = folder.path().join("backups");
        let (mine, other) = (
            BackupRing::open(&backups, "config.json").unwrap(),
            BackupRing::open(&backups, "other.json").unwrap(),
        );
        other.keep(b"theirs").unwrap();
        fs_err::write(backups.join("notes.txt"), "mine").unwrap();
        for count in 0..12 {
            mine.keep(&[count]).unwrap();
        }
        assert_eq!(contents(&other), [(1, "theirs".to_owned())]);
        assert!(backups.join("notes.txt").exists());
    }

    #[cfg(unix)]
    #[test]
    fn a_backup_is_private() {
        use std::os::unix::fs::MetadataExt;
        let folder = tempfile::tempdir().unwrap();
        let ring = BackupRing::open(&folder.path().join("backups"), "config.json").unwrap();
        let backup = ring.keep(b"secret").unwrap();
        assert_eq!(fs_err::metadata(backup.path).unwrap().mode() & 0o777, 0o600);
    }
}
