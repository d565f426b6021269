//! The config's place: where it really is, whether it may be replaced, what it holds.

use super::{ConfigError, refused, trouble};
use crate::patch::{MAX_BYTES, Refusal};
use secrecy::zeroize::Zeroizing;
use secrecy::{ExposeSecret, SecretSlice};
use std::fs::Metadata;
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};

/// Bytes that are compared at once.
const PIECE: usize = 64 * 1024;

/// The whole file; `None` where there is none.
pub type Content = Option<SecretSlice<u8>>;

/// The file that `path` leads to, which need not exist; its folder must.
pub fn target_of(path: &Path) -> Result<PathBuf, ConfigError> {
    let target = files::target_of(path).map_err(|error| trouble::of_reading(path, error))?;
    if target.parent().is_some_and(Path::is_dir) {
        Ok(target)
    } else {
        Err(trouble::of_folder_gone(&target))
    }
}

/// Reads the whole file, if it is not too large to be a config. Its folder must be there.
pub fn read(path: &Path) -> Result<Content, ConfigError> {
    let Some(metadata) = look(path)? else {
        return Ok(None);
    };
    if metadata.len() > MAX_BYTES {
        let refusal = Refusal::TooLarge {
            bytes: metadata.len(),
            limit: MAX_BYTES,
        };
        return Err(refused(path, refusal));
    }
    match fs_err::read(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        read => {
            let bytes = read.map_err(|error| trouble::of_reading(path, error))?;
            Ok(Some(SecretSlice::from(bytes)))
        }
    }
}

/// Refuses a file that a replacement would do wrong: a read-only one would be writable to us
/// all the same, another user's would become ours.
pub fn check(path: &Path) -> Result<(), ConfigError> {
    let Some(metadata) = look(path)? else {
        return Ok(());
    };
    check_owner(path, &metadata)?;
    if metadata.permissions().readonly() {
        let path = path.to_path_buf();
        return Err(ConfigError::ReadOnly { path });
    }
    Ok(())
}

/// Whether the file holds this content, down to the byte. It is read piece by piece: a copy of a
/// large config costs more to make and to wipe than to compare.
pub fn holds(path: &Path, content: Option<&[u8]>) -> Result<bool, ConfigError> {
    let (Some(metadata), Some(mut rest)) = (look(path)?, content) else {
        return Ok(look(path)?.is_none() && content.is_none());
    };
    if metadata.len() != rest.len() as u64 {
        return Ok(false);
    }
    let failed = |error| trouble::of_reading(path, error);
    let mut file = match fs_err::File::open(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(false),
        opened => opened.map_err(failed)?,
    };
    let mut piece = Zeroizing::new(vec![0; PIECE]);
    loop {
        let read = file.read(&mut piece).map_err(failed)?;
        match rest.strip_prefix(&piece[..read]) {
            Some(left) if read > 0 => rest = left,
            Some(left) => return Ok(left.is_empty()),
            None => return Ok(false),
        }
    }
}

/// The bytes.
pub fn exposed(content: &Content) -> Option<&[u8]> {
    content.as_ref().map(ExposeSecret::expose_secret)
}

fn look(path: &Path) -> Result<Option<Metadata>, ConfigError> {
    match fs_err::metadata(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => {
            target_of(path)?;
            Ok(None)
        }
        Ok(metadata) if !metadata.is_file() => Err(ConfigError::NotAFile {
            path: path.to_path_buf(),
        }),
        looked => looked
            .map(Some)
            .map_err(|error| trouble::of_reading(path, error)),
    }
}

#[cfg(unix)]
fn check_owner(path: &Path, metadata: &Metadata) -> Result<(), ConfigError> {
    use std::os::unix::fs::MetadataExt;
    let (owner, user) = (metadata.uid(), rustix::process::geteuid().as_raw());
    if owner == user {
        return Ok(());
    }
    Err(ConfigError::OtherOwner {
        path: path.to_path_buf(),
        owner,
        user,
    })
}

/// A file that is replaced on Windows takes its folder's access list.
#[cfg(windows)]
#[expect(clippy::unnecessary_wraps, reason = "the Unix form can refuse")]
fn check_owner(_: &Path, _: &Metadata) -> Result<(), ConfigError> {
    Ok(())
}
