//! Handing a draft in, and approving it: four eyes, unless there are only two.

use domain::{people::PersonId, rotation::rules::Role};
use rulebook::Severity;
use serde_json::json;
use store::{Tx, people, retry, rulebooks, rulebooks::Rulebook};
use uuid::Uuid;

use super::{
    Version,
    change::{note, refused},
    versions::{check, version_of},
};
use crate::{App, AppError, Caller, roles::Permission};

/// Whether somebody may approve a draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MayApprove {
    /// They did not write it.
    Yes,
    /// They wrote it, and nobody else here could approve it.
    Alone,
    /// They wrote it, and somebody else can approve it.
    Author,
    /// Their roles do not allow it.
    No,
}

impl MayApprove {
    /// Whether they may.
    #[must_use]
    pub const fn may(self) -> bool {
        matches!(self, Self::Yes | Self::Alone)
    }
}

/// Hands the draft `id` in for approval; refused while anything in it is wrong or undecided.
pub async fn hand_in(app: &App, caller: &Caller, id: Uuid) -> Result<Version, AppError> {
    caller.require(Permission::EditRulebooks)?;
    let now = app.clock.now();
    retry!(AppError, async {
        let mut tx = app.db.write().await?;
        let row = reached(&mut tx, caller, id).await?;
        require_activatable(app, &row)?;
        let command = json!({ "version": id, "slug": row.slug, "revision": row.revision });
        note(&mut tx, caller, row.site, "hand_in_rulebook", command, now).await?;
        rulebooks::submit(&mut tx, caller.tenant, id, caller.person.map(|p| p.0), now).await?;
        tell(&mut tx, caller, &row, now).await?;
        let row = rulebooks::get(&mut tx, caller.tenant, id).await?;
        tx.commit().await?;
        Ok::<_, AppError>(version_of(row, None))
    })
}

/// Approves revision `revision` of the draft `id`, which was handed in.
///
/// Nobody approves what they wrote, unless nobody else here could.
pub async fn approve(
    app: &App,
    caller: &Caller,
    id: Uuid,
    revision: i64,
) -> Result<Version, AppError> {
    caller.require(Permission::ApproveRulebooks)?;
    let now = app.clock.now();
    retry!(AppError, async {
        let mut tx = app.db.write().await?;
        let row = reached(&mut tx, caller, id).await?;
        require_activatable(app, &row)?;
        require_other_eyes(&mut tx, caller, &row).await?;
        if row.submitted_at.is_none() {
            return Err(AppError::conflict("the draft was not handed in", "hand it in first"));
        }
        let command = json!({ "version": id, "slug": row.slug, "revision": revision });
        note(&mut tx, caller, row.site, "approve_rulebook", command, now).await?;
        let by = caller.person.map(|person| person.0);
        rulebooks::approve(&mut tx, caller.tenant, id, revision, by, now).await?;
        tell(&mut tx, caller, &row, now).await?;
        let row = rulebooks::get(&mut tx, caller.tenant, id).await?;
        tx.commit().await?;
        Ok::<_, AppError>(version_of(row, None))
    })
}

/// Whether `caller` may approve the draft `id`, and why not.
pub async fn may_approve(app: &App, caller: &Caller, id: Uuid) -> Result<MayApprove, AppError> {
    caller.require(Permission::SeeRulebooks)?;
    let mut tx = app.db.read().await?;
    let row = reached(&mut tx, caller, id).await?;
    eyes(&mut tx, caller, &row).await
}

/// Refuses whoever wrote it where somebody else could approve it.
pub(super) async fn require_other_eyes(
    tx: &mut Tx,
    caller: &Caller,
    row: &Rulebook,
) -> Result<MayApprove, AppError> {
    match eyes(tx, caller, row).await? {
        MayApprove::Author => Err(AppError::conflict(
            "whoever wrote a rulebook does not approve it",
            "ask another manager, or head office, to approve it",
        )),
        MayApprove::No => Err(AppError::NotPermitted(Permission::ApproveRulebooks)),
        eyes => Ok(eyes),
    }
}

async fn eyes(tx: &mut Tx, caller: &Caller, row: &Rulebook) -> Result<MayApprove, AppError> {
    if !caller.may(Permission::ApproveRulebooks) {
        return Ok(MayApprove::No);
    }
    let authors = [row.created_by, row.changed_by, row.submitted_by];
    let wrote = |person: PersonId| authors.contains(&Some(person.0));
    let Some(person) = caller.person.filter(|person| wrote(*person)) else {
        return Ok(MayApprove::Yes);
    };
    let approves = |other: &people::Person| {
        let roles = other.roles.iter().filter_map(|word| Role::of_word(word));
        other.active
            && other.id != person.0
            && other.site.is_none_or(|site| site == row.site)
            && !wrote(PersonId(other.id))
            && roles.into_iter().any(|role| Permission::ApproveRulebooks.roles().contains(&role))
    };
    let others = people::of_tenant(tx, caller.tenant).await?;
    Ok(if others.iter().any(approves) { MayApprove::Author } else { MayApprove::Alone })
}

/// The draft or version with this id, where `caller` may reach it.
pub(super) async fn reached(tx: &mut Tx, caller: &Caller, id: Uuid) -> Result<Rulebook, AppError> {
    let row = rulebooks::get(tx, caller.tenant, id).await?;
    caller.at(row.site).map_err(|_| AppError::NotFound("rulebook version"))?;
    Ok(row)
}

/// Refuses what is wrong or undecided.
pub(super) fn require_activatable(app: &App, row: &Rulebook) -> Result<(), AppError> {
    let checked = check(&app.presets, &row.slug, &row.document);
    if checked.problems.is_activatable() {
        return Ok(());
    }
    let message = "the rulebook cannot be activated yet";
    Err(refused("id", message, &checked.problems, |severity| severity != Severity::Warning))
}

/// Lets browsers know that the rulebook changed.
pub(super) async fn tell(
    tx: &mut Tx,
    caller: &Caller,
    row: &Rulebook,
    now: chrono::DateTime<chrono::Utc>,
) -> Result<(), AppError> {
    let subject = row.id.to_string();
    let changes = [("rulebook", subject.as_str())];
    store::changes::publish(tx, caller.tenant, row.site, &changes, now).await?;
    Ok(())
}
