//! The rotation board 轮排: the rings in order, what everybody is doing, and why it came to that.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    calendar::Moment,
    people::{Actor, PersonId},
    rotation::{
        Command, Event, Floor, Rules, decide,
        rules::MakeUpKind,
        state::{Channel, DoneAs, MakeUpState, RingId},
    },
};
use rulebook::{ClauseId, Words};
use serde::Serialize;
use store::SiteId;

use super::{
    fairness::{self, PersonTurns},
    latest::{self, Told},
    ring,
    saved::{Saved, floor_stream, look, moment},
    state::{self, Doing, PersonState},
    waiting::{self, WaitingVisit},
};
use crate::{App, AppError, Caller, EntryId, roles::Permission};

/// The board of a site.
#[derive(Debug, Clone, Serialize)]
pub struct Board {
    /// When it was made.
    pub now: DateTime<Utc>,
    /// The open day.
    pub day: Option<NaiveDate>,
    /// Which batch is on site, from 1, where there are several.
    pub batch: Option<u32>,
    /// When it was opened.
    pub opened_at: Option<Moment>,
    /// The last day that was open before, where none is.
    pub last_day: Option<NaiveDate>,
    /// The title of the rulebook in effect, and which version.
    pub rulebook: Option<(Words, i64)>,
    /// The rings.
    pub rings: Vec<RingBoard>,
    /// Everybody of the floor who is in no ring.
    pub others: Vec<PersonState>,
    /// Who stands at the door.
    pub standing_now: Option<StandingSlot>,
    /// Who stands after that.
    pub standing_next: Option<StandingSlot>,
    /// Visitors whom nobody receives yet, in order.
    pub waiting: Vec<WaitingVisit>,
    /// The names of everybody mentioned, also in decisions.
    pub names: BTreeMap<PersonId, String>,
    /// The last decisions, the newest first.
    pub decisions: Vec<Told>,
    /// The version of the floor's stream that this shows.
    pub version: i64,
    /// The number of the last change that this shows; read on from here.
    pub seen: i64,
}

/// A ring.
#[derive(Debug, Clone, Serialize)]
pub struct RingBoard {
    /// Which: `walk_in`, `phone`, with `:<team>` where each team has its own.
    pub ring: RingId,
    /// The channel that it deals.
    pub channel: Channel,
    /// The name of its team.
    pub team: Option<String>,
    /// The round, from 1.
    pub round: u32,
    /// Turns used today.
    pub turns_today: u32,
    /// Who is on turn.
    pub on_turn: Option<PersonId>,
    /// Everybody in it, in the order in which turns come.
    pub places: Vec<Place>,
    /// Make-up turns that are owed, in the order of their granting.
    pub make_ups: Vec<MakeUpOwed>,
}

/// Somebody's place in a ring.
#[derive(Debug, Clone, Serialize)]
pub struct Place {
    /// From 1, by the posted order.
    pub number: u32,
    /// Who, and what they are doing.
    #[serde(flatten)]
    pub state: PersonState,
    /// How their turn of this round ended, if it did.
    pub done: Option<DoneAs>,
    /// Make-up turns owed to them.
    pub make_up_count: u32,
    /// Their turns today.
    pub today: PersonTurns,
}

/// A make-up turn that is owed.
#[derive(Debug, Clone, Serialize)]
pub struct MakeUpOwed {
    /// Its number, for taking it away.
    pub id: u64,
    /// Whose.
    pub person: PersonId,
    /// Ordinary or priority.
    pub kind: MakeUpKind,
    /// Whether it can be used.
    pub state: MakeUpState,
    /// Since when.
    pub since: Moment,
    /// The clauses that grant it.
    pub clauses: Vec<ClauseId>,
    /// The decision that granted it, where it is remembered.
    pub decision: Option<EntryId>,
}

/// A slot of standing duty.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct StandingSlot {
    /// Who.
    pub person: PersonId,
    /// From.
    pub since: Moment,
    /// Until; nothing: until relieved.
    pub until: Option<Moment>,
}

/// How many of the last decisions the board shows.
const DECISIONS: i64 = 12;

/// The board of `site` now.
pub async fn board(app: &App, caller: &Caller, site: SiteId) -> Result<Board, AppError> {
    caller.at(site)?;
    caller.require(Permission::SeeFloor)?;
    let now = app.clock.now();
    let tenant = caller.tenant;
    let mut tx = app.db.read().await?;
    let seen = store::changes::latest_seq(&mut tx, tenant, site).await?;
    let (saved, version, zone) = look(&mut tx, tenant, site).await?;
    let at = moment(zone, now);
    let ruling = crate::rulebooks::ruling_at(app, &mut tx, tenant, site, now).await?;
    let rulebook = ruling.as_ref().map(|ruling| (ruling.title.clone(), ruling.number));
    let ruling = ruling.unwrap_or_else(|| std::sync::Arc::new(crate::rulebooks::Ruling::empty()));
    let rules = &ruling.rules;
    let floor = &saved.floor;
    let names = crate::people::names(&mut tx, tenant).await?;
    let teams = store::teams::of_site(&mut tx, tenant, site).await?;
    let team_name = |ring: &RingId| {
        teams.iter().find(|t| Some(t.id) == ring.team.map(|id| id.0)).map(|t| t.name.clone())
    };
    let date = floor.day.map_or_else(|| at.date_naive(), |day| day.date);
    let today = fairness::sums(&mut tx, tenant, site, date, date, fairness::owed_by(rules)).await?;
    let waiting = waiting::of_floor(app, &mut tx, tenant, floor).await?;
    let decisions = latest::of_floor(&mut tx, tenant, site, DECISIONS).await?;
    let rings: Vec<RingBoard> = floor
        .rings
        .keys()
        .map(|id| RingBoard {
            team: team_name(id),
            make_ups: make_ups(&saved, site, *id),
            ..ring_board(rules, floor, *id, &today, at)
        })
        .collect();
    let others = others(rules, floor, at);
    let standing_now = floor.standing.now.map(|slot| StandingSlot {
        person: slot.person,
        since: slot.since,
        until: slot.until,
    });
    Ok(Board {
        now,
        day: floor.day.map(|day| day.date),
        batch: floor
            .day
            .filter(|_| rules.batches.count.value().is_some_and(|count| *count > 1))
            .map(|day| day.batch + 1),
        opened_at: floor.day.map(|day| day.opened_at),
        last_day: floor.last_day.map(|day| day.date),
        rulebook,
        rings,
        others,
        standing_now,
        standing_next: standing_next(rules, floor),
        waiting,
        names,
        decisions,
        version,
        seen,
    })
}

fn ring_board(
    rules: &Rules,
    floor: &Floor,
    id: RingId,
    today: &BTreeMap<(PersonId, String), PersonTurns>,
    at: Moment,
) -> RingBoard {
    let empty = domain::rotation::state::Ring::default();
    let ring = floor.rings.get(&id).unwrap_or(&empty);
    let standing = ring::standing(rules, floor, id, at);
    let make_up_counts = ring::make_up_counts(floor, id);
    let mut ahead = 0;
    let mut places = Vec::with_capacity(standing.sequence.len());
    for person in &standing.sequence {
        let state = state::state_of(rules, floor, &standing, *person, ahead, at);
        if matches!(state.doing, Doing::OnTurn | Doing::Waiting { .. }) {
            ahead += 1;
        }
        let number = ring.order.iter().position(|other| other == person).map_or(0, |at| at + 1);
        places.push(Place {
            number: u32::try_from(number).unwrap_or(u32::MAX),
            state,
            done: ring.done.get(person).copied(),
            make_up_count: make_up_counts.get(person).copied().unwrap_or(0),
            today: today.get(&(*person, id.to_string())).cloned().unwrap_or_default(),
        });
    }
    RingBoard {
        ring: id,
        channel: id.channel,
        team: None,
        round: ring.round.max(1),
        turns_today: ring.turns_today,
        on_turn: standing.on_turn,
        places,
        make_ups: Vec::new(),
    }
}

/// The make-up turns that are owed in ring `id`.
fn make_ups(saved: &Saved, site: SiteId, id: RingId) -> Vec<MakeUpOwed> {
    let stream = floor_stream(site);
    let alive = saved.floor.make_ups.iter().filter(|m| m.ring == id && m.state.is_alive());
    let owed = alive.map(|m| MakeUpOwed {
        id: m.id,
        person: m.person,
        kind: m.kind,
        state: m.state,
        since: m.granted_at,
        clauses: m.clauses.clone(),
        decision: saved.granted_by.get(&m.id).map(|version| EntryId { stream, version: *version }),
    });
    owed.collect()
}

/// Everybody of the floor who is in no ring.
fn others(rules: &Rules, floor: &Floor, at: Moment) -> Vec<PersonState> {
    let nobody = ring::Standing { on_turn: None, sequence: Vec::new() };
    let in_ring = |person: &PersonId| floor.rings.values().any(|ring| ring.order.contains(person));
    let rest = floor.people.keys().filter(|person| !in_ring(person));
    rest.map(|person| state::state_of(rules, floor, &nobody, *person, 0, at)).collect()
}

/// Who stands next: what the clock would decide at the end of the slot, if nothing else happens.
fn standing_next(rules: &Rules, floor: &Floor) -> Option<StandingSlot> {
    let since = floor.standing.now?.until?;
    let decision = decide(rules, floor, &Command::Settle, &Actor::clock(), since);
    decision.events.iter().find_map(|event| match event {
        Event::StandingBegan { person, until } => {
            Some(StandingSlot { person: *person, since, until: *until })
        }
        _ => None,
    })
}
