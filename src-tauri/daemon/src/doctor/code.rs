//! The name of each thing that the doctor can say. A code, once there, keeps its meaning: people
//! search for it, and programs read it in `doctor --json`.

use serde::{Serialize, Serializer};
use std::fmt;

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $text:literal,)*) => {
        /// What a finding is about.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Code { $($(#[$doc])* $name,)* }

        impl Code {
            /// Every code.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// As it is written.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $text,)* }
            }
        }
    };
}

codes! {
    /// The app keeps the tokens.
    KeeperApp = "keeper-app",
    /// `watch` keeps them.
    KeeperWatch = "keeper-watch",
    /// Nothing keeps them between commands.
    KeeperNone = "keeper-none",
    /// Something is wrong with the keeper's own files.
    KeeperWarning = "keeper-warning",
    /// A program of ours is where it belongs.
    ProgramFound = "program-found",
    /// It is not.
    ProgramMissing = "program-missing",
    /// It is in a place that goes away.
    ProgramPlace = "program-place",
    /// Claude Desktop's container holds this process.
    ProgramInContainer = "program-in-container",
    /// Secrets are in the keychain.
    VaultKeychain = "vault-keychain",
    /// They are in files.
    VaultFile = "vault-file",
    /// They are in memory.
    VaultMemory = "vault-memory",
    /// No account is saved.
    AccountNone = "account-none",
    /// Its token is valid.
    AccountValid = "account-valid",
    /// It has no valid token.
    AccountExpired = "account-expired",
    /// It is not refreshed.
    AccountFailing = "account-failing",
    /// The bundled server starts.
    ServerStarting = "server-starting",
    /// It is connected.
    ServerConnected = "server-connected",
    /// Its app lacks scopes.
    ServerScopesMissing = "server-scopes-missing",
    /// It does not reach Zoom.
    ServerFailed = "server-failed",
    /// There is no policy file: every call is forwarded.
    PolicyNone = "policy-none",
    /// The policy file is in force.
    PolicyInForce = "policy-in-force",
    /// The policy file has mistakes.
    PolicyInvalid = "policy-invalid",
    /// A token stands where the user chose it.
    VisibleToken = "visible-token",
    /// Claude Desktop is installed.
    ClaudeInstalled = "claude-installed",
    /// It is nowhere to be seen.
    ClaudeNotInstalled = "claude-not-installed",
    /// The Windows package and the older installer are both there.
    ClaudeTwoInstalls = "claude-two-installs",
    /// Whether it runs.
    ClaudeRunning = "claude-running",
    /// A Claude with a folder of its own runs.
    ClaudeOtherProfile = "claude-other-profile",
    /// It is in third-party mode.
    ClaudeThirdPartyMode = "claude-third-party-mode",
    /// It left a lock behind.
    ClaudeLockStale = "claude-lock-stale",
    /// Another computer holds its profile.
    ClaudeLockOtherHost = "claude-lock-other-host",
    /// Servers of the config are not started, by policy or setting.
    ClaudeLocalServersOff = "claude-local-servers-off",
    /// An extension that is for Zoom is installed.
    ClaudeZoomExtension = "claude-zoom-extension",
    /// The config in use.
    ClaudeConfigInUse = "claude-config-in-use",
    /// A file that could be the config and is not.
    ClaudeConfigCandidate = "claude-config-candidate",
    /// The keeper uses another one than this terminal's environment names.
    ClaudeConfigDiffers = "claude-config-differs",
    /// There is none.
    ClaudeConfigMissing = "claude-config-missing",
    /// It cannot be told which one.
    ClaudeConfigAmbiguous = "claude-config-ambiguous",
    /// It cannot be read.
    ClaudeConfigUnreadable = "claude-config-unreadable",
    /// It cannot be written.
    ClaudeConfigReadOnly = "claude-config-read-only",
    /// Its folder is a link, on Windows.
    ClaudeFolderLink = "claude-folder-link",
    /// It is empty.
    ClaudeConfigEmpty = "claude-config-empty",
    /// It begins with a byte order mark.
    ClaudeConfigBom = "claude-config-bom",
    /// It is UTF-16.
    ClaudeConfigUtf16 = "claude-config-utf16",
    /// It is no UTF-8.
    ClaudeConfigNotUtf8 = "claude-config-not-utf8",
    /// It is no JSON.
    ClaudeConfigNotJson = "claude-config-not-json",
    /// Something in it is no object.
    ClaudeConfigNotAnObject = "claude-config-not-an-object",
    /// A key is in it twice.
    ClaudeConfigDuplicateKey = "claude-config-duplicate-key",
    /// It is too large.
    ClaudeConfigTooLarge = "claude-config-too-large",
    /// Servers stand in Claude's `config.json`.
    ClaudeServersInConfigJson = "claude-servers-in-config-json",
    /// Claude skips an entry.
    ClaudeEntryInvalid = "claude-entry-invalid",
    /// Claude will drop keys of an entry.
    ClaudeEntryUnknownKeys = "claude-entry-unknown-keys",
    /// An extension owns an entry.
    ClaudeEntryExtension = "claude-entry-extension",
    /// An entry is not as Zoomtray wrote it.
    ClaudeEntryDrift = "claude-entry-drift",
    /// A change waits until Claude Desktop is quit.
    ClaudeChangeWaits = "claude-change-waits",
    /// The guardian does not put entries back any more.
    ClaudeGuardianGaveUp = "claude-guardian-gave-up",
    /// Credentials stand in clear text.
    ClaudeClearText = "claude-clear-text",
    /// What entries held before, to read.
    ClaudeOriginals = "claude-originals",
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::Code;
    use std::collections::HashSet;

    #[test]
    fn each_code_is_its_own() {
        let words: HashSet<&str> = Code::ALL.iter().map(|code| code.as_str()).collect();
        assert_eq!(words.len(), Code::ALL.len());
    }

    #[test]
    fn each_code_about_claude_is_explained_in_the_documentation() {
        let page = include_str!("../../../../docs/claude-desktop.md");
        let unexplained: Vec<&str> = Code::ALL
            .iter()
            .map(|code| code.as_str())
            .filter(|code| code.starts_with("claude-") || code.starts_with("program-"))
            .filter(|code| !page.contains(&format!("`{code}`")))
            .collect();
        assert!(unexplained.is_empty(), "{unexplained:?}");
    }
}
