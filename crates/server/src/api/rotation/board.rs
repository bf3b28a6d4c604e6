//! The rotation board, one person's view, and fairness.

use std::collections::BTreeMap;

use app::{
    PersonId, SiteId,
    rotation::{self, PersonState, PersonTurns, RingBoard, StandingSlot, WaitingVisit},
};
use axum::{Json, extract::State};
use chrono::{DateTime, NaiveDate, Utc};
use domain::rotation::rules::{MakeUpKind, Situation};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use super::super::{
    bearer::Bearer,
    problem::Problem,
    said::{Asked, At, sensible_day},
    words,
};
use crate::web::state::Server;

pub fn routes() -> OpenApiRouter<Server> {
    OpenApiRouter::new().routes(routes!(board)).routes(routes!(person)).routes(routes!(fairness))
}

/// The rotation board of a site.
#[derive(Debug, Serialize, ToSchema)]
pub struct Board {
    now: DateTime<Utc>,
    /// The open day.
    day: Option<NaiveDate>,
    rings: Vec<Ring>,
    /// Everybody of the floor who is in no ring.
    others: Vec<Doing>,
    standing_now: Option<Slot>,
    standing_next: Option<Slot>,
    /// Visitors whom nobody receives yet, in order.
    waiting: Vec<Waiting>,
    /// The names of everybody mentioned, by id.
    #[schema(value_type = BTreeMap<String, String>)]
    names: BTreeMap<Uuid, String>,
    /// The version of the floor that this shows.
    version: i64,
    /// The number of the last change that this shows.
    seen: i64,
}

/// A ring.
#[derive(Debug, Serialize, ToSchema)]
pub struct Ring {
    /// Its name: `walk_in`, `phone`, with `:<team>` where each team has its own.
    ring: String,
    /// The name of its team.
    team: Option<String>,
    /// The round, from 1.
    round: u32,
    /// Turns used today.
    turns_today: u32,
    /// Who is on turn.
    on_turn: Option<Uuid>,
    /// Everybody in it, in the order in which turns come.
    places: Vec<Place>,
    /// Make-up turns that are owed.
    make_ups: Vec<MakeUp>,
}

/// Somebody's place in a ring.
#[derive(Debug, Serialize, ToSchema)]
pub struct Place {
    /// From 1, by the posted order.
    number: u32,
    #[serde(flatten)]
    state: Doing,
    /// Make-up turns owed to them.
    make_up_count: u32,
    today: Turns,
}

/// A person of the floor, and what they are doing.
#[derive(Debug, Serialize, ToSchema)]
pub struct Doing {
    person: Uuid,
    /// `doing`: `on_turn`, `called`, `asked`, `receiving`, `helping`, `busy`, `away`, `suspended`, `unfit`,
    /// `outside`, `waiting`, `not_signed_in`; and what belongs to it.
    #[schema(value_type = Object)]
    state: Value,
    /// The visits they receive now.
    visits: Vec<Uuid>,
    signed_in: Option<DateTime<Utc>>,
}

/// What turns came to.
#[derive(Debug, Serialize, ToSchema)]
pub struct Turns {
    /// Taken, passed and lost.
    owed: i64,
    taken: i64,
    /// Went by, and are kept or made up.
    passed: i64,
    lost: i64,
    /// Make-up turns granted.
    granted: i64,
    /// Make-up turns used.
    made_up: i64,
    /// Make-up turns that ended unused.
    taken_away: i64,
}

/// A make-up turn that is owed.
#[derive(Debug, Serialize, ToSchema)]
pub struct MakeUp {
    id: u64,
    person: Uuid,
    #[schema(schema_with = words::make_up)]
    kind: MakeUpKind,
    /// `awaits_notice`, `awaits_verification` or `open`.
    #[schema(value_type = String)]
    state: Value,
    since: DateTime<Utc>,
    clauses: Vec<String>,
}

/// A slot of standing duty.
#[derive(Debug, Serialize, ToSchema)]
pub struct Slot {
    person: Uuid,
    since: DateTime<Utc>,
    /// Nothing: until relieved.
    until: Option<DateTime<Utc>>,
}

/// A visit that waits for somebody.
#[derive(Debug, Serialize, ToSchema)]
pub struct Waiting {
    visit: Uuid,
    number: u32,
    client: Option<Uuid>,
    /// The client's name, masked.
    name: Option<String>,
    #[schema(schema_with = words::situation)]
    situation: Option<Situation>,
    people: u32,
    since: DateTime<Utc>,
    /// The owner who is asked.
    asks: Option<Uuid>,
    /// Who is called and has not answered.
    called: Option<Uuid>,
    /// Until when they may answer.
    answer_until: Option<DateTime<Utc>>,
}

impl From<PersonState> for Doing {
    fn from(state: PersonState) -> Self {
        Self {
            person: state.person.0,
            state: serde_json::to_value(&state.doing).unwrap_or_default(),
            visits: state.visits.into_iter().map(|visit| visit.0).collect(),
            signed_in: state.signed_in.map(|at| at.to_utc()),
        }
    }
}

impl From<PersonTurns> for Turns {
    fn from(turns: PersonTurns) -> Self {
        Self {
            owed: turns.owed,
            taken: turns.taken,
            passed: turns.passed,
            lost: turns.lost,
            granted: turns.granted,
            made_up: turns.made_up,
            taken_away: turns.taken_away,
        }
    }
}

impl From<StandingSlot> for Slot {
    fn from(slot: StandingSlot) -> Self {
        let (since, until) = (slot.since.to_utc(), slot.until.map(|until| until.to_utc()));
        Self { person: slot.person.0, since, until }
    }
}

impl From<WaitingVisit> for Waiting {
    fn from(visit: WaitingVisit) -> Self {
        Self {
            visit: visit.visit.0,
            number: visit.number,
            client: visit.client.map(|client| client.0),
            name: visit.name,
            situation: visit.situation,
            people: visit.people,
            since: visit.since.to_utc(),
            asks: visit.asks.map(|owner| owner.0),
            called: visit.called.map(|(person, _)| person.0),
            answer_until: visit.called.map(|(_, until)| until.to_utc()),
        }
    }
}

impl From<RingBoard> for Ring {
    fn from(ring: RingBoard) -> Self {
        let place = |place: rotation::Place| Place {
            number: place.number,
            state: place.state.into(),
            make_up_count: place.make_up_count,
            today: place.today.into(),
        };
        let make_up = |owed: rotation::MakeUpOwed| MakeUp {
            id: owed.id,
            person: owed.person.0,
            kind: owed.kind,
            state: serde_json::to_value(owed.state).unwrap_or_default(),
            since: owed.since.to_utc(),
            clauses: owed.clauses.into_iter().map(|clause| clause.0).collect(),
        };
        Self {
            ring: ring.ring.to_string(),
            team: ring.team,
            round: ring.round,
            turns_today: ring.turns_today,
            on_turn: ring.on_turn.map(|person| person.0),
            places: ring.places.into_iter().map(place).collect(),
            make_ups: ring.make_ups.into_iter().map(make_up).collect(),
        }
    }
}

fn named(names: BTreeMap<PersonId, String>) -> BTreeMap<Uuid, String> {
    names.into_iter().map(|(person, name)| (person.0, name)).collect()
}

/// The rotation board
#[utoipa::path(get, path = "/sites/{site}/board", tag = "rotation", params(("site" = Uuid, Path)), responses(
    (status = 200, body = Board),
    (status = "4XX", body = Problem, content_type = "application/problem+json")))]
async fn board(
    State(server): State<Server>,
    Bearer(caller): Bearer,
    At(site): At<Uuid>,
) -> Result<Json<Board>, Problem> {
    let site = app::sites::site(&server.app, &caller, SiteId(site)).await?.id;
    let board = rotation::board(&server.app, &caller, site).await?;
    Ok(Json(Board {
        now: board.now,
        day: board.day,
        rings: board.rings.into_iter().map(Ring::from).collect(),
        others: board.others.into_iter().map(Doing::from).collect(),
        standing_now: board.standing_now.map(Slot::from),
        standing_next: board.standing_next.map(Slot::from),
        waiting: board.waiting.into_iter().map(Waiting::from).collect(),
        names: named(board.names),
        version: board.version,
        seen: board.seen,
    }))
}

/// What one person sees of the rotation.
#[derive(Debug, Serialize, ToSchema)]
pub struct Mine {
    now: DateTime<Utc>,
    /// Whether the day is open.
    open: bool,
    state: Doing,
    /// Their ring.
    ring: Option<String>,
    /// Their place among those who are to come, from 1.
    place: Option<u32>,
    /// How many are in the ring.
    of: Option<u32>,
    today: Turns,
    /// Make-up turns that they have.
    make_up_count: u32,
    /// What happened to their turns today, the newest first.
    turns: Vec<Turn>,
    seen: i64,
}

/// What happened to a turn.
#[derive(Debug, Serialize, ToSchema)]
pub struct Turn {
    at: DateTime<Utc>,
    /// `taken`, `passed`, `lost`, `granted`, `made_up`, `taken_away`, `returned`, `restored`.
    kind: String,
    ring: String,
    clauses: Vec<String>,
    visit: Option<Uuid>,
}

/// One person's view: their place and their turns
#[utoipa::path(get, path = "/sites/{site}/people/{person}/rotation", tag = "rotation",
    params(("site" = Uuid, Path), ("person" = Uuid, Path)), responses(
    (status = 200, body = Mine),
    (status = "4XX", body = Problem, content_type = "application/problem+json")))]
async fn person(
    State(server): State<Server>,
    Bearer(caller): Bearer,
    At((site, person)): At<(Uuid, Uuid)>,
) -> Result<Json<Mine>, Problem> {
    let person = app::people::get(&server.app, &caller, PersonId(person)).await?.id;
    let mine = rotation::person(&server.app, &caller, SiteId(site), person).await?;
    let turn = |turn: rotation::MyTurn| Turn {
        at: turn.at,
        kind: turn.kind,
        ring: turn.ring,
        clauses: turn.clauses,
        visit: turn.visit.map(|visit| visit.0),
    };
    Ok(Json(Mine {
        now: mine.now,
        open: mine.open,
        state: mine.state.into(),
        ring: mine.place.map(|(ring, ..)| ring.to_string()),
        place: mine.place.map(|(_, place, _)| place),
        of: mine.place.map(|(.., of)| of),
        today: mine.today.into(),
        make_up_count: mine.make_up_count,
        turns: mine.turns.into_iter().map(turn).collect(),
        seen: mine.seen,
    }))
}

/// From which day to which.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct Days {
    /// From this day; else today.
    from: Option<NaiveDate>,
    /// To this day, included; else today. At most 400 days.
    to: Option<NaiveDate>,
}

/// The fairness of a site over a time.
#[derive(Debug, Serialize, ToSchema)]
pub struct Fairness {
    from: NaiveDate,
    to: NaiveDate,
    /// One row for each person and ring.
    rows: Vec<Row>,
    /// The names of everybody in it, by id.
    #[schema(value_type = BTreeMap<String, String>)]
    names: BTreeMap<Uuid, String>,
}

/// One person in one ring.
#[derive(Debug, Serialize, ToSchema)]
pub struct Row {
    person: Uuid,
    ring: String,
    turns: Turns,
    /// Received, less the average of the ring, in hundredths of a turn.
    difference_hundredths: i64,
    /// For each clause, what it did to their turns and how often.
    by_clause: BTreeMap<String, BTreeMap<String, i64>>,
}

/// What everybody's turns came to
#[utoipa::path(get, path = "/sites/{site}/fairness", tag = "rotation",
    params(("site" = Uuid, Path), Days), responses(
    (status = 200, body = Fairness),
    (status = "4XX", body = Problem, content_type = "application/problem+json")))]
async fn fairness(
    State(server): State<Server>,
    Bearer(caller): Bearer,
    At(site): At<Uuid>,
    Asked(days): Asked<Days>,
) -> Result<Json<Fairness>, Problem> {
    let site = app::sites::site(&server.app, &caller, SiteId(site)).await?;
    let today = site.moment(server.app.clock.now()).date_naive();
    let from = sensible_day("from", days.from.unwrap_or(today))?;
    let to = sensible_day("to", days.to.unwrap_or(today))?;
    let fairness = rotation::fairness(&server.app, &caller, site.id, from, to).await?;
    let row = |row: rotation::FairnessRow| Row {
        person: row.person.0,
        ring: row.ring,
        turns: row.turns.into(),
        difference_hundredths: row.difference_hundredths,
        by_clause: row.by_clause,
    };
    Ok(Json(Fairness {
        from,
        to,
        rows: fairness.rows.into_iter().map(row).collect(),
        names: named(fairness.names),
    }))
}
