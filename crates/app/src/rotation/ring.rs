//! The order in which the turns of a ring come, for showing; the decision itself is the domain's.

use std::collections::BTreeMap;

use domain::{
    calendar::{Moment, time_of},
    people::{Actor, PersonId},
    rotation::{
        Floor, Rules,
        decide::Desk,
        rules::OrderSource,
        state::{Ring, RingId},
    },
};

/// A ring as it stands at a moment.
#[derive(Debug, Clone)]
pub(crate) struct Standing {
    /// Who is on turn.
    pub on_turn: Option<PersonId>,
    /// Everybody in it, each once, in the order in which turns come.
    pub sequence: Vec<PersonId>,
}

/// How `ring` stands.
pub(crate) fn standing(rules: &Rules, floor: &Floor, id: RingId, at: Moment) -> Standing {
    let clock = Actor::clock();
    let on_turn = floor.day.and_then(|_| Desk::new(rules, floor, &clock, at).on_turn(id));
    let Some(ring) = floor.rings.get(&id) else {
        return Standing { on_turn, sequence: Vec::new() };
    };
    let mut sequence = match rules.order.source.value() {
        Some(OrderSource::CumulativeCount) => {
            let mut order = ring.order.clone();
            order.sort_by_key(|person| ring.counts.get(person).copied().unwrap_or(0));
            order
        }
        Some(OrderSource::TimeSlots) => by_slots(rules, floor, ring, at),
        _ => {
            let (done, left): (Vec<_>, Vec<_>) =
                ring.order.iter().partition(|person| ring.done.contains_key(*person));
            left.into_iter().chain(done).copied().collect()
        }
    };
    // A make-up turn that is due comes before the order.
    if let Some(first) = on_turn.filter(|first| sequence.contains(first)) {
        let has_make_up = floor.make_ups.iter().any(|m| {
            m.person == first
                && m.ring == id
                && m.state == domain::rotation::state::MakeUpState::Open
        });
        if has_make_up {
            sequence.retain(|person| *person != first);
            sequence.insert(0, first);
        }
    }
    Standing { on_turn, sequence }
}

/// With slots of time: whose slot it is, then those after them.
fn by_slots(rules: &Rules, floor: &Floor, ring: &Ring, at: Moment) -> Vec<PersonId> {
    let signed_in = |person: &&PersonId| {
        floor.people.get(*person).is_some_and(|member| member.signed_in.is_some())
    };
    let people: Vec<PersonId> = ring.order.iter().filter(signed_in).copied().collect();
    let minutes = rules.order.slot_minutes.value().copied().unwrap_or(0);
    let start = rules.hours.start.value().copied();
    let start = start.or_else(|| floor.day.map(|day| time_of(day.opened_at)));
    let since = start.map_or(0, |start| (time_of(at) - start).num_minutes().max(0));
    let slot = usize::try_from(since.checked_div(i64::from(minutes)).unwrap_or(0)).unwrap_or(0);
    let shift = slot.checked_rem(people.len()).unwrap_or(0);
    let first = people.iter().cycle().skip(shift).take(people.len()).copied();
    let rest = ring.order.iter().filter(|person| !people.contains(person)).copied();
    first.chain(rest).collect()
}

/// How many open make-up turns everybody has in `ring`.
pub(crate) fn make_up_counts(floor: &Floor, ring: RingId) -> BTreeMap<PersonId, u32> {
    let mut counts = BTreeMap::new();
    for make_up in floor.make_ups.iter().filter(|m| m.ring == ring && m.state.is_alive()) {
        *counts.entry(make_up.person).or_default() += 1;
    }
    counts
}
