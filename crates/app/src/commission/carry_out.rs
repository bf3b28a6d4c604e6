//! A deal moves on: stages, amounts, agreement, ruling, calling off; the clock settles what is due.

use domain::{
    commission::{Command, Outcome, PersonShare, rules::Stage},
    people::Actor,
};
use store::{SiteId, StreamKind, TenantId, commission, journal, retry, stream};
use uuid::Uuid;

use super::held::{Carried, Given, HeldDeal, client_of};
use crate::{App, AppError, Caller, CommandId, roles::Permission};

/// What may be asked of a deal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asked {
    /// It has reached a later stage.
    Advance(Stage),
    /// The price and the commission, in minor units.
    SetAmounts {
        /// The price.
        price: Option<i64>,
        /// The commission.
        commission: Option<i64>,
    },
    /// The caller, a party, proposes parts.
    Propose(Vec<PersonShare>),
    /// The caller, a party, agrees to what was proposed.
    Confirm,
    /// The caller, a party, does not.
    Decline,
    /// It is called off, for a reason.
    Cancel(String),
    /// Somebody in authority rules on the parts, for a reason.
    Rule {
        /// The parts.
        shares: Vec<PersonShare>,
        /// Why.
        reason: String,
    },
}

/// Carries out `asked` about the deal `id`, exactly once for each `command`.
pub async fn carry_out(
    app: &App,
    caller: &Caller,
    id: Uuid,
    command: CommandId,
    asked: &Asked,
) -> Result<Carried, AppError> {
    caller.require(match asked {
        Asked::Cancel(_) | Asked::Rule { .. } => Permission::RuleDeals,
        _ => Permission::RecordDeals,
    })?;
    retry!(AppError, once(app, caller, id, command, asked))
}

async fn once(
    app: &App,
    caller: &Caller,
    id: Uuid,
    command_id: CommandId,
    asked: &Asked,
) -> Result<Carried, AppError> {
    let (now, tenant) = (app.clock.now(), caller.tenant);
    let mut tx = app.db.write().await?;
    let row = commission::get(&mut tx, tenant, id).await?;
    caller.at(row.site).map_err(|_| AppError::NotFound("deal"))?;
    let ruling = crate::rulebooks::ruling_at(app, &mut tx, tenant, row.site, now).await?;
    let ruling = ruling.ok_or_else(|| {
        AppError::conflict("no rulebook is in effect at this site", "activate a rulebook")
    })?;
    let mut held = HeldDeal::claim(&mut tx, (tenant, row.site), id, ruling, now).await?;
    if let Some(entry) = journal::by_command(&mut tx, tenant, command_id).await? {
        let same = entry.stream == held.claimed.id && entry.actor == caller.spelled();
        stream::release(&mut tx, tenant, &held.claimed).await?;
        return if same { Carried::of(&entry) } else { Err(AppError::other_command(command_id)) };
    }
    if !super::held::sees(caller, &held.deal) && !caller.may(Permission::AttendForOthers) {
        return Err(AppError::NotPermitted(Permission::RuleDeals));
    }
    let (command, reason) = domain_command(caller, &held, asked)?;
    let note = match reason.map(str::trim).filter(|reason| !reason.is_empty()) {
        Some(text) => Some(crate::notes::add(app, &mut tx, caller, row.site, text, now).await?),
        None => None,
    };
    let given = Given { caller, id: command_id, at: now, now, note };
    let carried = held.carry_out(&mut tx, &command, &caller.actor(), &given).await?;
    let client = client_of(&held.deal)?.to_string();
    let subjects = [("client", &*client), ("deal", &*id.to_string())];
    store::changes::publish(&mut tx, tenant, row.site, &subjects, now).await?;
    tx.commit().await?;
    Ok(carried)
}

/// The command of the domain, and the reason that was typed.
fn domain_command<'a>(
    caller: &Caller,
    held: &HeldDeal,
    asked: &'a Asked,
) -> Result<(Command, Option<&'a str>), AppError> {
    // Nobody agrees for somebody else.
    let by = caller.person.ok_or(AppError::NotPermitted(Permission::RecordDeals));
    Ok(match asked {
        Asked::Advance(stage) => {
            let circumstances = held.deal.circumstances.clone();
            (Command::Advance { stage: *stage, circumstances }, None)
        }
        Asked::SetAmounts { price, commission } => {
            (Command::SetAmounts { price: *price, commission: *commission }, None)
        }
        Asked::Propose(shares) => (Command::Propose { by: by?, shares: shares.clone() }, None),
        Asked::Confirm => (Command::Confirm { by: by? }, None),
        Asked::Decline => (Command::Decline { by: by? }, None),
        Asked::Cancel(reason) => (Command::Cancel, Some(reason)),
        Asked::Rule { shares, reason } => {
            if reason.trim().is_empty() {
                return Err(AppError::invalid(
                    "reason",
                    "a ruling needs a reason",
                    "write down why",
                ));
            }
            (Command::Rule { shares: shares.clone() }, Some(reason))
        }
    })
}

/// What has fallen due of the deal `id` happens.
pub(crate) async fn settle(
    app: &App,
    tenant: TenantId,
    site: SiteId,
    id: Uuid,
) -> Result<(), AppError> {
    let now = app.clock.now();
    let caller = Caller::system(tenant);
    let mut tx = app.db.write().await?;
    let Some(ruling) = crate::rulebooks::ruling_at(app, &mut tx, tenant, site, now).await? else {
        return Ok(());
    };
    let mut held = HeldDeal::claim(&mut tx, (tenant, site), id, ruling, now).await?;
    debug_assert_eq!(held.claimed.id.kind, StreamKind::Deal);
    if held.deal.deadline().is_none_or(|due| due.to_utc() > now) {
        // Somebody was faster.
        tx.rollback().await?;
        return Ok(());
    }
    let given = Given { caller: &caller, id: Uuid::now_v7(), at: now, now, note: None };
    let carried = held.carry_out(&mut tx, &Command::Settle, &Actor::clock(), &given).await?;
    tracing::debug!(waits = matches!(carried.outcome, Outcome::Waits { .. }), "a deal settled");
    let client = client_of(&held.deal)?.to_string();
    let subjects = [("client", &*client), ("deal", &*id.to_string())];
    store::changes::publish(&mut tx, tenant, site, &subjects, now).await?;
    tx.commit().await?;
    Ok(())
}
