//! The rules one by one: a session is told a story, its effects are what is checked.

mod asking;
mod deaths;
mod legacy;
mod modern;
mod odd_messages;
mod opening;
mod relay;
mod stage;
mod tokens;
