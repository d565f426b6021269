//! Linux: no place for an organisation's settings is known, and there are no app containers.

/// Every value of the setting.
pub(super) fn values() -> Vec<String> {
    Vec::new()
}

/// The container that this process is in.
pub(in super::super) fn container() -> Option<String> {
    None
}
