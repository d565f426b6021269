//! The desktop's preference for light or dark, as the settings portal tells it.
//!
//! Followed in the background: the icon must not wait for a portal.

use crate::icon::Look;
use zbus::export::ordered_stream::OrderedStreamExt as _;
use zbus::zvariant::OwnedValue;
use zbus::{Connection, proxy};

const NAMESPACE: &str = "org.freedesktop.appearance";
const KEY: &str = "color-scheme";

#[proxy(
    interface = "org.freedesktop.portal.Settings",
    default_service = "org.freedesktop.portal.Desktop",
    default_path = "/org/freedesktop/portal/desktop"
)]
trait Settings {
    fn read_one(&self, namespace: &str, key: &str) -> zbus::Result<OwnedValue>;

    #[zbus(signal)]
    fn setting_changed(&self, namespace: &str, key: &str, value: OwnedValue) -> zbus::Result<()>;
}

/// Tells the preference and each change of it, for as long as the bus lives. Ends at once on a
/// desktop without a portal: there is nothing to follow.
pub(crate) async fn follow(
    connection: &Connection,
    tell: impl Fn(Option<Look>),
) -> zbus::Result<()> {
    let settings = SettingsProxy::new(connection).await?;
    let mut changes = settings
        .receive_setting_changed_with_args(&[(0, NAMESPACE), (1, KEY)])
        .await?;
    tell(meaning(&settings.read_one(NAMESPACE, KEY).await?));
    while let Some(change) = changes.next().await {
        tell(meaning(change.args()?.value()));
    }
    Ok(())
}

/// The portal's numbers: 0 no preference, 1 dark, 2 light.
fn meaning(color_scheme: &OwnedValue) -> Option<Look> {
    match u32::try_from(color_scheme) {
        Ok(1) => Some(Look::Dark),
        Ok(2) => Some(Look::Light),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_portals_numbers_are_understood() {
        let table = [
            (0_u32, None),
            (1, Some(Look::Dark)),
            (2, Some(Look::Light)),
            (9, None),
        ];
        for (number, look) in table {
            assert_eq!(meaning(&OwnedValue::from(number)), look, "{number}");
        }
        assert_eq!(meaning(&OwnedValue::from(true)), None, "not a number");
    }
}
