//! The board, the wall screen and the order sheet.

use app::{
    PersonId,
    rotation::{self, Doing, MakeUpOwed, Place, RingBoard},
};
use axum::{
    extract::{Query, State},
    response::Response,
};
use chrono::{DateTime, Utc};
use domain::rotation::{
    rules::MakeUpKind,
    state::{Channel, MakeUpState},
};
use serde::Deserialize;

use super::decision::{Names, key, name, told};
use crate::{
    pages::{
        frame,
        person::{Person, State as PersonState, Tally},
        rotation::{
            BoardLive, BoardPage, PrintPage, WallLive, WallPage,
            view::{BoardView, MakeUp, Ring, RingPlace, RingTab, Slot, WaitingVisit},
        },
    },
    web::{failure::Failure, reader::Reader, render::render, state::Server},
};

/// What of the board is asked for.
#[derive(Debug, Default, Deserialize)]
pub struct Look {
    #[serde(default)]
    ring: String,
    #[serde(default)]
    wall: String,
}

/// `GET /board`
pub async fn board(
    State(server): State<Server>,
    reader: Reader,
    Query(look): Query<Look>,
) -> Result<Response, Failure> {
    let (frame, view) = shown(&server, &reader, &look).await?;
    if look.wall.is_empty() {
        Ok(render(&BoardPage { frame, view }))
    } else {
        Ok(render(&WallPage { frame, view }))
    }
}

/// `GET /board/live`: the part that changes.
pub async fn live(
    State(server): State<Server>,
    reader: Reader,
    Query(look): Query<Look>,
) -> Result<Response, Failure> {
    let (frame, view) = shown(&server, &reader, &look).await?;
    if look.wall.is_empty() {
        Ok(render(&BoardLive { frame, view }))
    } else {
        Ok(render(&WallLive { frame, view }))
    }
}

/// `GET /board/print`
pub async fn print(
    State(server): State<Server>,
    reader: Reader,
    Query(look): Query<Look>,
) -> Result<Response, Failure> {
    let (frame, view) = shown(&server, &reader, &look).await?;
    Ok(render(&PrintPage { frame, view }))
}

async fn shown(
    server: &Server,
    reader: &Reader,
    look: &Look,
) -> Result<(frame::Frame, BoardView), Failure> {
    let view = view(server, reader, &look.ring).await?;
    Ok((reader.frame(Some(frame::Place::Board)), view))
}

/// The people of the site by id, as the pages show them.
pub async fn people(server: &Server, reader: &Reader) -> Result<Vec<Person>, Failure> {
    let all = app::people::all(&server.app, reader.caller(), Some(reader.site.id)).await?;
    let teams = app::sites::teams(&server.app, reader.caller(), reader.site.id).await?;
    let team = |id| {
        teams
            .iter()
            .find(|team| Some(team.id) == id)
            .map(|team| team.name.clone())
            .unwrap_or_default()
    };
    Ok(all
        .into_iter()
        .map(|person| Person {
            id: person.id.0.to_string(),
            name: person.display_name.clone(),
            number: person.number.map(|number| format!("{number:02}")).unwrap_or_default(),
            team: team(person.team),
        })
        .collect())
}

/// The one of `people` with that id; their name alone where they are not among them.
#[must_use]
pub fn person(people: &[Person], names: &Names, id: PersonId) -> Person {
    let text = id.0.to_string();
    people.iter().find(|person| person.id == text).cloned().unwrap_or_else(|| Person {
        id: text,
        name: name(names, id),
        number: String::new(),
        team: String::new(),
    })
}

async fn view(server: &Server, reader: &Reader, wanted: &str) -> Result<BoardView, Failure> {
    let board = rotation::board(&server.app, reader.caller(), reader.site.id).await?;
    let people = people(server, reader).await?;
    let words = reader.words();
    let current = board.rings.iter().position(|ring| ring.ring.to_string() == wanted).unwrap_or(0);
    let ring_name = |ring: &RingBoard| {
        let channel = words.named("channel", channel(ring.channel));
        ring.team.as_ref().map_or(channel.clone(), |team| format!("{team} · {channel}"))
    };
    let rings = board
        .rings
        .iter()
        .enumerate()
        .map(|(at, ring)| RingTab {
            id: ring.ring.to_string(),
            name: ring_name(ring),
            channel: channel(ring.channel).to_owned(),
            current: at == current,
        })
        .collect();
    let visitors = visitors(server, reader).await?;
    let ring = board.rings.get(current).map(|ring| Ring {
        id: ring.ring.to_string(),
        name: ring_name(ring),
        round: ring.round,
        places: (1..)
            .zip(&ring.places)
            .map(|(position, place)| place_of(position, place, &people, &board.names, &visitors))
            .collect(),
        make_ups: ring.make_ups.iter().map(|owed| make_up(owed, &people, &board.names)).collect(),
    });
    let slot = |slot: rotation::StandingSlot| Slot {
        person: Some(person(&people, &board.names, slot.person)),
        from: slot.since.to_utc(),
        until: slot.until.unwrap_or(slot.since).to_utc(),
        instead_of: None,
    };
    let waiting = board.waiting.iter().map(|visit| waiting(visit, &board.names)).collect();
    Ok(BoardView {
        now: board.now,
        day: board.day.unwrap_or_else(|| reader.site.moment(board.now).date_naive()),
        open: board.day.is_some(),
        batch: board.batch,
        rings,
        ring,
        standing: board.standing_now.map(slot),
        standing_next: board.standing_next.map(slot),
        waiting,
        decisions: board
            .decisions
            .iter()
            .filter(|decision| worth_showing(decision))
            .map(|decision| told(&board.names, decision))
            .collect(),
        seen: board.seen,
    })
}

/// Whether people at the desk want to read of it: not the clock's housekeeping.
pub fn worth_showing(decision: &rotation::Told) -> bool {
    let quiet = ["settle", "set_profile"];
    !quiet.contains(&decision.kind.as_str()) || !decision.clauses.is_empty()
}

/// Whom each open visit brings, by the id of the visit.
pub type Visitors = std::collections::BTreeMap<app::VisitId, String>;

/// Whom each open visit of the site brings.
pub async fn visitors(server: &Server, reader: &Reader) -> Result<Visitors, Failure> {
    let open = rotation::open_visits(&server.app, reader.caller(), reader.site.id).await?;
    let shown = |visit: &rotation::OpenVisit| {
        visit.name.clone().unwrap_or_else(|| format!("#{}", visit.number))
    };
    Ok(open.iter().map(|visit| (visit.visit, shown(visit))).collect())
}

/// The name of a channel in the translations.
#[must_use]
pub const fn channel(channel: Channel) -> &'static str {
    match channel {
        Channel::WalkIn => "walk_in",
        Channel::Phone => "telephone",
    }
}

fn place_of(
    position: u32,
    place: &Place,
    people: &[Person],
    names: &Names,
    visitors: &Visitors,
) -> RingPlace {
    let turns = &place.today;
    let count = |number: i64| u32::try_from(number).unwrap_or(0);
    RingPlace {
        position,
        person: person(people, names, place.state.person),
        state: state(&place.state.doing, visitors),
        tally: Tally {
            owed: count(turns.owed),
            taken: count(turns.taken),
            made_up: count(turns.made_up),
            lost: count(turns.lost),
            difference: i32::try_from(turns.received() - turns.owed).unwrap_or(0),
        },
        make_up_count: place.make_up_count,
    }
}

/// What somebody is doing, as the badge says it.
#[must_use]
pub fn state(doing: &Doing, visitors: &Visitors) -> PersonState {
    let visitor = |visit: &app::VisitId| visitors.get(visit).cloned().unwrap_or_default();
    match doing {
        Doing::OnTurn => PersonState::OnTurn,
        Doing::Called { visit, until } => {
            PersonState::Offered { visitor: visitor(visit), until: Some(until.to_utc()) }
        }
        Doing::Asked { visit } => PersonState::Offered { visitor: visitor(visit), until: None },
        Doing::Receiving { visit, since } => PersonState::Receiving {
            visitor: visitor(visit),
            since: since.to_utc(),
            helping: false,
        },
        Doing::Helping { .. } => PersonState::Otherwise { assignment: "helping".into() },
        Doing::Busy { kind, .. } => PersonState::Otherwise { assignment: key(kind.word()) },
        Doing::Away { kind, since, until, approved, needs_approval } => PersonState::Out {
            kind: key(kind.word()),
            note: String::new(),
            since: since.to_utc(),
            until: until.map(|until| until.to_utc()),
            approved: if *needs_approval { Some(*approved == Some(true)) } else { None },
        },
        Doing::Suspended { until, clauses, .. } => PersonState::Suspended {
            reason: clauses.iter().map(|clause| clause.0.as_str()).collect::<Vec<_>>().join(", "),
            until: until.and_then(end_of_day),
        },
        Doing::Unfit { ground } => PersonState::Otherwise { assignment: key(ground.word()) },
        Doing::Outside { reason } => PersonState::Otherwise { assignment: key(reason) },
        Doing::Waiting { ahead } => PersonState::Waiting { ahead: *ahead },
        Doing::NotSignedIn => PersonState::Off,
    }
}

fn end_of_day(day: chrono::NaiveDate) -> Option<DateTime<Utc>> {
    day.and_hms_opt(15, 59, 0).map(|at| at.and_utc())
}

/// A make-up turn that is owed, as the board and the floor show it.
pub fn make_up(owed: &MakeUpOwed, people: &[Person], names: &Names) -> MakeUp {
    let pending = match owed.state {
        MakeUpState::AwaitsNotice => Some("opens-on-notice".to_owned()),
        MakeUpState::AwaitsVerification => Some("needs-verification".to_owned()),
        _ => None,
    };
    MakeUp {
        id: owed.id.to_string(),
        person: person(people, names, owed.person),
        priority: owed.kind == MakeUpKind::Priority,
        pending,
        since: owed.since.to_utc(),
        until: None,
        decision: owed.decision.map(|entry| entry.to_string()).unwrap_or_default(),
        clauses: owed.clauses.iter().map(|clause| clause.0.clone()).collect(),
    }
}

/// A visit that waits, as the board and the desk show it.
#[must_use]
pub fn waiting(visit: &rotation::WaitingVisit, names: &Names) -> WaitingVisit {
    let (reason, whom) = match (visit.asks, &visit.called) {
        (Some(owner), _) => ("owner-asked", Some(name(names, owner))),
        (None, Some((called, _))) => ("called", Some(name(names, *called))),
        (None, None) => ("nobody-free", None),
    };
    WaitingVisit {
        id: visit.visit.0.to_string(),
        visitor: visit.name.clone().unwrap_or_else(|| format!("#{}", visit.number)),
        people_count: visit.people,
        since: visit.since.to_utc(),
        reason: reason.into(),
        waits_for: whom,
    }
}
