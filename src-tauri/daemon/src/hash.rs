//! Short names for what has none of its own.

use sha2::{Digest, Sha256};
use std::fmt::Write;

/// Bytes of the digest that are kept: enough to tell one user's things apart.
const KEPT: usize = 8;

/// Hexadecimal digits that differ whenever one of `parts` does.
pub(crate) fn short_hash(parts: &[&str]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part.len().to_le_bytes());
        hash.update(part);
    }
    hash.finalize()
        .iter()
        .take(KEPT)
        .fold(String::new(), |mut digits, byte| {
            // Writing to a string cannot fail.
            let _infallible = write!(digits, "{byte:02x}");
            digits
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_one_part_ends_matters() {
        assert_ne!(short_hash(&["ab", "c"]), short_hash(&["a", "bc"]));
        assert_eq!(short_hash(&["ab", "c"]).len(), 2 * KEPT);
    }
}
