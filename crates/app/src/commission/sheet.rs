//! A deal's page: how far it is, who shares it and why, what the caller may do.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use domain::{
    commission::{Deal, Outcome, rules::Stage, state::Pending},
    people::PersonId,
};
use rulebook::{Because, Finding, Words};
use serde::Serialize;
use store::{commission, journal};
use uuid::Uuid;

use super::held::{deal_stream, peek, sees};
use crate::{
    App, AppError, Caller, EntryId, attribution::texts, privacy, roles::Permission,
    rotation::ClauseText,
};

/// How many entries of a deal its page shows.
const STEPS_MAX: i64 = 100;

/// What the caller may do about a deal now; only what is on this list is offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    /// Saying that it reached a later stage.
    Advance,
    /// Entering or correcting price and commission.
    SetAmounts,
    /// Proposing parts.
    Propose,
    /// Agreeing to what was proposed, or not.
    Confirm,
    /// Ruling on the parts.
    Rule,
    /// Calling it off.
    Cancel,
}

/// Something that was done about a deal.
#[derive(Debug, Clone, Serialize)]
pub struct Step {
    /// The entry of the journal.
    pub entry: EntryId,
    /// The command's word.
    pub kind: String,
    /// When it happened.
    pub happened_at: DateTime<Utc>,
    /// Who did it; nobody: the clock.
    pub by: Option<PersonId>,
    /// What came of it.
    pub outcome: Option<Outcome>,
    /// The reason that was typed, if one was.
    pub reason: Option<String>,
}

/// A deal as its page shows it.
#[derive(Debug, Clone, Serialize)]
pub struct DealSheet {
    /// Which.
    pub id: Uuid,
    /// The client's name, masked.
    pub client_name: Option<String>,
    /// What was sold, as it was typed.
    pub unit: Option<String>,
    /// What is known of it; amounts and parts only for whom they concern.
    pub deal: Deal,
    /// Whether the caller sees amounts and parts.
    pub shown: bool,
    /// The reasons for the parts as they stand.
    pub findings: Vec<Finding>,
    /// The clauses that are cited, with their texts.
    pub clauses: Vec<ClauseText>,
    /// The title of the rulebook and its version.
    pub rulebook: Option<(Words, i64)>,
    /// Everything that was done, in order.
    pub steps: Vec<Step>,
    /// What the caller may do.
    pub acts: Vec<Act>,
    /// The names of everybody.
    pub names: BTreeMap<PersonId, String>,
}

/// The page of the deal `id`.
pub async fn sheet(app: &App, caller: &Caller, id: Uuid) -> Result<DealSheet, AppError> {
    caller.require(Permission::SeeClients)?;
    let tenant = caller.tenant;
    let mut tx = app.db.read().await?;
    let (row, mut deal) = peek(&mut tx, caller, id).await?;
    let shown = sees(caller, &deal);
    let entries = journal::of_stream(&mut tx, tenant, deal_stream(id), 1, STEPS_MAX).await?;
    let mut steps = Vec::new();
    let mut findings = Vec::new();
    let mut version = None;
    for entry in &entries {
        let because: Because =
            serde_json::from_str(&entry.because).map_err(AppError::unusable("reasons"))?;
        let shares = entry.events.contains(r#""event":"closed""#)
            || entry.events.contains(r#""event":"shared""#);
        if shares {
            (findings, version) = (because.0, entry.rulebook_version);
        }
        let command: serde_json::Value =
            serde_json::from_str(&entry.command).map_err(AppError::unusable("command"))?;
        let note = command.get("note").and_then(|note| note.as_str()?.parse().ok());
        let reason = match note {
            Some(note) if shown => privacy::note(app, &mut tx, tenant, note).await?,
            _ => None,
        };
        steps.push(Step {
            entry: EntryId::of(entry),
            kind: entry.command_kind.clone(),
            happened_at: entry.happened_at,
            by: entry.actor.strip_prefix("person:").and_then(|id| id.parse().ok()).map(PersonId),
            outcome: serde_json::from_str(&entry.outcome).ok().filter(|_| shown),
            reason,
        });
    }
    let ruling = match version {
        Some(version) => Some(crate::rulebooks::ruling_by_id(app, &mut tx, tenant, version).await?),
        None => None,
    };
    let acts = acts(caller, &row, &deal);
    if !shown {
        (deal.price, deal.commission) = (None, None);
        (deal.parts, deal.posted, deal.proposal) = (Vec::new(), Vec::new(), None);
        findings.clear();
    }
    let unit = match row.unit {
        Some(note) => privacy::note(app, &mut tx, tenant, note).await?,
        None => None,
    };
    let client = domain::people::ClientId(row.client);
    Ok(DealSheet {
        id,
        client_name: privacy::masked_name(app, &mut tx, tenant, client).await?,
        unit,
        clauses: texts(ruling.as_deref(), Because(findings.clone()).clauses()),
        rulebook: ruling.map(|ruling| (ruling.title.clone(), ruling.number)),
        findings,
        shown,
        deal,
        steps,
        acts,
        names: crate::people::names(&mut tx, tenant).await?,
    })
}

fn acts(caller: &Caller, row: &commission::Deal, deal: &Deal) -> Vec<Act> {
    let mut acts = Vec::new();
    if row.cancelled_at.is_some() {
        return acts;
    }
    let concerned = sees(caller, deal) || caller.may(Permission::AttendForOthers);
    if caller.may(Permission::RecordDeals) && concerned {
        if deal.stage() != Some(Stage::Signed) {
            acts.push(Act::Advance);
        }
        acts.push(Act::SetAmounts);
    }
    let party = caller.person.filter(|person| deal.parties.contains(person));
    let negotiable =
        matches!(deal.pending, Some(Pending::Agreement { .. } | Pending::Undecided { .. }));
    if let Some(person) = party.filter(|_| negotiable && deal.parties.len() > 1) {
        acts.push(Act::Propose);
        if deal.proposal.as_ref().is_some_and(|known| !known.confirmed.contains(&person)) {
            acts.push(Act::Confirm);
        }
    }
    if caller.may(Permission::RuleDeals) {
        acts.extend([Act::Rule, Act::Cancel]);
    }
    acts
}
