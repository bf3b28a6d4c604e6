//! What one person sees of the rotation: their place, their visits, and what happened to their turns.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    people::PersonId,
    rotation::{
        rules::AbsenceKind,
        state::{Phase, RingId},
    },
};
use serde::Serialize;
use store::{SiteId, turns};

use super::{
    fairness::{self, PersonTurns},
    latest::Told,
    ring,
    saved::{floor_stream, look, moment},
    state::{self, PersonState},
    waiting::WaitingVisit,
};
use crate::{App, AppError, Caller, EntryId, privacy, roles::Permission};

/// One person's view.
#[derive(Debug, Clone, Serialize)]
pub struct PersonView {
    /// When it was made.
    pub now: DateTime<Utc>,
    /// Whether the day is open.
    pub open: bool,
    /// What they are doing.
    pub state: PersonState,
    /// The ring, their place among those who are to come, from 1, and how many are in it.
    pub place: Option<(RingId, u32, u32)>,
    /// Their turns today, all rings together.
    pub today: PersonTurns,
    /// Make-up turns that they have.
    pub make_up_count: u32,
    /// Visits that they receive, are called to or are asked about.
    pub visits: Vec<MyVisit>,
    /// What happened to their turns today, the newest first.
    pub turns: Vec<MyTurn>,
    /// The last decisions that moved them, the newest first.
    pub decisions: Vec<Told>,
    /// The ways of stepping out that the rulebook knows.
    pub absences: Vec<Absence>,
    /// The names of everybody mentioned.
    pub names: BTreeMap<PersonId, String>,
    /// The number of the last change that this shows.
    pub seen: i64,
}

/// A visit of theirs.
#[derive(Debug, Clone, Serialize)]
pub struct MyVisit {
    /// The visit.
    #[serde(flatten)]
    pub visit: WaitingVisit,
    /// How far it has come.
    pub phase: Phase,
    /// Since when they receive.
    pub received_at: Option<domain::calendar::Moment>,
    /// The entry that decided it.
    pub decision: EntryId,
}

/// What happened to a turn of theirs.
#[derive(Debug, Clone, Serialize)]
pub struct MyTurn {
    /// When.
    pub at: DateTime<Utc>,
    /// What: `taken`, `passed`, `lost`, `granted`, `made_up`, `taken_away`, `returned`, `restored`.
    pub kind: String,
    /// In which ring.
    pub ring: String,
    /// The clauses it rests on.
    pub clauses: Vec<String>,
    /// The visit, if it was about one.
    pub visit: Option<domain::people::VisitId>,
}

/// A way of stepping out.
#[derive(Debug, Clone, Serialize)]
pub struct Absence {
    /// Which.
    pub kind: AbsenceKind,
    /// The longest minutes, if limited.
    pub limit_minutes: Option<u32>,
    /// Whether it needs approval.
    pub needs_approval: bool,
    /// How many are away for it now.
    pub away_count: u32,
    /// The most who may be away at once, if limited.
    pub most_at_once: Option<u32>,
}

/// How far back decisions about the person are looked for, in entries.
const ENTRIES_BACK: i64 = 80;

/// How many decisions are shown.
const DECISIONS: usize = 8;

/// The view of `person`; everybody sees their own, and whoever sees fairness sees all.
pub async fn person(
    app: &App,
    caller: &Caller,
    site: SiteId,
    person: PersonId,
) -> Result<PersonView, AppError> {
    caller.at(site)?;
    caller.require(if caller.is_person(person) {
        Permission::SeeFloor
    } else {
        Permission::SeeFairness
    })?;
    let (now, tenant) = (app.clock.now(), caller.tenant);
    let mut tx = app.db.read().await?;
    let seen = store::changes::latest_seq(&mut tx, tenant, site).await?;
    let (saved, _, zone) = look(&mut tx, tenant, site).await?;
    let at = moment(zone, now);
    let ruling = crate::rulebooks::ruling_at(app, &mut tx, tenant, site, now).await?;
    let ruling = ruling.unwrap_or_else(|| std::sync::Arc::new(crate::rulebooks::Ruling::empty()));
    let (rules, floor) = (&ruling.rules, &saved.floor);
    let ring = floor.rings.iter().find(|(_, ring)| ring.order.contains(&person));
    let ring = ring.map(|(id, _)| *id);
    let standing = ring::standing(rules, floor, ring.unwrap_or_default(), at);
    let mut before = 0;
    for other in standing.sequence.iter().take_while(|other| **other != person) {
        let state = state::state_of(rules, floor, &standing, *other, 0, at);
        let ready = matches!(state.doing, state::Doing::OnTurn | state::Doing::Waiting { .. });
        before += u32::from(ready);
    }
    let state = state::state_of(rules, floor, &standing, person, before, at);
    let size = u32::try_from(standing.sequence.len()).unwrap_or(u32::MAX);
    let date: NaiveDate = floor.day.map_or_else(|| at.date_naive(), |day| day.date);
    let mut today = PersonTurns::default();
    let owed = fairness::owed_by(rules);
    for ((who, _), turns) in fairness::sums(&mut tx, tenant, site, date, date, owed).await? {
        if who == person {
            today.merge(&turns);
        }
    }
    let mut turns = turns::of_person(&mut tx, tenant, person.0, date, date).await?;
    turns.reverse();
    let make_ups = floor.make_ups.iter().filter(|m| m.person == person && m.state.is_alive());
    Ok(PersonView {
        now,
        open: floor.day.is_some(),
        state,
        place: ring.map(|ring| (ring, before + 1, size)),
        today,
        make_up_count: u32::try_from(make_ups.count()).unwrap_or(u32::MAX),
        visits: visits_of(app, &mut tx, caller, site, &saved, person).await?,
        turns: turns.into_iter().map(my_turn).collect(),
        decisions: decisions_about(&mut tx, caller, site, person).await?,
        absences: absences(rules, floor),
        names: crate::people::names(&mut tx, tenant).await?,
        seen,
    })
}

fn my_turn(turn: turns::Turn) -> MyTurn {
    MyTurn {
        at: turn.happened_at,
        kind: turn.kind,
        ring: turn.ring,
        clauses: turn.clauses,
        visit: turn.visit.map(domain::people::VisitId),
    }
}

async fn visits_of(
    app: &App,
    tx: &mut store::Tx,
    caller: &Caller,
    site: SiteId,
    saved: &super::saved::Saved,
    person: PersonId,
) -> Result<Vec<MyVisit>, AppError> {
    let mut visits = Vec::new();
    for (id, visit) in &saved.floor.visits {
        let theirs = visit.receiver == Some(person) || visit.helpers.contains(&person);
        let asked = visit.phase == Phase::Asking(person);
        if visit.phase == Phase::Ended || !(theirs || asked) {
            continue;
        }
        let mut shown = super::waiting::of_visit(app, tx, caller.tenant, *id, visit).await?;
        if let (Some(client), true) = (visit.arrival.client, theirs) {
            shown.name = privacy::masked_name(app, tx, caller.tenant, client).await?;
        }
        let version = saved.decided_by.get(id).copied().unwrap_or_default();
        visits.push(MyVisit {
            visit: shown,
            phase: visit.phase,
            received_at: visit.received_at,
            decision: EntryId { stream: floor_stream(site), version },
        });
    }
    Ok(visits)
}

async fn decisions_about(
    tx: &mut store::Tx,
    caller: &Caller,
    site: SiteId,
    person: PersonId,
) -> Result<Vec<Told>, AppError> {
    let id = person.to_string();
    let stream = floor_stream(site);
    let version = store::stream::peek(tx, caller.tenant, stream).await?.map_or(0, |p| p.version);
    let from = (version - ENTRIES_BACK + 1).max(1);
    let entries = store::journal::of_stream(tx, caller.tenant, stream, from, ENTRIES_BACK).await?;
    let about = entries.iter().rev().filter(|entry| {
        entry.command_kind != "open_day"
            && (entry.events.contains(&id) || entry.outcome.contains(&id))
    });
    about.take(DECISIONS).map(Told::of).collect()
}

fn absences(rules: &domain::rotation::Rules, floor: &domain::rotation::Floor) -> Vec<Absence> {
    let away = |kind| {
        let same = floor.people.values().filter(|m| m.away.is_some_and(|a| a.kind == kind));
        u32::try_from(same.count()).unwrap_or(u32::MAX)
    };
    let most = rules.away.most_at_once.value().copied();
    rules
        .absence
        .iter()
        .filter(|(_, rules)| !rules.result.is_unset())
        .map(|(kind, rules)| Absence {
            kind: *kind,
            limit_minutes: rules.limit_minutes.value().copied(),
            needs_approval: rules.needs_confirmation.value() == Some(&true),
            away_count: away(*kind),
            most_at_once: most.filter(|_| matches!(kind, AbsenceKind::Meal | AbsenceKind::Short)),
        })
        .collect()
}
