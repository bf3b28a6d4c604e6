//! The live floor as its page shows it.

use app::{
    EntryId,
    rotation::{self, Board, Doing, PersonState, RingBoard},
};
use domain::rotation::{
    rules::{BreachKind, Unfit},
    state::{DoneAs, Phase},
};

use crate::{
    handlers::{
        decision::{key, told, whole},
        rotation::{
            Visitors, channel, make_up, people, person, state, visitors, waiting, worth_showing,
        },
    },
    pages::{
        floor::view::{
            Alert, FloorPerson, FloorView, LateForm, OpenThing, OutingRequest, PersonStep,
            Proposal, SheetView,
        },
        frame::Tone,
        person::{Person, Tally},
        rotation::view::RingTab,
    },
    web::{failure::Failure, reader::Reader, state::Server},
};

/// After how many minutes a visitor who waits is urgent.
const URGENT_MINUTES: i64 = 5;

/// What the floor shows of ring `wanted`.
pub(super) async fn of(
    server: &Server,
    reader: &Reader,
    wanted: &str,
    refused: Option<EntryId>,
    late: LateForm,
) -> Result<FloorView, Failure> {
    let (app, caller, site) = (&server.app, reader.caller(), reader.site.id);
    let board = rotation::board(app, caller, site).await?;
    let people = people(server, reader).await?;
    let visitors = visitors(server, reader).await?;
    let proposals = rotation::proposals(app, caller, site).await?;
    let refused = match refused {
        Some(entry) => Some(whole(&rotation::why(app, caller, entry).await?)),
        None => None,
    };
    let current = current(&board, wanted);
    let ring = board.rings.get(current);
    let make_ups = ring.iter().flat_map(|ring| &ring.make_ups);
    let proposals = proposals.iter().map(|proposal| Proposal {
        id: proposal.told.entry.to_string(),
        person: person(&people, &board.names, proposal.person),
        priority: false,
        why: told(&board.names, &proposal.told),
    });
    Ok(FloorView {
        now: board.now,
        day: board.day.unwrap_or_else(|| reader.site.moment(board.now).date_naive()),
        opened_at: board.opened_at.map(|at| at.to_utc()),
        rings: tabs(&board, reader, current),
        refused,
        alerts: alerts(&board, reader),
        requests: requests(&board, &people),
        people: rows(&board, ring, &people, &visitors),
        make_ups: make_ups.map(|owed| make_up(owed, &people, &board.names)).collect(),
        proposals: proposals.collect(),
        waiting: board.waiting.iter().map(|visit| waiting(visit, &board.names)).collect(),
        open_things: open_things(server, reader, &board).await?,
        late,
        situations: super::late::SITUATIONS.map(str::to_owned).to_vec(),
        assignments: assignments(),
        decisions: board
            .decisions
            .iter()
            .filter(|decision| worth_showing(decision))
            .map(|decision| told(&board.names, decision))
            .collect(),
        seen: board.seen,
    })
}

/// What can be done for the person with `id`.
pub(super) async fn sheet(
    server: &Server,
    reader: &Reader,
    wanted: &str,
    id: &str,
) -> Result<SheetView, Failure> {
    let board = rotation::board(&server.app, reader.caller(), reader.site.id).await?;
    let people = people(server, reader).await?;
    let visitors = visitors(server, reader).await?;
    let ring = board.rings.get(current(&board, wanted));
    let rows = rows(&board, ring, &people, &visitors);
    let row = rows.into_iter().find(|row| row.person.id == id).ok_or_else(Failure::not_found)?;
    let places = ring.map(|ring| ring.places.as_slice()).unwrap_or_default();
    let place = places.iter().find(|place| place.state.person.0.to_string() == id);
    let here = all(&board).find(|state| state.person.0.to_string() == id);
    let turn_lost = place.and_then(|place| place.done).is_some_and(|done| done != DoneAs::Used);
    Ok(SheetView {
        steps: here.map(steps).unwrap_or_default(),
        row,
        assignments: assignments(),
        ring_count: u32::try_from(places.len()).unwrap_or(u32::MAX),
        ring: ring.map(|ring| ring.ring.to_string()).unwrap_or_default(),
        breaches: BreachKind::ALL.iter().map(|kind| kind.word().to_owned()).collect(),
        turn_lost: turn_lost && board.day.is_some(),
    })
}

fn assignments() -> Vec<String> {
    Unfit::ALL.iter().map(|ground| key(ground.word())).collect()
}

fn current(board: &Board, wanted: &str) -> usize {
    board.rings.iter().position(|ring| ring.ring.to_string() == wanted).unwrap_or(0)
}

fn tabs(board: &Board, reader: &Reader, current: usize) -> Vec<RingTab> {
    let words = reader.words();
    let tab = |(at, ring): (usize, &RingBoard)| {
        let name = words.named("channel", channel(ring.channel));
        RingTab {
            id: ring.ring.to_string(),
            name: ring.team.as_ref().map_or(name.clone(), |team| format!("{team} · {name}")),
            channel: channel(ring.channel).to_owned(),
            current: at == current,
        }
    };
    board.rings.iter().enumerate().map(tab).collect()
}

/// Everybody of the floor, each ring after the other.
fn all(board: &Board) -> impl Iterator<Item = &PersonState> {
    let places = board.rings.iter().flat_map(|ring| &ring.places).map(|place| &place.state);
    places.chain(&board.others)
}

fn steps(state: &PersonState) -> Vec<PersonStep> {
    match (&state.doing, state.signed_in) {
        (_, None) => vec![PersonStep::SignIn],
        (Doing::Away { .. }, _) => vec![PersonStep::Return, PersonStep::SignOut],
        _ => vec![PersonStep::SignOut],
    }
}

fn rows(
    board: &Board,
    ring: Option<&RingBoard>,
    people: &[Person],
    visitors: &Visitors,
) -> Vec<FloorPerson> {
    let row = |of: &PersonState| FloorPerson {
        person: person(people, &board.names, of.person),
        position: None,
        state: state(&of.doing, visitors),
        tally: Tally::default(),
        make_up_count: 0,
        second_allowed: of.second_permitted,
        visit: of.visits.first().map(|visit| visit.0.to_string()),
    };
    let count = |number: i64| u32::try_from(number).unwrap_or(0);
    let places = ring.map(|ring| ring.places.as_slice()).unwrap_or_default();
    let mut rows: Vec<FloorPerson> = places
        .iter()
        .map(|place| FloorPerson {
            position: Some(place.number),
            tally: Tally {
                owed: count(place.today.owed),
                taken: count(place.today.taken),
                made_up: count(place.today.made_up),
                lost: count(place.today.lost),
                difference: i32::try_from(place.today.received() - place.today.owed).unwrap_or(0),
            },
            make_up_count: place.make_up_count,
            ..row(&place.state)
        })
        .collect();
    // Who is in no ring and never will be (the desk, the supervisor) is not for this page.
    let rotates = |of: &&PersonState| {
        !matches!(of.doing, Doing::Outside { reason: "not_rotating" | "not_on_floor" })
            && of.rotates
    };
    rows.extend(board.others.iter().filter(rotates).map(row));
    rows
}

fn alerts(board: &Board, reader: &Reader) -> Vec<Alert> {
    let words = reader.words();
    let nobody =
        board.waiting.iter().filter(|visit| visit.asks.is_none() && visit.called.is_none());
    nobody
        .map(|visit| {
            let minutes = (board.now - visit.since.to_utc()).num_minutes().max(0);
            let name = visit.name.clone().unwrap_or_else(|| format!("#{}", visit.number));
            let waited = words.minutes(&minutes);
            Alert {
                tone: if minutes >= URGENT_MINUTES { Tone::Bad } else { Tone::Attention },
                text: words.say2("floor-alert-waiting", "name", name, "minutes", waited),
                path: "/arrival".into(),
            }
        })
        .collect()
}

/// Outings that the rulebook wants approved, and nobody has answered.
fn requests(board: &Board, people: &[Person]) -> Vec<OutingRequest> {
    let mut requests: Vec<OutingRequest> = all(board)
        .filter_map(|of| match &of.doing {
            Doing::Away { kind, since, until, approved: None, needs_approval: true } => {
                Some(OutingRequest {
                    id: of.person.0.to_string(),
                    person: person(people, &board.names, of.person),
                    kind: key(kind.word()),
                    note: String::new(),
                    minutes: until.map(|until| (until - *since).num_minutes()),
                    since: since.to_utc(),
                })
            }
            _ => None,
        })
        .collect();
    requests.sort_by(|a, b| (a.since, &a.id).cmp(&(b.since, &b.id)));
    requests.dedup_by(|a, b| a.id == b.id);
    requests
}

/// What is open before the day can be closed.
async fn open_things(
    server: &Server,
    reader: &Reader,
    board: &Board,
) -> Result<Vec<OpenThing>, Failure> {
    let open = rotation::open_visits(&server.app, reader.caller(), reader.site.id).await?;
    let name = |id| board.names.get(&id).cloned().unwrap_or_default();
    let mut things: Vec<OpenThing> = open
        .iter()
        .map(|visit| {
            let visitor = visit.name.clone().unwrap_or_else(|| format!("#{}", visit.number));
            let receiving = visit.phase == Phase::Received;
            let receiver = visit.receiver.map(name).filter(|_| receiving);
            OpenThing {
                kind: if receiving { "reception" } else { "waiting" }.into(),
                about: receiver.map_or(visitor.clone(), |by| format!("{by} · {visitor}")),
                since: visit.received_at.unwrap_or(visit.arrived_at).to_utc(),
                settle_path: format!("/floor/visits/{}/finish", visit.visit.0),
            }
        })
        .collect();
    let mut away: Vec<OpenThing> = Vec::new();
    for of in all(board) {
        let Doing::Away { since, .. } = &of.doing else { continue };
        let settle_path = format!("/floor/people/{}/return", of.person.0);
        if away.iter().any(|thing| thing.settle_path == settle_path) {
            continue;
        }
        let (kind, about) = ("outing".into(), name(of.person));
        away.push(OpenThing { kind, about, since: since.to_utc(), settle_path });
    }
    things.extend(away);
    Ok(things)
}
