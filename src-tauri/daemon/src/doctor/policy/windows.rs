//! Windows: policies in the registry, and the package whose container this process is in.

use super::SETTING;
use windows_registry::{CURRENT_USER, Key, LOCAL_MACHINE};
use windows_sys::Win32::Foundation::ERROR_SUCCESS;
use windows_sys::Win32::Storage::Packaging::Appx::GetCurrentPackageFamilyName;

/// Claude Desktop's policies.
const POLICIES: &str = r"SOFTWARE\Policies\Claude";

/// As long as a package family's name may be, with its end (`PACKAGE_FAMILY_NAME_MAX_LENGTH`).
const LONGEST_NAME: u32 = 65;

/// Every value of the setting: the computer's and the user's.
pub(super) fn values() -> Vec<String> {
    [LOCAL_MACHINE, CURRENT_USER]
        .into_iter()
        .filter_map(value)
        .collect()
}

fn value(root: &Key) -> Option<String> {
    let policies = root.open(POLICIES).ok()?;
    let number = policies.get_u32(SETTING).map(|number| number.to_string());
    number.or_else(|_| policies.get_string(SETTING)).ok()
}

/// The family of the package that this process runs in.
pub(in super::super) fn container() -> Option<String> {
    let mut name = [0_u16; LONGEST_NAME as usize];
    let mut length = LONGEST_NAME;
    #[expect(unsafe_code, reason = "a call of the system that has no safe form")]
    // SAFETY: the buffer has `length` units and outlives the call, which writes no more than
    // that and sets `length` to what it wrote, its end included.
    let status = unsafe { GetCurrentPackageFamilyName(&raw mut length, name.as_mut_ptr()) };
    let written = usize::try_from(length).ok()?.checked_sub(1)?;
    (status == ERROR_SUCCESS).then(|| String::from_utf16_lossy(&name[..written.min(name.len())]))
}
