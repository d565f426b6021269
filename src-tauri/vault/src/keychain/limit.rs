//! Stores that hold only so many bytes an item.

use crate::account::Place;
use crate::error::VaultError;
use crate::item::{Item, encode};
use std::borrow::Cow;

/// `item` as it fits into `limit` bytes. Zoom's list of scopes can be longer than the token;
/// it only informs, so it is left out where there is no room, and known again after the next
/// token request. A secret that is too long alone is refused by name.
pub(crate) fn fitting<'a>(
    place: &Place,
    item: &'a Item,
    limit: usize,
) -> Result<Cow<'a, Item>, VaultError> {
    if encode(place, item)?.len() <= limit {
        return Ok(Cow::Borrowed(item));
    }
    let bare = Item {
        scope: None,
        ..item.clone()
    };
    let bytes = encode(place, &bare)?.len();
    if bytes <= limit {
        return Ok(Cow::Owned(bare));
    }
    Err(VaultError::TooLong {
        place: place.to_string(),
        bytes,
        limit,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::{AccountId, Kind};
    use secrecy::SecretString;

    const LIMIT: usize = 2560;

    fn fitted(secret: usize, scope: usize) -> Result<Option<String>, VaultError> {
        let place = Place {
            account: AccountId::new("acc").unwrap(),
            kind: Kind::AccessToken,
        };
        let item = Item {
            scope: Some("s".repeat(scope)),
            ..Item::lasting(1_800_000_000_000, SecretString::from("x".repeat(secret)))
        };
        fitting(&place, &item, LIMIT).map(|item| item.scope.clone())
    }

    #[test]
    fn what_fits_is_kept_whole() {
        assert_eq!(fitted(1500, 900).unwrap().unwrap().len(), 900);
    }

    #[test]
    fn long_scopes_are_left_out() {
        assert_eq!(fitted(1500, 3000).unwrap(), None);
    }

    #[test]
    fn a_long_secret_is_refused_by_name() {
        let error = fitted(2600, 10).unwrap_err();
        assert!(
            matches!(error, VaultError::TooLong { limit: LIMIT, .. }),
            "{error:?}"
        );
        assert!(error.to_string().contains("access token of acc"), "{error}");
    }
}
