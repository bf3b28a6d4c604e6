//! What the desk has to know before it deals: whether the day is open, what the rulebook speaks of, and which
//! of the caller's steps can still be taken back.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use domain::{
    people::{PersonId, TeamId, VisitId},
    rotation::{
        Command, Rules,
        rules::{Role, Situation, TeamRings},
        state::MakeUpState,
    },
};
use rulebook::ClauseId;
use serde::Serialize;
use serde_json::Value;
use store::{SiteId, TenantId, Tx, journal::Entry};

use super::{
    happened::Asked,
    saved::{floor_stream, look, moment},
    visit_rows,
};
use crate::{App, AppError, Caller, EntryId, roles::Permission};

/// What the desk has to know before it deals.
#[derive(Debug, Clone, Serialize)]
pub struct Desk {
    /// When it was read.
    pub now: DateTime<Utc>,
    /// The day that is open.
    pub day: Option<NaiveDate>,
    /// Today, at the site.
    pub today: NaiveDate,
    /// Whether today was open and is closed.
    pub over: bool,
    /// Who may open the day.
    pub openers: Vec<Role>,
    /// The situations that the rulebook speaks of.
    pub situations: Vec<Situation>,
    /// Whether the caller may say who receives instead.
    pub may_override: bool,
    /// The clauses that give the caller this authority; none: no clause does.
    pub authority: Vec<ClauseId>,
    /// The teams whose rings deal, where each has one of its own, with their names.
    pub teams: Vec<(TeamId, String)>,
    /// How many opening questions must be asked before anybody is assigned.
    pub questions_least: u32,
    /// The caller's last steps that can still be taken back.
    pub steps: Vec<LastStep>,
    /// The entry that decided who receives each visit of the day.
    pub decided_by: BTreeMap<VisitId, EntryId>,
    /// The number of the last change that this shows.
    pub seen: i64,
}

/// A step that can still be taken back.
#[derive(Debug, Clone, Serialize)]
pub struct LastStep {
    /// The entry.
    pub entry: EntryId,
    /// The visits that it touched.
    pub visits: Vec<VisitId>,
    /// Whom it was about, if it was about a person's attendance.
    pub person: Option<PersonId>,
    /// Until when.
    pub until: DateTime<Utc>,
}

/// How many entries a minute is looked for in.
const ENTRIES_BACK: i64 = 60;

/// What the desk of `site` has to know now.
pub async fn desk(app: &App, caller: &Caller, site: SiteId) -> Result<Desk, AppError> {
    caller.at(site)?;
    caller.require(Permission::SeeFloor)?;
    let (now, tenant) = (app.clock.now(), caller.tenant);
    let mut tx = app.db.read().await?;
    let seen = store::changes::latest_seq(&mut tx, tenant, site).await?;
    let (saved, version, zone) = look(&mut tx, tenant, site).await?;
    let today = moment(zone, now).date_naive();
    let ruling = crate::rulebooks::ruling_at(app, &mut tx, tenant, site, now).await?;
    let ruling = ruling.unwrap_or_else(|| std::sync::Arc::new(crate::rulebooks::Ruling::empty()));
    let rules = &ruling.rules;
    let spoken_of = rules
        .situation
        .iter()
        .filter(|(_, rules)| !(rules.like.is_unset() && rules.receiver.is_unset()));
    let per_team = rules.rings.teams.value() == Some(&TeamRings::PerTeam);
    let posted_by = &rules.order.posted_by;
    let by_clause =
        posted_by.value().is_some_and(|roles| roles.iter().any(|role| caller.is(*role)));
    let by_rank = [Role::Supervisor, Role::Manager, Role::Administrator];
    let may_override =
        caller.may(Permission::Deal) && (by_clause || by_rank.iter().any(|role| caller.is(*role)));
    let stream = floor_stream(site);
    let from = (version - ENTRIES_BACK + 1).max(1);
    let entries = store::journal::of_stream(&mut tx, tenant, stream, from, ENTRIES_BACK).await?;
    let day = saved.floor.day.map(|day| day.date);
    Ok(Desk {
        now,
        day,
        today,
        over: day.is_none() && saved.floor.last_day.is_some_and(|last| last.date >= today),
        openers: Permission::RunDay.roles().to_vec(),
        situations: spoken_of.map(|(situation, _)| *situation).collect(),
        may_override,
        authority: if may_override { authority(rules, by_clause) } else { Vec::new() },
        teams: if per_team { teams_of(&mut tx, tenant, site).await? } else { Vec::new() },
        questions_least: rules.posts.questions_least.value().copied().unwrap_or(0),
        steps: last_steps(app, caller, &entries, now),
        decided_by: saved
            .decided_by
            .iter()
            .map(|(visit, version)| (*visit, EntryId { stream, version: *version }))
            .collect(),
        seen,
    })
}

/// The clauses by which somebody else may be told to receive.
fn authority(rules: &Rules, by_clause: bool) -> Vec<ClauseId> {
    let posted_by = rules.order.posted_by.clauses.iter().filter(|_| by_clause);
    let assigned = rules.situation.get(&Situation::SupervisorAssigned);
    let assigned = assigned.into_iter().flat_map(|assigned| &assigned.receiver.clauses);
    let mut clauses: Vec<ClauseId> = Vec::new();
    for clause in posted_by.chain(assigned) {
        if !clauses.contains(clause) {
            clauses.push(clause.clone());
        }
    }
    clauses
}

async fn teams_of(
    tx: &mut Tx,
    tenant: TenantId,
    site: SiteId,
) -> Result<Vec<(TeamId, String)>, AppError> {
    let teams = store::teams::of_site(tx, tenant, site).await?;
    Ok(teams.into_iter().map(|team| (TeamId(team.id), team.name)).collect())
}

/// The steps of `entries` that the caller can still take back, the newest first.
fn last_steps(app: &App, caller: &Caller, entries: &[Entry], now: DateTime<Utc>) -> Vec<LastStep> {
    let window = TimeDelta::seconds(app.config.undo_seconds);
    let undone: Vec<i64> = entries.iter().filter_map(undone_by).collect();
    let mut newest = true;
    let mut steps = Vec::new();
    for entry in entries.iter().rev().filter(|entry| entry.events != "[]") {
        let is_newest = std::mem::replace(&mut newest, false);
        let until = entry.recorded_at + window;
        let theirs = entry.actor == caller.spelled() && until > now;
        if !theirs || undone.contains(&entry.version) {
            continue;
        }
        let kind = entry.command_kind.as_str();
        // After something else has happened, only these have an opposite.
        let reversible = matches!(kind, "finish" | "step_out" | "return" | "sign_in");
        if matches!(kind, "undo" | "settle") || !(is_newest || reversible) {
            continue;
        }
        let happened = super::Carried::of(entry, false).map(|carried| carried.events);
        let visits = visit_rows::touched(&happened.unwrap_or_default()).into_iter().collect();
        let person = serde_json::from_str::<Asked>(&entry.command)
            .ok()
            .and_then(|asked| attending(&asked.command));
        steps.push(LastStep { entry: EntryId::of(entry), visits, person, until });
    }
    steps
}

/// The version of the entry that `entry` took back.
fn undone_by(entry: &Entry) -> Option<i64> {
    let command: Value = serde_json::from_str(&entry.command).ok()?;
    command.get("undo")?.get("entry")?.as_i64()
}

/// Whose attendance a command is about.
const fn attending(command: &Command) -> Option<PersonId> {
    match command {
        Command::SignIn { person }
        | Command::SignOut { person }
        | Command::StepOut { person, .. }
        | Command::Return { person }
        | Command::GiveUp { person, .. }
        | Command::Entrust { person, .. } => Some(*person),
        _ => None,
    }
}

/// What somebody has told the desk about today.
#[derive(Debug, Clone, Serialize)]
pub struct Attendance {
    /// Whether they belong to the floor at all.
    pub on_floor: bool,
    /// Whether they are signed in.
    pub signed_in: bool,
    /// Who receives their clients when they are away.
    pub delegate: Option<PersonId>,
    /// Whether a make-up turn of theirs waits for their notice.
    pub owes_notice: bool,
    /// Whether whoever is on turn checks in at the post, and they have not.
    pub owes_check_in: bool,
    /// Whether they wait to hear about an outing.
    pub outing_unanswered: bool,
}

/// What `person` has told the desk about today; everybody asks for themselves.
pub async fn attendance(
    app: &App,
    caller: &Caller,
    site: SiteId,
    person: PersonId,
) -> Result<Attendance, AppError> {
    caller.at(site)?;
    let own = caller.is_person(person);
    caller.require(if own { Permission::SeeFloor } else { Permission::SeeFairness })?;
    let (now, tenant) = (app.clock.now(), caller.tenant);
    let mut tx = app.db.read().await?;
    let (saved, ..) = look(&mut tx, tenant, site).await?;
    let ruling = crate::rulebooks::ruling_at(app, &mut tx, tenant, site, now).await?;
    let checks_in = ruling.is_some_and(|ruling| ruling.rules.posts.check_in.value() == Some(&true));
    let floor = &saved.floor;
    let member = floor.people.get(&person);
    let on_turn = floor
        .rings
        .values()
        .any(|ring| ring.on_turn.is_some_and(|on_turn| on_turn.person == person));
    let waits =
        |state: MakeUpState| floor.make_ups.iter().any(|m| m.person == person && m.state == state);
    Ok(Attendance {
        on_floor: member.is_some(),
        signed_in: member.is_some_and(|member| member.signed_in.is_some()),
        delegate: member.and_then(|member| member.delegate),
        owes_notice: waits(MakeUpState::AwaitsNotice),
        owes_check_in: checks_in
            && on_turn
            && member.is_some_and(|member| member.checked_in.is_none()),
        outing_unanswered: member
            .and_then(|member| member.away)
            .is_some_and(|away| away.approved.is_none()),
    })
}
