//! Windows: `GetTickCount64` counts sleep and hibernation, in steps of 10 to 16 ms.

use lifecycle::BootTime;
use windows_sys::Win32::System::SystemInformation::GetTickCount64;

#[expect(unsafe_code, reason = "the standard library gives no time since boot")]
pub(super) fn since_boot() -> BootTime {
    // SAFETY: it takes nothing and only returns a number.
    BootTime(unsafe { GetTickCount64() })
}
