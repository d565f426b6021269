//! A backup that the user chose, in the place of the file.

use super::plan::{Kept, Plan, Proposal};
use super::{ConfigError, ConfigFile, Restored, fill};
use files::undisturbed;
use secrecy::{ExposeSecret, SecretString};

impl ConfigFile {
    /// Puts the backup `number` in the place of the file, whatever that holds. A secret that was
    /// cut out comes from the same place of the present file; else `ask`, given a JSON pointer,
    /// may know it, decoded; else `<redacted>` stays and the result names where. No backup of
    /// the present file will hold one of `known`.
    pub fn restore_backup(
        &self,
        number: u32,
        known: &[SecretString],
        ask: &dyn Fn(&str) -> Option<SecretString>,
    ) -> Result<Restored, ConfigError> {
        let kept = self.backup(number)?;
        let (unfilled, before) = self.write(undisturbed, |present| {
            let filled = fill::fill(&kept, present, ask)?;
            let mut secrets = known.to_vec();
            secrets.extend(filled.secrets);
            Ok(Proposal {
                plan: match present {
                    Some(bytes) if bytes == filled.bytes.expose_secret() => Plan::Leave,
                    _ => Plan::Put(filled.bytes),
                },
                secrets,
                note: filled.unfilled,
            })
        })?;
        Ok(match before {
            Kept::Unchanged => Restored::AlreadySo,
            Kept::Aside(path) => Restored::Done {
                backup: None,
                set_aside: Some(path),
                unfilled,
            },
            before => Restored::Done {
                backup: before.backup(),
                set_aside: None,
                unfilled,
            },
        })
    }

    fn backup(&self, number: u32) -> Result<Vec<u8>, ConfigError> {
        let all = self.backups()?;
        let chosen = all.iter().find(|backup| backup.number == number);
        let chosen = chosen.ok_or(ConfigError::NoSuchBackup { number })?;
        fs_err::read(&chosen.path).map_err(ConfigError::Io)
    }
}
