//! Activating a version at a time, over what lives under the one before; taking it back until then.

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;
use store::{retry, rulebooks};
use uuid::Uuid;

use super::{
    Version,
    approval::{MayApprove, reached, require_activatable, require_other_eyes, tell},
    change::note,
    conversion,
    effects::CONVERTIBLE,
    versions::version_of,
};
use crate::{App, AppError, Caller, roles::Permission};

/// When a version begins to rule, and what it does to what was granted before.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Activation {
    /// From when on it rules; else at once.
    pub from: Option<DateTime<Utc>>,
    /// The changed settings whose new terms what was granted gets; under all others it keeps its own.
    pub convert: BTreeSet<String>,
}

/// Lets the version `id` rule from `from` on; without `from`, at once. What was granted keeps its terms.
pub async fn activate(
    app: &App,
    caller: &Caller,
    id: Uuid,
    from: Option<DateTime<Utc>>,
) -> Result<Version, AppError> {
    let convert = BTreeSet::new();
    activate_over(app, caller, id, &Activation { from, convert }).await
}

/// Lets the version `id` rule as `activation` says.
///
/// Refused while anything in it is wrong or undecided, and unless it was approved: whoever activates a draft
/// that was handed in approves it, if they may.
pub async fn activate_over(
    app: &App,
    caller: &Caller,
    id: Uuid,
    activation: &Activation,
) -> Result<Version, AppError> {
    caller.require(Permission::ApproveRulebooks)?;
    let now = app.clock.now();
    let from = activation.from.unwrap_or(now);
    if from < now - TimeDelta::seconds(1) && !caller.is_system() {
        return Err(AppError::invalid(
            "effective_at",
            format!("`{from}` has passed"),
            "a rulebook rules from now or from a later time",
        ));
    }
    if let Some(other) =
        activation.convert.iter().find(|path| !CONVERTIBLE.contains(&path.as_str()))
    {
        return Err(AppError::invalid(
            "convert",
            format!("nothing is granted for good by `{other}`"),
            format!("only {} can be converted", CONVERTIBLE.join(", ")),
        ));
    }
    retry!(AppError, async {
        let mut tx = app.db.write().await?;
        let row = reached(&mut tx, caller, id).await?;
        require_activatable(app, &row)?;
        if row.approved_at.is_none() && !caller.is_system() {
            let eyes = require_other_eyes(&mut tx, caller, &row).await?;
            if row.submitted_at.is_none() && eyes != MayApprove::Alone {
                return Err(AppError::conflict(
                    "the draft was not handed in",
                    "its author hands it in when it is ready",
                ));
            }
        }
        let command = json!({ "version": id, "slug": row.slug, "number": row.number,
            "effective_at": from, "convert": activation.convert });
        note(&mut tx, caller, row.site, "activate_rulebook", command, now).await?;
        let approved_by = caller.person.map(|person| person.0);
        rulebooks::activate(&mut tx, caller.tenant, id, approved_by, now, from).await?;
        if !activation.convert.is_empty() {
            conversion::enqueue(&mut tx, &row, from, now).await?;
        }
        let (tenant, site) = (caller.tenant, row.site);
        let subject = id.to_string();
        let changes = [("rulebook", subject.as_str()), ("board", subject.as_str())];
        store::changes::publish(&mut tx, tenant, site, &changes, now).await?;
        let active = rulebooks::active_id_at(&mut tx, tenant, site, now).await?;
        let row = rulebooks::get(&mut tx, tenant, id).await?;
        tx.commit().await?;
        Ok::<_, AppError>(version_of(row, active))
    })
}

/// Takes the version `id` back, which does not rule yet: it never will. A copy of it can be changed.
pub async fn withdraw(app: &App, caller: &Caller, id: Uuid) -> Result<Version, AppError> {
    caller.require(Permission::ApproveRulebooks)?;
    let now = app.clock.now();
    retry!(AppError, async {
        let mut tx = app.db.write().await?;
        let row = reached(&mut tx, caller, id).await?;
        if row.effective_at.is_none_or(|from| from <= now) || row.retired_at.is_some() {
            return Err(AppError::conflict(
                "only what is scheduled and does not rule yet can be taken back",
                "activate another version instead",
            ));
        }
        let command = json!({ "version": id, "slug": row.slug, "number": row.number });
        note(&mut tx, caller, row.site, "withdraw_rulebook", command, now).await?;
        rulebooks::withdraw(&mut tx, caller.tenant, id, now).await?;
        tell(&mut tx, caller, &row, now).await?;
        let active = rulebooks::active_id_at(&mut tx, caller.tenant, row.site, now).await?;
        let row = rulebooks::get(&mut tx, caller.tenant, id).await?;
        tx.commit().await?;
        Ok::<_, AppError>(version_of(row, active))
    })
}
