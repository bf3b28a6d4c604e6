//! Forms: what they lack is never more than what is wanted, and shares are shares.

use std::collections::BTreeSet;

use domain::registers::{
    decide::missing_of,
    look::{mean, percent},
    rules::Item,
};
use proptest::prelude::*;

fn some_items() -> impl Strategy<Value = BTreeSet<Item>> {
    proptest::collection::btree_set(proptest::sample::select(Item::ALL), 0..12)
}

proptest! {
    #[test]
    fn a_form_lacks_only_what_is_wanted_and_not_given(
        wanted in some_items(), filled in some_items(), refused in some_items(),
    ) {
        let wanted: Vec<Item> = wanted.into_iter().collect();
        let missing = missing_of(&wanted, &[], &filled, &refused);
        prop_assert!(missing.iter().all(|item| wanted.contains(item) && !filled.contains(item)));
        // What may not be refused is missing though it was.
        prop_assert_eq!(&missing, &missing_of(&wanted, &[], &filled, &BTreeSet::new()));
        // Where all may be refused, refusing all leaves nothing.
        let all: BTreeSet<Item> = wanted.iter().copied().collect();
        prop_assert!(missing_of(&wanted, &wanted, &filled, &all).is_empty());
    }

    #[test]
    fn filling_in_more_never_makes_a_form_lack_more(
        wanted in some_items(), filled in some_items(), more in some_items(),
    ) {
        let wanted: Vec<Item> = wanted.into_iter().collect();
        let before = missing_of(&wanted, &[], &filled, &BTreeSet::new()).len();
        let both: BTreeSet<Item> = filled.union(&more).copied().collect();
        prop_assert!(missing_of(&wanted, &[], &both, &BTreeSet::new()).len() <= before);
    }

    #[test]
    fn a_share_lies_between_nothing_and_all(part in 0usize..1000, more in 0usize..1000) {
        let whole = part + more;
        let share = percent(part, whole);
        prop_assert!(share <= 100);
        prop_assert!(mean(&[share, share]) == share);
    }
}

#[test]
fn seven_of_thirteen_are_fifty_four_per_cent() {
    assert_eq!(percent(7, 13), 54);
    assert_eq!(percent(6, 13), 46);
    assert_eq!(percent(0, 13), 0);
    assert_eq!(percent(13, 13), 100);
}

#[test]
fn a_name_has_a_surname_and_a_telephone_is_a_contact() {
    let filled = BTreeSet::from([Item::Name, Item::Telephone]);
    let missing = missing_of(&[Item::Surname, Item::Contact], &[], &filled, &BTreeSet::new());
    assert_eq!(missing, vec![]);
    let surname = BTreeSet::from([Item::Surname]);
    assert_eq!(missing_of(&[Item::Name], &[], &surname, &BTreeSet::new()), vec![Item::Name]);
}
