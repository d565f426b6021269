use crate::Place;
use crate::place::{count_in, whole};
use crate::writer::Writer;

const REWRITES: usize = 1_000;

#[test]
fn over_a_thousand_rewrites() {
    let place = Place::new(40);
    let first = place.bytes();
    let mut writer = Writer::times(&place, REWRITES);
    writer.is_ready();
    let (mut reads, mut torn, mut seen) = (0, 0, 0);
    // The end of the writer ends the reading, also when the writer fails.
    while !writer.has_ended() {
        let bytes = place.bytes();
        reads += 1;
        let is_whole = match count_in(&bytes) {
            Some(count) if count >= seen => {
                seen = count;
                bytes == whole(&first, count)
            }
            Some(_) => false,
            None => bytes == first,
        };
        torn += usize::from(!is_whole);
    }
    assert_eq!(writer.last_done(), REWRITES);
    assert!(
        reads > REWRITES / 2,
        "the reader was too slow to see anything: {reads}"
    );
    assert_eq!(torn, 0, "of {reads} reads");
    println!("{torn} torn of {reads} reads over {REWRITES} rewrites");
}
