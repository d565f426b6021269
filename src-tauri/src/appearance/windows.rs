//! The taskbar's theme, which may differ from the windows'.

use crate::icon::Look;

const THEME: &str = r"Software\Microsoft\Windows\CurrentVersion\Themes\Personalize";

/// The look for the taskbar; none where Windows does not say (before 10 1903).
pub(super) fn taskbar() -> Option<Look> {
    let key = windows_registry::CURRENT_USER.open(THEME).ok()?;
    let light = key.get_u32("SystemUsesLightTheme").ok()?;
    Some(if light == 0 { Look::Dark } else { Look::Light })
}
