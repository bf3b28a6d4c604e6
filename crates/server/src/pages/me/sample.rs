//! Samples of the consultant's page.

use super::MePage;
use super::view::{Attendance, Forgotten, MeView, MyTurn, OutingKind, TurnKind};
use crate::pages::arrival::sample::{offered, receiving};
use crate::pages::decision::sample as decisions;
use crate::pages::frame::Place;
use crate::pages::person::{State, Tally};
use crate::pages::sample::{Sample, Viewer, ago, frame, now, people, sample};

fn outing(name: &str, limit_minutes: Option<i64>, away: Option<(u32, u32)>) -> OutingKind {
    OutingKind {
        name: name.to_owned(),
        limit_minutes,
        needs_approval: limit_minutes.is_none(),
        away_count: away.map_or(0, |(count, _)| count),
        away_limit_count: away.map(|(_, limit)| limit),
        asks_minutes: name == "business",
    }
}

fn view(state: State) -> MeView {
    let turn = |minutes, kind, visitor: &str, why| MyTurn {
        at: ago(minutes),
        kind,
        visitor: visitor.to_owned(),
        why,
    };
    MeView {
        now: now(),
        person: people().remove(0),
        state,
        ring: Some("案场来访".to_owned()),
        place: Some((3, 10)),
        why: Some(decisions::granted()),
        visit: None,
        outings: vec![
            outing("meal", Some(30), Some((2, 2))),
            outing("short", Some(5), Some((1, 3))),
            outing("business", None, None),
            outing("private", None, None),
        ],
        asked_outing: None,
        attendance: Attendance {
            may_sign_out: true,
            delegate: "p08".to_owned(),
            colleagues: people(),
            ..Attendance::default()
        },
        forgotten: Vec::new(),
        tally: Tally { owed: 3, taken: 2, made_up: 1, lost: 0, difference: 0 },
        make_up_count: 1,
        turns: vec![
            turn(12, TurnKind::PassedOver, "", decisions::granted()),
            turn(70, TurnKind::Taken, "赵先生", decisions::granted()),
            turn(130, TurnKind::MakeUpGiven, "", decisions::pending()),
            turn(160, TurnKind::Lost, "", decisions::overridden()),
        ],
        seen: 1284,
    }
}

/// Every sample.
pub fn all(viewer: Viewer) -> Vec<Sample> {
    let page = |view| MePage { frame: frame(viewer, Some(Place::Me), "consultant"), view };
    let visitor = || "李女士一家".to_owned();
    let offer = MeView {
        visit: Some(offered()),
        ..view(State::Offered { visitor: visitor(), until: Some(ago(-2)) })
    };
    let reception = MeView {
        visit: Some(receiving()),
        forgotten: vec![Forgotten::Finish {
            visit: "v4".to_owned(),
            visitor: visitor(),
            since: ago(140),
        }],
        ..view(State::Receiving { visitor: visitor(), since: ago(140), helping: false })
    };
    let out = MeView {
        forgotten: vec![Forgotten::Return { kind: "meal".to_owned(), due_at: ago(4) }],
        ..view(State::Out {
            kind: "meal".to_owned(),
            note: String::new(),
            since: ago(34),
            until: Some(ago(4)),
            approved: None,
        })
    };
    let asked =
        MeView { asked_outing: Some("business".to_owned()), ..view(State::Waiting { ahead: 2 }) };
    let off = MeView {
        ring: None,
        place: None,
        why: None,
        turns: Vec::new(),
        make_up_count: 0,
        attendance: Attendance { may_sign_in: true, ..Attendance::default() },
        ..view(State::Off)
    };
    let on_turn = MeView {
        attendance: Attendance {
            may_give_up: Some("walk_in".to_owned()),
            owes_notice: true,
            owes_check_in: true,
            ..view(State::Off).attendance
        },
        ..view(State::OnTurn)
    };
    let suspended = view(State::Suspended { reason: "擅自离岗".to_owned(), until: None });
    vec![
        sample("me/on-turn", true, &page(on_turn)),
        sample("me/offered", true, &page(offer)),
        sample("me/waiting", true, &page(asked)),
        sample("me/receiving", true, &page(reception)),
        sample("me/out", true, &page(out)),
        sample("me/suspended", true, &page(suspended)),
        sample("me/off", true, &page(off)),
    ]
}
