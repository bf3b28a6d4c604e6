//! Samples of the board.

use super::view::{BoardView, MakeUp, Ring, RingPlace, RingTab, Slot, WaitingVisit};
use super::{BoardPage, PrintPage, WallPage};
use crate::pages::decision::sample as decisions;
use crate::pages::frame::Place;
use crate::pages::person::{Person, State, Tally};
use crate::pages::sample::{Sample, Viewer, ago, frame, now, people, person, sample, today};

/// Every state a person can be in, in a plausible order.
pub fn states() -> Vec<State> {
    vec![
        State::OnTurn,
        State::Waiting { ahead: 1 },
        State::Waiting { ahead: 2 },
        State::Waiting { ahead: 3 },
        State::Receiving { visitor: "王先生".to_owned(), since: ago(26), helping: false },
        State::Offered { visitor: "李女士一家".to_owned(), until: Some(ago(-1)) },
        State::Out {
            kind: "meal".to_owned(),
            note: String::new(),
            since: ago(12),
            until: Some(ago(-18)),
            approved: None,
        },
        State::Receiving {
            visitor: "Mrs Featherstonehaugh".to_owned(),
            since: ago(95),
            helping: true,
        },
        State::Suspended { reason: "两次自动放弃轮排".to_owned(), until: Some(ago(-1440)) },
        State::Out {
            kind: "business".to_owned(),
            note: "陪客户去银行办理按揭手续，预计下午返回".to_owned(),
            since: ago(64),
            until: None,
            approved: Some(true),
        },
    ]
}

fn tally(place: usize) -> Tally {
    let taken = [3, 3, 2, 2, 4, 3, 2, 3, 0, 2][place % 10];
    Tally {
        owed: 3,
        taken,
        made_up: u32::from(place % 4 == 2),
        lost: u32::from(place % 5 == 3),
        difference: i32::try_from(taken).unwrap_or(0) - 2,
    }
}

/// The people of the ring, with their states.
pub fn places(people: Vec<Person>) -> Vec<RingPlace> {
    let states = states();
    people
        .into_iter()
        .enumerate()
        .map(|(place, person)| RingPlace {
            position: u32::try_from(place + 1).unwrap_or(0),
            person,
            state: match states[place % states.len()].clone() {
                State::OnTurn if place > 0 => State::Waiting { ahead: 12 },
                state => state,
            },
            tally: tally(place),
            make_up_count: u32::from(place % 6 == 2),
        })
        .collect()
}

/// Make-up turns of both kinds.
pub fn make_ups() -> Vec<MakeUp> {
    let people = people();
    vec![
        MakeUp {
            id: "m1".to_owned(),
            person: people[2].clone(),
            priority: true,
            pending: None,
            since: ago(80),
            until: Some(ago(-440)),
            decision: "0193-a2".to_owned(),
            clauses: vec!["8".to_owned(), "11".to_owned()],
        },
        MakeUp {
            id: "m2".to_owned(),
            person: people[8].clone(),
            priority: false,
            pending: Some("client_closes_today".to_owned()),
            since: ago(33),
            until: None,
            decision: "0193-a2".to_owned(),
            clauses: vec!["8".to_owned()],
        },
    ]
}

/// Visitors who wait.
pub fn waiting() -> Vec<WaitingVisit> {
    vec![
        WaitingVisit {
            id: "v7".to_owned(),
            visitor: "孙先生".to_owned(),
            people_count: 3,
            since: ago(6),
            reason: "all_busy".to_owned(),
            waits_for: None,
        },
        WaitingVisit {
            id: "v8".to_owned(),
            visitor: "139 **** 2046".to_owned(),
            people_count: 1,
            since: ago(2),
            reason: "owner_busy".to_owned(),
            waits_for: Some("黄美玲".to_owned()),
        },
    ]
}

/// The tabs of three rings.
pub fn tabs() -> Vec<RingTab> {
    [
        ("r1", "案场来访", "walk_in", true),
        ("r2", "二组", "walk_in", false),
        ("r3", "来电", "telephone", false),
    ]
    .into_iter()
    .map(|(id, name, channel, current)| RingTab {
        id: id.to_owned(),
        name: name.to_owned(),
        channel: channel.to_owned(),
        current,
    })
    .collect()
}

/// A board on a busy morning.
pub fn busy() -> BoardView {
    let people = people();
    BoardView {
        now: now(),
        day: today(),
        open: true,
        batch: Some(1),
        rings: tabs(),
        ring: Some(Ring {
            id: "r1".to_owned(),
            name: "案场来访".to_owned(),
            round: 3,
            places: places(people.clone()),
            make_ups: make_ups(),
        }),
        standing: Some(Slot {
            person: Some(people[3].clone()),
            from: ago(12),
            until: ago(-3),
            instead_of: Some("吴昊".to_owned()),
        }),
        standing_next: Some(Slot {
            person: None,
            from: ago(-3),
            until: ago(-18),
            instead_of: None,
        }),
        waiting: waiting(),
        decisions: vec![decisions::granted(), decisions::pending(), decisions::overridden()],
        seen: 1284,
    }
}

fn quiet() -> BoardView {
    BoardView {
        rings: tabs().into_iter().take(1).collect(),
        ring: Some(Ring {
            id: "r1".to_owned(),
            name: "案场来访".to_owned(),
            round: 1,
            places: Vec::new(),
            make_ups: Vec::new(),
        }),
        open: false,
        standing: None,
        standing_next: None,
        waiting: Vec::new(),
        decisions: Vec::new(),
        ..busy()
    }
}

fn crowded() -> BoardView {
    let crowd =
        (1..=32).map(|n| person(&format!("顾问{n:02}"), &format!("{n:02}"), "联合销售")).collect();
    let board = busy();
    BoardView { ring: board.ring.map(|ring| Ring { places: places(crowd), ..ring }), ..board }
}

fn nobody_free() -> BoardView {
    let mut board = busy();
    if let Some(ring) = &mut board.ring {
        for place in &mut ring.places {
            place.state =
                State::Receiving { visitor: "客户".to_owned(), since: ago(20), helping: false };
        }
    }
    board
}

/// Every sample.
pub fn all(viewer: Viewer) -> Vec<Sample> {
    let frame = || frame(viewer, Some(Place::Board), "supervisor");
    let no_ring = BoardView { ring: None, rings: Vec::new(), ..quiet() };
    vec![
        sample("rotation/board-busy", true, &BoardPage { frame: frame(), view: busy() }),
        sample("rotation/board-quiet", true, &BoardPage { frame: frame(), view: quiet() }),
        sample("rotation/board-no-ring", true, &BoardPage { frame: frame(), view: no_ring }),
        sample("rotation/board-crowded", true, &BoardPage { frame: frame(), view: crowded() }),
        sample("rotation/board-nobody", true, &BoardPage { frame: frame(), view: nobody_free() }),
        sample("rotation/wall", true, &WallPage { frame: frame(), view: busy() }),
        sample("rotation/wall-crowded", true, &WallPage { frame: frame(), view: crowded() }),
        sample("rotation/print", true, &PrintPage { frame: frame(), view: busy() }),
    ]
}
