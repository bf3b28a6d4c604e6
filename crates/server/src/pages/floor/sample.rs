//! Samples of the live floor.

use super::view::{
    Alert, FloorPerson, FloorView, LateForm, OpenThing, OutingRequest, PersonStep, Proposal,
    SheetView,
};
use super::{FloorPage, SheetPart};
use crate::pages::arrival::sample::situations;
use crate::pages::decision::sample as decisions;
use crate::pages::frame::{Place, Problem, Tone};
use crate::pages::person::State;
use crate::pages::rotation::sample as board;
use crate::pages::sample::{Sample, Viewer, ago, frame, now, people, sample, today};

fn assignments() -> Vec<String> {
    ["training", "unwell", "other-work", "leaving"].map(str::to_owned).to_vec()
}

fn rows() -> Vec<FloorPerson> {
    board::places(people())
        .into_iter()
        .map(|place| FloorPerson {
            position: (place.position < 9).then_some(place.position),
            second_allowed: place.position == 5,
            visit: None,
            person: place.person,
            state: if place.position == 4 {
                State::Otherwise { assignment: "training".to_owned() }
            } else {
                place.state
            },
            tally: place.tally,
            make_up_count: place.make_up_count,
        })
        .collect()
}

fn busy() -> FloorView {
    let people = people();
    FloorView {
        now: now(),
        day: today(),
        opened_at: Some(ago(132)),
        rings: board::tabs(),
        refused: Some(decisions::overridden()),
        alerts: vec![Alert {
            tone: Tone::Bad,
            text: "孙先生 3 人已等待 6 分钟，无人可接待".to_owned(),
            path: "/arrival".to_owned(),
        }],
        requests: vec![OutingRequest {
            id: "o1".to_owned(),
            person: people[2].clone(),
            kind: "business".to_owned(),
            note: "带客户看样板间".to_owned(),
            minutes: Some(60),
            since: ago(3),
        }],
        people: rows(),
        make_ups: board::make_ups(),
        proposals: vec![Proposal {
            id: "s1".to_owned(),
            person: people[5].clone(),
            priority: true,
            why: decisions::pending(),
        }],
        waiting: board::waiting(),
        open_things: vec![OpenThing {
            kind: "reception".to_owned(),
            about: "黄美玲 · Mrs Featherstonehaugh".to_owned(),
            since: ago(95),
            settle_path: "/visits/v4/finish".to_owned(),
        }],
        late: LateForm {
            happened_at: "2026-11-22T09:10".to_owned(),
            situation: "new".to_owned(),
            shown: true,
            problems: vec![Problem {
                field: "happened_at".to_owned(),
                text: "时间不能晚于现在".to_owned(),
            }],
            ..LateForm::default()
        },
        situations: situations(),
        assignments: assignments(),
        decisions: vec![decisions::granted(), decisions::overridden()],
        seen: 1284,
    }
}

fn closed() -> FloorView {
    FloorView {
        opened_at: None,
        refused: None,
        alerts: Vec::new(),
        requests: Vec::new(),
        people: Vec::new(),
        make_ups: Vec::new(),
        proposals: Vec::new(),
        waiting: Vec::new(),
        open_things: Vec::new(),
        late: LateForm::default(),
        decisions: Vec::new(),
        ..busy()
    }
}

/// Every sample.
pub fn all(viewer: Viewer) -> Vec<Sample> {
    let frame = || frame(viewer, Some(Place::Floor), "supervisor");
    let sheet = |place: usize| SheetPart {
        frame: frame(),
        view: SheetView {
            row: rows().swap_remove(place),
            steps: vec![PersonStep::SignIn, PersonStep::Return, PersonStep::SignOut],
            assignments: assignments(),
            ring_count: 8,
            ring: "walk_in".to_owned(),
            breaches: ["out_of_order", "refuse", "grab"].map(str::to_owned).to_vec(),
            turn_lost: place == 3,
        },
    };
    let done = FloorView { open_things: Vec::new(), ..busy() };
    vec![
        sample("floor/busy", true, &FloorPage { frame: frame(), view: busy() }),
        sample("floor/done", true, &FloorPage { frame: frame(), view: done }),
        sample("floor/closed", true, &FloorPage { frame: frame(), view: closed() }),
        sample("floor/sheet", false, &sheet(3)),
        sample("floor/sheet-suspended", false, &sheet(8)),
    ]
}
