//! The consultant's page as it stands.

use app::{
    AppError, PersonId,
    roles::Permission,
    rotation::{self, Absence, Desk, Doing, PersonView, ToldTurn},
};
use chrono::TimeDelta;
use domain::rotation::{rules::AbsenceKind, state::RingId};

use crate::{
    handlers::{
        decision::{key, told, whole},
        rotation::{channel, people, person, state},
        visits::panel::{self, Around},
    },
    pages::{
        arrival::view::VisitPanel,
        decision::view::Why,
        me::view::{Attendance, Forgotten, MeView, MyTurn, OutingKind, TurnKind},
        person::{Person, State, Tally},
    },
    web::{failure::Failure, reader::Reader, state::Server},
};

/// How many of today's turns are shown.
const TURNS: usize = 12;
/// How many of them with every condition that was looked at.
const TURNS_IN_FULL: usize = 6;
/// A reception that runs longer was probably not finished.
const LONG_MINUTES: i64 = 120;

pub(super) async fn view(server: &Server, reader: &Reader) -> Result<MeView, Failure> {
    let (app, caller, site) = (&server.app, reader.caller(), reader.site.id);
    let me = caller.person.ok_or(AppError::NotFound("person"))?;
    let seen = rotation::person(app, caller, site, me).await?;
    let desk = rotation::desk(app, caller, site).await?;
    let people = people(server, reader).await?;
    let around = Around { desk: &desk, people: &people, names: &seen.names };
    let mut visits = Vec::new();
    let mut visitors = std::collections::BTreeMap::new();
    for theirs in &seen.visits {
        let visit = rotation::visit(app, caller, site, theirs.visit.visit).await?;
        visitors.insert(visit.visit, panel::visitor(&visit));
        visits.push(panel::panel(server, reader, around, &visit).await?);
    }
    let state = state(&seen.state.doing, &visitors);
    let now_theirs = match &seen.state.doing {
        Doing::Called { visit, .. }
        | Doing::Asked { visit }
        | Doing::Receiving { visit, .. }
        | Doing::Helping { visit } => visits.iter().find(|panel| panel.id == visit.to_string()),
        _ => None,
    };
    let visit =
        now_theirs.or(visits.first()).cloned().or(just_finished(server, reader, around, me).await?);
    let turns = turns(server, reader, &seen, me).await?;
    let colleagues = panel::receivers(server, reader, people.clone()).await?;
    let words = reader.words();
    let ring = seen.place.map(|(ring, ..)| words.named("channel", channel(ring.channel)));
    let count = |number: i64| u32::try_from(number).unwrap_or(0);
    let today = &seen.today;
    Ok(MeView {
        now: seen.now,
        person: person(&people, &seen.names, me),
        ring,
        place: seen.place.map(|(_, place, of)| (place, of)),
        why: placed_by(&seen, visit.as_ref()),
        outings: seen.absences.iter().filter_map(outing).collect(),
        asked_outing: asked_outing(&seen),
        attendance: attendance(server, reader, &seen, &desk, me, &colleagues).await?,
        forgotten: forgotten(&seen, &state, visit.as_ref()),
        tally: Tally {
            owed: count(today.owed),
            taken: count(today.taken),
            made_up: count(today.made_up),
            lost: count(today.lost),
            difference: i32::try_from(today.received() - today.owed).unwrap_or(0),
        },
        make_up_count: seen.make_up_count,
        turns,
        seen: seen.seen,
        state,
        visit,
    })
}

/// Why they are where they are: what gave them the visit, else the last decision with a clause.
fn placed_by(seen: &PersonView, visit: Option<&VisitPanel>) -> Option<Why> {
    visit.map(|visit| visit.why.clone()).or_else(|| {
        let grounded = seen.decisions.iter().find(|decision| !decision.clauses.is_empty());
        grounded.map(|decision| told(&seen.names, decision))
    })
}

/// The visit that they finished a moment ago, so that a mistap can be taken back.
async fn just_finished(
    server: &Server,
    reader: &Reader,
    around: Around<'_>,
    me: PersonId,
) -> Result<Option<VisitPanel>, Failure> {
    for step in &around.desk.steps {
        for visit in &step.visits {
            let (app, caller, site) = (&server.app, reader.caller(), reader.site.id);
            let visit = rotation::visit(app, caller, site, *visit).await?;
            if visit.receiver == Some(me) {
                return Ok(Some(panel::panel(server, reader, around, &visit).await?));
            }
        }
    }
    Ok(None)
}

fn outing(absence: &Absence) -> Option<OutingKind> {
    // Nobody reports that they leave unreported.
    if absence.kind == AbsenceKind::Unreported {
        return None;
    }
    Some(OutingKind {
        name: absence.kind.word().to_owned(),
        limit_minutes: absence.limit_minutes.map(i64::from),
        needs_approval: absence.needs_approval,
        away_count: absence.away_count,
        away_limit_count: absence.most_at_once,
        asks_minutes: absence.limit_minutes.is_none(),
    })
}

fn asked_outing(seen: &PersonView) -> Option<String> {
    match &seen.state.doing {
        Doing::Away { kind, approved: None, needs_approval: true, .. } => {
            Some(kind.word().to_owned())
        }
        _ => None,
    }
}

fn forgotten(seen: &PersonView, state: &State, visit: Option<&VisitPanel>) -> Vec<Forgotten> {
    match (state, visit) {
        (State::Receiving { visitor, since, helping: false }, Some(visit))
            if seen.now - *since > TimeDelta::minutes(LONG_MINUTES) =>
        {
            let (visit, visitor) = (visit.id.clone(), visitor.clone());
            vec![Forgotten::Finish { visit, visitor, since: *since }]
        }
        (State::Out { kind, until: Some(due_at), .. }, _) if seen.now > *due_at => {
            vec![Forgotten::Return { kind: kind.clone(), due_at: *due_at }]
        }
        _ => Vec::new(),
    }
}

async fn attendance(
    server: &Server,
    reader: &Reader,
    seen: &PersonView,
    desk: &Desk,
    me: PersonId,
    people: &[Person],
) -> Result<Attendance, Failure> {
    let (app, caller, site) = (&server.app, reader.caller(), reader.site.id);
    let told = rotation::attendance(app, caller, site, me).await?;
    let may = caller.may(Permission::Attend) && told.on_floor;
    let free = matches!(seen.state.doing, Doing::OnTurn | Doing::Waiting { .. });
    let on_turn = matches!(seen.state.doing, Doing::OnTurn);
    let ring = seen.place.map_or_else(RingId::default, |(ring, ..)| ring);
    let step = desk.steps.iter().find(|step| step.person == Some(me));
    Ok(Attendance {
        closed: desk.day.is_none(),
        openers: desk.openers.iter().map(|role| key(role.word())).collect(),
        may_sign_in: may && seen.open && !told.signed_in,
        may_sign_out: may && seen.open && told.signed_in && free,
        may_give_up: (may && on_turn).then(|| ring.to_string()),
        owes_notice: may && told.owes_notice && free,
        owes_check_in: may && told.owes_check_in,
        delegate: told.delegate.map(|id| id.to_string()).unwrap_or_default(),
        colleagues: people.iter().filter(|it| !it.is(&me.to_string())).cloned().collect(),
        undo_until: step.map(|step| step.until),
    })
}

/// What happened to their turns today; why they were passed over with every condition.
async fn turns(
    server: &Server,
    reader: &Reader,
    seen: &PersonView,
    me: PersonId,
) -> Result<Vec<MyTurn>, Failure> {
    let (app, caller, site) = (&server.app, reader.caller(), reader.site.id);
    let told_turns = rotation::told_turns(app, caller, site, me, TURNS).await?;
    let mut turns = Vec::new();
    let mut in_full = 0;
    for turn in &told_turns {
        let kind = kind_of(turn);
        let asks_why = matches!(kind, TurnKind::PassedOver | TurnKind::Lost | TurnKind::Forfeited);
        let why = if asks_why && in_full < TURNS_IN_FULL {
            in_full += 1;
            whole(&rotation::why(app, caller, turn.told.entry).await?)
        } else {
            told(&seen.names, &turn.told)
        };
        let by = turn.visitor.clone().unwrap_or_default();
        turns.push(MyTurn { at: turn.at, kind, visitor: by, why });
    }
    Ok(turns)
}

fn kind_of(turn: &ToldTurn) -> TurnKind {
    match turn.kind.as_str() {
        "taken" => TurnKind::Taken,
        "made_up" => TurnKind::MadeUp,
        "passed" | "kept" => TurnKind::PassedOver,
        "given_up" => TurnKind::Forfeited,
        "lost" if turn.given_up => TurnKind::Forfeited,
        "lost" | "taken_away" => TurnKind::Lost,
        "granted" | "given_back" | "restored" => TurnKind::MakeUpGiven,
        _ => TurnKind::NoTurn,
    }
}
