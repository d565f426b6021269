//! A call of a tool, as far as rules look at it.

use crate::arguments::Arguments;

/// One `tools/call`.
#[derive(Clone, Copy, Debug)]
pub struct Call<'a> {
    /// Who calls.
    pub origin: &'a Origin,
    /// The tool's name.
    pub tool: &'a str,
    /// What it is called with.
    pub arguments: &'a Arguments,
}

/// Where calls come from. Each part is the subject of limits of one scope.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// One relay's session; the same after its keeper changed.
    pub session: String,
    /// The entry in the client's config: what a relay was started for.
    pub entry: String,
    /// The Zoom account whose token is used.
    pub account: String,
}
