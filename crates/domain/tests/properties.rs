//! What must stay true on a floor, whatever happens and under whatever rulebook.

mod play;
mod preset;

use std::collections::{BTreeMap, BTreeSet};

use chrono::TimeDelta;
use domain::{
    people::PersonId,
    rotation::{
        Command, Event, Floor, Outcome, Prompt,
        rules::{OrderSource, Passing},
        state::{Arrival, MakeUpState, Phase, RingId},
    },
};
use play::{
    Game, Given,
    moves::moves,
    moves::{Coming, Move},
    rulebooks::{ALL, Played},
};
use proptest::prelude::*;
use rulebook::ClauseId;

fn rulebook() -> impl Strategy<Value = &'static Played> {
    (0..ALL.len()).prop_map(|number| &ALL[number])
}

/// Enough cases for every build; `PROPTEST_CASES` asks for more.
fn config() -> ProptestConfig {
    let mut config = ProptestConfig { failure_persistence: None, ..ProptestConfig::default() };
    if std::env::var_os("PROPTEST_CASES").is_none() {
        config.cases = 192;
    }
    config
}

/// Plays `moves`, and looks at the floor after every command.
fn play<'a>(played: &'a Played, moves: &[Move], look: impl Fn(&Floor, &[Given])) -> Game<'a> {
    let mut game = Game::new(&played.rules, 5);
    let mut seen = 0;
    for one in moves {
        game.play(one);
        look(&game.floor, &game.given[seen..]);
        seen = game.given.len();
    }
    game
}

fn one_receiver(floor: &Floor) {
    for (id, visit) in &floor.visits {
        let held = match visit.phase {
            Phase::Waiting | Phase::Asking(_) => visit.receiver.is_none(),
            Phase::Offered { .. } | Phase::Received => visit.receiver.is_some(),
            Phase::Ended => true,
        };
        assert!(held, "visit {id} is {:?} with receiver {:?}", visit.phase, visit.receiver);
        let open = matches!(visit.phase, Phase::Offered { .. } | Phase::Received);
        if let Some(receiver) = visit.receiver.filter(|_| open) {
            let member = &floor.people[&receiver];
            assert!(member.signed_in.is_some() && member.away.is_none(), "{receiver}: {member:?}");
        }
    }
}

fn order_is_a_permutation(floor: &Floor) {
    for (id, ring) in &floor.rings {
        let unique: BTreeSet<&PersonId> = ring.order.iter().collect();
        assert_eq!(unique.len(), ring.order.len(), "somebody stands twice in {id}");
        assert!(unique.iter().all(|person| floor.people.contains_key(person)), "{id}: {ring:?}");
        let strangers = ring.done.keys().find(|person| !floor.people.contains_key(person));
        assert_eq!(strangers, None, "turns of {id}");
        if let Some(on_turn) = ring.on_turn {
            assert!(unique.contains(&on_turn.person), "{id}: {ring:?}");
        }
    }
}

/// The clauses of an event that takes a turn from somebody, or a make-up turn.
fn taking(event: &Event) -> Option<&[ClauseId]> {
    match event {
        Event::TurnPassed { passing: Passing::Kept, .. } => None,
        Event::TurnPassed { clauses, .. }
        | Event::TurnGivenUp { clauses, .. }
        | Event::TurnTakenOff { clauses, .. }
        | Event::MovedToEnd { clauses, .. }
        | Event::MakeUpExpired { clauses, .. }
        | Event::MakeUpTakenAway { clauses, .. } => Some(clauses),
        Event::Suspended { suspension, .. } => Some(&suspension.clauses),
        Event::HalfRated { half_rate, .. } => Some(&half_rate.clauses),
        _ => None,
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn a_visit_has_one_responsible_receiver(played in rulebook(), moves in moves()) {
        play(played, &moves, |floor, _| one_receiver(floor));
    }

    #[test]
    fn an_order_is_a_permutation_of_who_is_in_it(played in rulebook(), moves in moves()) {
        play(played, &moves, |floor, _| order_is_a_permutation(floor));
    }

    #[test]
    fn no_turn_is_taken_from_anybody_without_a_clause(played in rulebook(), moves in moves()) {
        play(played, &moves, |_, given| {
            for one in given {
                for event in &one.decision.events {
                    let clauses = taking(event);
                    assert!(clauses.is_none_or(|c| !c.is_empty()), "{}: {event:?}", played.name);
                }
            }
        });
    }

    #[test]
    fn a_turn_falls_to_nobody_who_is_receiving(played in rulebook(), moves in moves()) {
        play(played, &moves, |_, given| {
            for one in given {
                let counted = matches!(one.decision.outcome, Outcome::Receives { counted: true, .. });
                let arrives = matches!(one.command, Command::Arrive { .. });
                assert!(!(counted && arrives && one.was_full), "{}: {one:?}", played.name);
            }
        });
    }

    #[test]
    fn every_decision_on_a_visit_has_a_reason(played in rulebook(), moves in moves()) {
        play(played, &moves, |_, given| {
            for one in given {
                if let Outcome::Receives { .. } = one.decision.outcome {
                    assert!(!one.decision.because.clauses().is_empty(), "{one:?}");
                }
            }
        });
    }

    #[test]
    fn a_complete_rulebook_leaves_nothing_undecided(played in rulebook(), moves in moves()) {
        play(played, &moves, |_, given| {
            for one in given {
                let outcome = &one.decision.outcome;
                let stuck = matches!(outcome, Outcome::Undecided { .. });
                assert!(!stuck, "{}: {:?} {outcome:?}", played.name, one.command);
                let told = one.decision.events.iter().any(|event| {
                    matches!(event, Event::Prompted { prompt: Prompt::Undecided, .. })
                });
                assert!(!told, "{}: {:?}", played.name, one.command);
            }
        });
    }

    #[test]
    fn the_same_commands_give_the_same_events(played in rulebook(), moves in moves()) {
        let once = play(played, &moves, |_, _| {});
        let again = play(played, &moves, |_, _| {});
        prop_assert_eq!(&once.given, &again.given);
        let mut replayed = Floor::default();
        for one in &once.given {
            for event in &one.decision.events {
                let written = serde_json::to_string(event).unwrap();
                let read: Event = serde_json::from_str(&written).unwrap();
                prop_assert_eq!(&read, event);
                replayed.evolve(&read, one.at);
            }
        }
        prop_assert_eq!(&replayed, &once.floor);
        let stored = serde_json::to_string(&once.floor).unwrap();
        prop_assert_eq!(serde_json::from_str::<Floor>(&stored).unwrap(), once.floor);
    }

    #[test]
    fn a_make_up_turn_is_used_at_most_once(played in rulebook(), moves in moves()) {
        let game = play(played, &moves, |_, _| {});
        let mut used: BTreeMap<u64, i32> = BTreeMap::new();
        let mut over: BTreeSet<u64> = BTreeSet::new();
        for event in game.given.iter().flat_map(|one| &one.decision.events) {
            match event {
                Event::MakeUpUsed { id, .. } => {
                    prop_assert!(!over.contains(id), "make-up {} was over", id);
                    *used.entry(*id).or_default() += 1;
                }
                Event::MakeUpGivenBack { id, .. } => *used.entry(*id).or_default() -= 1,
                Event::MakeUpExpired { id, .. } | Event::MakeUpTakenAway { id, .. } => {
                    over.insert(*id);
                }
                _ => {}
            }
            prop_assert!(used.values().all(|times| (0..=1).contains(times)), "{:?}", event);
        }
        for make_up in &game.floor.make_ups {
            let times = used.get(&make_up.id).copied().unwrap_or(0);
            prop_assert!(times == 0 || make_up.state != MakeUpState::Open, "{:?}", make_up);
        }
    }

    #[test]
    fn nothing_more_happens_at_the_same_moment(played in rulebook(), moves in moves()) {
        let mut game = play(played, &moves, |_, _| {});
        game.give(Command::Settle);
        game.give(Command::Settle);
        let last = game.given.last().unwrap();
        prop_assert_eq!(&last.decision.events, &Vec::new());
    }

    #[test]
    fn with_new_clients_only_turns_differ_by_at_most_one(
        played in rulebook(),
        people in 1..6usize,
        arrivals in 0..40usize,
    ) {
        let source = played.rules.order.source.value();
        let loops = played.rules.order.cyclic.value() != Some(&false);
        let hours = played.rules.hours.end.value().is_some() && played.name == "hours";
        // Without a roster nobody is on duty.
        let rostered = played.rules.members.rostered_only.value() == Some(&true);
        prop_assume!(source != Some(&OrderSource::TimeSlots) && loops && !hours && !rostered);
        let mut game = Game::new(&played.rules, people);
        game.wait(TimeDelta::minutes(31));
        for _ in 0..arrivals {
            game.play(&Move::Arrive(Coming { households: 1, ..Coming::default() }));
            game.play(&Move::Accept(0));
            game.wait(TimeDelta::minutes(6));
            game.play(&Move::Finish(0));
            for (id, ring) in &game.floor.rings {
                let turns = turns_in(&game.given, *id, &ring.order, &game.floor);
                let (least, most) = (turns.values().min(), turns.values().max());
                let apart = most.copied().unwrap_or(0) - least.copied().unwrap_or(0);
                prop_assert!(apart <= 1, "{}: {:?}", played.name, turns);
            }
        }
        let received = game.floor.visits.values().filter(|visit| visit.turn.is_some()).count();
        let empty = game.floor.rings.values().all(|ring| ring.order.is_empty());
        prop_assert!(received == arrivals || empty, "{}: {received} of {arrivals}", played.name);
    }
}

/// The turns that everybody on site in `order` has used in `ring`.
fn turns_in(
    given: &[Given],
    ring: RingId,
    order: &[PersonId],
    floor: &Floor,
) -> BTreeMap<PersonId, u32> {
    let batch = floor.day.map(|day| day.batch);
    let batches = floor.people.values().any(|member| Some(member.profile.batch) != batch);
    let mut turns: BTreeMap<PersonId, u32> = order.iter().map(|person| (*person, 0)).collect();
    for event in given.iter().flat_map(|one| &one.decision.events) {
        if let Event::TurnUsed { person, ring: of, count, .. } = event
            && *of == ring
        {
            *turns.entry(*person).or_default() += count;
        }
    }
    if batches && turns.values().any(|count| *count > 0) {
        turns.retain(|person, count| {
            *count > 0 || Some(floor.people[person].profile.batch) == batch
        });
    }
    turns
}

#[test]
fn every_variant_changes_settings_that_there_are() {
    let schema = preset::schema();
    for (name, changes) in play::rulebooks::VARIANTS {
        let unknown = changes.iter().find(|(path, _)| schema.get(path).is_none());
        assert_eq!(unknown, None, "{name}");
    }
}

#[test]
fn an_arrival_of_nothing_is_a_new_client() {
    let mut game = Game::new(&ALL[0].rules, 3);
    game.wait(TimeDelta::minutes(60));
    let visit = domain::people::VisitId(uuid::Uuid::from_u128(7));
    let outcome = game.give(Command::Arrive { visit, arrival: Arrival::default() });
    assert!(matches!(outcome, Outcome::Receives { .. }), "{outcome:?}");
}
