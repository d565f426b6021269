//! A secret as it may be shown.

use secrecy::{ExposeSecret, SecretString};

/// How many characters are shown at most, and how many times more there must be.
const SHOWN: usize = 4;

/// `…wxyz (32 characters)`: enough to tell which one it is. Of a short one only the length.
#[must_use]
pub fn mask(secret: &SecretString) -> String {
    let letters: Vec<char> = secret.expose_secret().chars().collect();
    let length = letters.len();
    if length < SHOWN * 4 {
        return format!("({length} characters)");
    }
    let end: String = letters[length - SHOWN..].iter().collect();
    format!("…{end} ({length} characters)")
}
