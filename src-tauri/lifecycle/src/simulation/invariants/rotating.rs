//! The rules of a rotating grant.

use super::World;
use crate::generation::Generation;
use crate::rotating::SignInCause;
use crate::simulation::account::Token;

pub(in crate::simulation) fn no_request_with_a_refresh_token_that_was_used_and_answered(
    world: &World,
    token: Token,
) {
    assert!(
        !world.account.answered.contains(&token),
        "refresh token {token} is used a second time"
    );
}

pub(in crate::simulation) fn the_journal_is_in_the_vault_before_the_request(
    world: &World,
    refresh: Generation,
) {
    let journal = world.account.journal;
    assert!(
        journal.is_some_and(|journal| journal.refresh == refresh),
        "a request with {refresh}, and the journal says {journal:?}"
    );
}

pub(in crate::simulation) fn no_request_while_a_pair_is_unsaved(world: &World) {
    let account = &world.account;
    assert!(
        account.held.is_none_or(|held| held <= account.stored),
        "a request although the pair {:?} is not saved",
        account.held
    );
}

pub(in crate::simulation) fn no_attempt_after_the_sign_in_ended(world: &World) {
    assert!(
        !world.account.told,
        "an attempt although a new sign-in was asked for"
    );
}

pub(in crate::simulation) fn no_access_token_before_its_refresh_token_was_read_back(
    world: &World,
    generation: Generation,
) {
    let pair = world.known.get(&generation).and_then(|known| known.pair);
    assert!(
        pair.is_none_or(|pair| pair <= world.account.stored),
        "the access token of the pair {pair:?} is given out before that is saved"
    );
}

pub(in crate::simulation) fn no_pair_is_lost_without_sign_in_again(world: &World) {
    assert!(
        world.account.told,
        "Zoom refused the refresh token and nobody was told to sign in"
    );
}

pub(in crate::simulation) fn sign_in_again_is_told_once(world: &World) {
    assert!(!world.account.told, "told to sign in a second time");
}

pub(in crate::simulation) fn never_sign_in_again_while_the_refresh_token_lives(world: &World) {
    let account = &world.account;
    let kept = account.vault.map(|(_, token)| token);
    assert!(
        kept.is_none() || kept != account.alive,
        "the vault's refresh token {kept:?} lives"
    );
}

pub(in crate::simulation) fn a_lost_answer_is_told_with_its_time(
    world: &World,
    cause: SignInCause,
) {
    if world.account.used_up {
        assert!(
            matches!(cause, SignInCause::AnswerLost { at } if world.account.asked.contains(&at)),
            "we lost an answer, and people are told {cause:?}"
        );
    }
}
