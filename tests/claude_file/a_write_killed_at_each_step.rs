use crate::Place;
use crate::place::{count_in, whole};
use crate::writer::Writer;
use claude::{Recovered, WriteStep};

#[test]
fn leaves_the_old_file_before_the_rename_and_the_new_one_after_it() {
    let steps = WriteStep::all();
    let rename = WriteStep::Replace(files::Step::Rename);
    let renamed = steps.iter().position(|step| *step == rename).unwrap();
    let place = Place::new(1);
    let first = place.bytes();
    place
        .file()
        .set(&crate::place::pointer(), &crate::place::value(0))
        .unwrap();
    let mut old = 0;
    for (index, step) in steps.iter().enumerate() {
        let mut writer = Writer::dying(&place, old + 1, index);
        assert_eq!(writer.last_done(), 0, "{step:?}: it was to die");
        let new = if index <= renamed { old } else { old + 1 };
        assert_eq!(count_in(&place.bytes()), Some(new), "{step:?}");
        assert!(
            place.bytes() == whole(&first, new),
            "{step:?}: another byte differs"
        );
        let left = place.temporary().len();
        let recovered = place.file().recover().unwrap();
        assert_eq!(recovered, Recovered::Removed(left), "{step:?}");
        assert!(place.temporary().is_empty(), "{step:?}");
        place.ring_is_readable();
        old = new;
    }
    assert_eq!(
        old,
        steps.len() - 1 - renamed,
        "each later step leaves the new file"
    );
}
