//! The tokens that stand in a config: no backup of it may hold one, whatever its variable is
//! called and whichever entry is written.

use crate::delivery::deliverer::Deliverer;
use claude::{ConfigFile, NewValue, Pointer};
use secrecy::{ExposeSecret, SecretString};

impl Deliverer {
    /// `config`, with the tokens in it known to it: the one to write, and what stands where one
    /// was written.
    pub(crate) fn with_tokens_known(&self, config: &ConfigFile) -> ConfigFile {
        let nothing = NewValue::Variable(SecretString::default());
        let pointers = self.journal.all().values().map(|kept| &kept.pointer);
        let originals = pointers
            .filter(|pointer| matches!(pointer, Pointer::Env { .. }))
            .filter_map(|pointer| config.original(pointer, &nothing).ok());
        let token = self.state.token.iter().map(|token| token.secret.clone());
        let known = originals.map(|original| original.decoded()).chain(token);
        let known = known.filter(|secret| !secret.expose_secret().is_empty());
        config.knowing(known.collect())
    }
}
