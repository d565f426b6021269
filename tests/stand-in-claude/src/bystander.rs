//! Another program that is named like Claude or stands where Claude could: it records every
//! signal it gets, and goes on. It ends with its standard input.

use crate::log::Log;
use crate::wish::Wishes;
use serde_json::json;
use std::io;
use tokio::io::AsyncReadExt;

/// Does that.
pub async fn run(log: &Log) -> io::Result<()> {
    let mut wishes = Wishes::expect()?;
    log.tell("started", json!({"bystander": true}))?;
    let (mut input, mut byte) = (tokio::io::stdin(), [0; 1]);
    loop {
        tokio::select! {
            read = input.read(&mut byte) => if read? == 0 { return Ok(()) },
            wish = wishes.next() => {
                log.tell("signalled", json!({"wish": format!("{wish:?}")}))?;
            }
        }
    }
}
