//! Which look and size the icon has on this system.

#[cfg(target_os = "linux")]
pub(crate) mod linux;
#[cfg(windows)]
mod windows;

use crate::icon::{DENSE, Look};
use tauri::AppHandle;

/// The look of the icon, given what the desktop said it prefers. Unknown is light: the disc is
/// opaque, so either is legible. The macOS menu bar colours templates itself.
#[cfg(not(windows))]
pub(crate) fn look(preferred: Option<Look>) -> Look {
    if cfg!(target_os = "macos") {
        Look::Template
    } else {
        preferred.unwrap_or(Look::Light)
    }
}

/// The look of the icon: the taskbar's, asked each time, because nothing tells when it changes.
#[cfg(windows)]
pub(crate) fn look(preferred: Option<Look>) -> Look {
    windows::taskbar().or(preferred).unwrap_or(Look::Light)
}

/// Side of the icon in pixels. Windows shows it as it is; Linux panels and the macOS menu bar
/// scale a dense one, whose lines fall on whole pixels at half its size too.
pub(crate) fn icon_size(app: &AppHandle) -> u32 {
    if !cfg!(windows) {
        return DENSE;
    }
    let monitor = app.primary_monitor().ok().flatten();
    small_icon(monitor.map_or(1.0, |monitor| monitor.scale_factor()))
}

/// The small icon of Windows at a scale: 16 px at 100 %, a drawn size at each step up to 200 %.
fn small_icon(scale: f64) -> u32 {
    const SIZES: [(f64, u32); 4] = [(1.0, 16), (1.25, 20), (1.5, 24), (2.0, 32)];
    SIZES
        .into_iter()
        .find(|(step, _)| scale <= *step)
        .map_or(DENSE, |(_, size)| size)
}

#[cfg(test)]
mod tests {
    use super::small_icon;

    #[test]
    fn windows_gets_the_size_of_its_scale() {
        let table = [
            (1.0, 16),
            (1.25, 20),
            (1.5, 24),
            (1.75, 32),
            (2.0, 32),
            (2.5, 44),
        ];
        for (scale, size) in table {
            assert_eq!(small_icon(scale), size, "at {scale}");
        }
    }
}
