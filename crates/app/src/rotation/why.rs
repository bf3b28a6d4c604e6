//! Why: a decision with the text of every clause it cites, as the rulebook version said it then.

use std::collections::BTreeMap;

use domain::people::PersonId;
use rulebook::{ClauseId, Finding, Words};
use serde::Serialize;
use store::{StreamKind, journal};

use super::{
    happened::Asked,
    latest::{Told, person_of},
};
use crate::{App, AppError, Caller, EntryId, roles::Permission};

/// A decision and everything it rests on.
#[derive(Debug, Clone, Serialize)]
pub struct Why {
    /// The decision.
    pub told: Told,
    /// Every condition that was looked at, in order.
    pub findings: Vec<Finding>,
    /// The clauses that are cited, with their texts.
    pub clauses: Vec<ClauseText>,
    /// The title of the rulebook, its slug and version; nothing where none was in effect.
    pub rulebook: Option<(Words, String, i64)>,
    /// Settings that were needed and not set.
    pub undecided: Vec<String>,
    /// Who asked, by name.
    pub by: Option<String>,
    /// The reason that was typed, if one was.
    pub reason: Option<String>,
    /// The names of everybody mentioned.
    pub names: BTreeMap<PersonId, String>,
    /// The hash of the entry, hexadecimal.
    pub hash: String,
    /// The hash of the entry before it.
    pub hash_before: String,
    /// The entry before it in the stream.
    pub before: Option<EntryId>,
    /// The entry after it.
    pub after: Option<EntryId>,
}

/// A clause that is cited.
#[derive(Debug, Clone, Serialize)]
pub struct ClauseText {
    /// Its id in the rulebook.
    pub id: ClauseId,
    /// What it says.
    pub text: Words,
    /// A plain warning where it is legally doubtful.
    pub warning: Option<Words>,
}

/// The decision of `entry`, a floor's or a client's.
pub async fn why(app: &App, caller: &Caller, entry: EntryId) -> Result<Why, AppError> {
    caller.require(Permission::SeeFloor)?;
    let tenant = caller.tenant;
    let mut tx = app.db.read().await?;
    let found = journal::get(&mut tx, tenant, entry.stream, entry.version).await?;
    caller.at(found.site).map_err(|_| AppError::NotFound("journal entry"))?;
    if !matches!(entry.stream.kind, StreamKind::Floor | StreamKind::Client) {
        return Err(AppError::NotFound("decision"));
    }
    let because: rulebook::Because =
        serde_json::from_str(&found.because).map_err(AppError::unusable("reasons"))?;
    let ruling = match found.rulebook_version {
        Some(id) => Some(crate::rulebooks::ruling_by_id(app, &mut tx, tenant, id).await?),
        None => None,
    };
    let text = |id: ClauseId| {
        let clause = ruling.as_ref().and_then(|ruling| ruling.document.clause(&id));
        let text = clause.map(|clause| clause.text.clone()).unwrap_or_default();
        ClauseText { id, text, warning: clause.and_then(|clause| clause.warning.clone()) }
    };
    let clauses = because.clauses().into_iter().map(text).collect();
    let undecided = because.undecided().into_iter().map(str::to_owned).collect();
    let names = crate::people::names(&mut tx, tenant).await?;
    let by = person_of(&found.actor).and_then(|person| names.get(&person).cloned());
    let note = serde_json::from_str::<Asked>(&found.command).ok().and_then(|asked| asked.note);
    let reason = match note {
        Some(note) => crate::privacy::note(app, &mut tx, tenant, note).await?,
        None => None,
    };
    let next = journal::of_stream(&mut tx, tenant, entry.stream, entry.version + 1, 1).await?;
    let before = (entry.version > 1).then(|| EntryId { version: entry.version - 1, ..entry });
    Ok(Why {
        told: Told::of(&found)?,
        findings: because.0,
        clauses,
        rulebook: ruling.map(|r| (r.title.clone(), r.slug.clone(), r.number)),
        undecided,
        by,
        reason,
        names,
        hash: hex(&found.hash),
        hash_before: hex(&found.previous_hash),
        before,
        after: next.first().map(EntryId::of),
    })
}

/// Bytes as hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
