//! A deliverer put together for a keeper of some rank.

use crate::board::Board;
use crate::delivery::claude_desktop::ClaudeDesktop;
use crate::delivery::deliverer::{Deliverer, State};
use crate::delivery::env_target::EnvTarget;
use crate::delivery::following::Following;
use crate::delivery::guard::Guard;
use crate::delivery::journal::Journal;
use crate::delivery::relay_entry::Relay;
use crate::delivery::steps::Sequence;
use crate::settings_file::SettingsFile;
use crate::setup::Setup;
use control::Rank;
use std::sync::Arc;
use vault::Vault;

impl Deliverer {
    /// For the keeper of these folders. A brief one changes nothing unasked and follows nothing.
    pub(crate) fn assemble(
        setup: &Setup,
        rank: Rank,
        board: Arc<Board>,
        settings: Arc<SettingsFile>,
        vault: Vault,
    ) -> Self {
        let stays = rank != Rank::Brief;
        let data = &setup.folders.data;
        let (journal, problem) = Journal::open(data, vault);
        if let Some(problem) = problem {
            board.warn(problem);
        }
        let environment = &setup.environment;
        let sequence = Sequence::new();
        Self {
            desktop: ClaudeDesktop::find(data),
            journal,
            relay: Relay::of_this_program(&setup.folders),
            guard: Guard::open(data, board.clone()),
            following: if stays {
                Following::awaited()
            } else {
                Following::default()
            },
            key: environment.claude_key.clone(),
            from_environment: environment.claude_server.clone(),
            env_target: EnvTarget {
                path: setup.env_target.clone().filter(|_| stays),
                board: board.clone(),
                sequence: sequence.clone(),
            },
            sequence,
            unasked: stays,
            state: State::default(),
            board,
            settings,
        }
    }
}
