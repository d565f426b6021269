//! The rules one by one: a ledger is told a story, what becomes of the calls is what is checked.

mod approvals;
mod explaining;
mod governing;
mod late_answers;
mod limits;
mod order;
mod saving;
mod stage;
