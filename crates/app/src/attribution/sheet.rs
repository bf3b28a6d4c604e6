//! A client's page: whose it is and why, with the texts of the clauses, and what may be done about it.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::{
    attribution::{
        Rules,
        decide::Standing,
        rules::{CountsFrom, Evidence, Field, Incomplete},
        state::Registration,
    },
    calendar::Moment,
    people::{ClientId, PersonId},
};
use rulebook::{ClauseId, Words};
use serde::Serialize;
use store::clients;

use super::{
    acts::{self, Act},
    look::{self, Looked, warned_from},
};
use crate::{App, AppError, Caller, roles::Permission, rotation::ClauseText, rulebooks::Ruling};

/// A client as attribution sees them now, for whoever looks at their page.
#[derive(Debug, Clone, Serialize)]
pub struct Sheet {
    /// Whose it is, why, and what is known.
    pub looked: Looked,
    /// The clauses that are cited, with their texts.
    pub clauses: Vec<ClauseText>,
    /// The title of the rulebook in effect, and its version.
    pub rulebook: Option<(Words, i64)>,
    /// What each registration counts for, in their order.
    pub counts: Vec<Counts>,
    /// What a valid registration must hold, as far as decided.
    pub required: Vec<Field>,
    /// Whether the consultant must sign it.
    pub signature: bool,
    /// What counts as evidence for a claim.
    pub evidence: Vec<Evidence>,
    /// What the caller may do.
    pub acts: Vec<Act>,
    /// The names of everybody.
    pub names: BTreeMap<PersonId, String>,
}

/// What a registration counts for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// What is missing of what the rulebook demands.
    pub missing: Vec<Field>,
    /// Whether the consultant's signature is missing.
    pub unsigned: bool,
    /// From when it counts; nothing: it does not.
    pub valid_from: Option<Moment>,
}

/// Whose client one in a list is, and until when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Brief {
    /// Whose, since when, until when.
    pub standing: Standing,
    /// The first day on which the owner is warned of a lapse.
    pub warned_from: Option<NaiveDate>,
    /// The name of the owner.
    pub owner: Option<String>,
}

/// The page of `client`.
pub async fn sheet(app: &App, caller: &Caller, client: ClientId) -> Result<Sheet, AppError> {
    caller.require(Permission::SeeClients)?;
    let now = app.clock.now();
    let mut tx = app.db.read().await?;
    let row = clients::get(&mut tx, caller.tenant, client.0).await?;
    caller.at(row.site).map_err(|_| AppError::NotFound("client"))?;
    let ruling = crate::rulebooks::ruling_at(app, &mut tx, caller.tenant, row.site, now).await?;
    let ruling = ruling.as_deref();
    let (client, standing, because) = look::at(&mut tx, &row, ruling, now).await?;
    let rules = ruling.map(|ruling| &ruling.attribution);
    let counts = client.registrations.iter().map(|known| counts(rules, known)).collect();
    let registration = rules.map(|rules| &rules.registration);
    let acts = acts::of(caller, rules, &client);
    let names = crate::people::names(&mut tx, caller.tenant).await?;
    Ok(Sheet {
        clauses: texts(ruling, because.clauses()),
        rulebook: ruling.map(|ruling| (ruling.title.clone(), ruling.number)),
        counts,
        required: registration.and_then(|r| r.required.value().cloned()).unwrap_or_default(),
        signature: registration.is_some_and(|r| r.signature.value() == Some(&true)),
        evidence: registration.and_then(|r| r.evidence.value().cloned()).unwrap_or_default(),
        looked: Looked { standing, client, because, warned_from: warned_from(ruling, standing) },
        acts,
        names,
    })
}

/// The texts of `clauses` as `ruling` has them.
pub(crate) fn texts(ruling: Option<&Ruling>, clauses: Vec<ClauseId>) -> Vec<ClauseText> {
    let text = |id: ClauseId| {
        let clause = ruling.and_then(|ruling| ruling.document.clause(&id));
        let text = clause.map(|clause| clause.text.clone()).unwrap_or_default();
        ClauseText { id, text, warning: clause.and_then(|clause| clause.warning.clone()) }
    };
    clauses.into_iter().map(text).collect()
}

/// What `known` counts for by `rules`.
fn counts(rules: Option<&Rules>, known: &Registration) -> Counts {
    let Some(rules) = rules.map(|rules| &rules.registration) else {
        return Counts { missing: Vec::new(), unsigned: false, valid_from: None };
    };
    let missing = rules.required.value().map(|all| known.missing(all)).unwrap_or_default();
    let unsigned = rules.signature.value() == Some(&true) && known.signed_at.is_none();
    let whole = missing.is_empty() && !unsigned && rules.required.value().is_some();
    let valid = whole || rules.incomplete.value() == Some(&Incomplete::Valid);
    let completed = known.signed_at.map_or(known.completed_at, |at| at.max(known.completed_at));
    let first = rules.counts_from.value() == Some(&CountsFrom::FirstEntry);
    let from = if first { known.at } else { completed };
    Counts { missing, unsigned, valid_from: valid.then_some(from) }
}

/// Whose each of `clients` is; who is nobody's is left out.
pub async fn briefs(
    app: &App,
    caller: &Caller,
    clients: &[ClientId],
) -> Result<BTreeMap<ClientId, Brief>, AppError> {
    caller.require(Permission::SeeClients)?;
    let now = app.clock.now();
    let mut tx = app.db.read().await?;
    let names = crate::people::names(&mut tx, caller.tenant).await?;
    let mut briefs = BTreeMap::new();
    for client in clients {
        let row = clients::get(&mut tx, caller.tenant, client.0).await?;
        caller.at(row.site).map_err(|_| AppError::NotFound("client"))?;
        let ruling =
            crate::rulebooks::ruling_at(app, &mut tx, caller.tenant, row.site, now).await?;
        let ruling = ruling.as_deref();
        if let (_, Some(standing), _) = look::at(&mut tx, &row, ruling, now).await? {
            let warned_from = warned_from(ruling, Some(standing));
            let owner = names.get(&standing.owner).cloned();
            briefs.insert(*client, Brief { standing, warned_from, owner });
        }
    }
    Ok(briefs)
}
