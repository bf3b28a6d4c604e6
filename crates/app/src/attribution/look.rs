//! What is known of whose client somebody is, for pages and for arrivals.

use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    attribution::{Client, Ownership, decide::Standing},
    people::ClientId,
};
use rulebook::{Because, Trail};
use serde::Serialize;
use store::{SiteId, Tx, clients, stream};

use super::held::{read, standing_or_last};
use crate::{
    App, AppError, Caller,
    record::client_stream,
    roles::Permission,
    rotation::{moment, zone_of},
    rulebooks::Ruling,
};

/// A client as attribution sees them now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Looked {
    /// Whose client it is, if anybody's.
    pub standing: Option<Standing>,
    /// Registrations, contacts, rights, closing.
    pub client: Client,
    /// The reasons.
    pub because: Because,
    /// The first day on which the owner is warned of a lapse.
    pub warned_from: Option<NaiveDate>,
}

/// What is known of `client`, at this moment.
pub async fn look(app: &App, caller: &Caller, client: ClientId) -> Result<Looked, AppError> {
    caller.require(Permission::SeeClients)?;
    let now = app.clock.now();
    let mut tx = app.db.read().await?;
    let row = clients::get(&mut tx, caller.tenant, client.0).await?;
    caller.at(row.site).map_err(|_| AppError::NotFound("client"))?;
    let ruling = crate::rulebooks::ruling_at(app, &mut tx, caller.tenant, row.site, now).await?;
    let (client, standing, because) = at(&mut tx, &row, ruling.as_deref(), now).await?;
    let warned_from = warned_from(ruling.as_deref(), standing);
    Ok(Looked { standing, client, because, warned_from })
}

/// The first day on which the owner is warned that their right lapses.
pub(super) fn warned_from(
    ruling: Option<&Ruling>,
    standing: Option<Standing>,
) -> Option<NaiveDate> {
    let days = ruling?.attribution.validity.warning_days.value().copied()?;
    standing?.until?.checked_sub_days(chrono::Days::new(u64::from(days)))
}

/// The site of `client`, which the caller may reach.
pub async fn site_of(app: &App, caller: &Caller, client: ClientId) -> Result<SiteId, AppError> {
    caller.require(Permission::SeeClients)?;
    let mut tx = app.db.read().await?;
    let site = clients::get(&mut tx, caller.tenant, client.0).await?.site;
    caller.at(site).map_err(|_| AppError::NotFound("client"))?;
    Ok(site)
}

/// Whose client the one in `row` is at `now`, as the rotation takes it.
pub(crate) async fn ownership_at(
    tx: &mut Tx,
    row: &clients::Client,
    ruling: Option<&Ruling>,
    now: DateTime<Utc>,
) -> Result<Option<Ownership>, AppError> {
    Ok(at(tx, row, ruling, now).await?.1.map(Standing::ownership))
}

pub(super) async fn at(
    tx: &mut Tx,
    row: &clients::Client,
    ruling: Option<&Ruling>,
    now: DateTime<Utc>,
) -> Result<(Client, Option<Standing>, Because), AppError> {
    let zone = zone_of(tx, row.tenant, row.site).await?;
    let peeked = stream::peek(tx, row.tenant, client_stream(row.id)).await?;
    let state = peeked.and_then(|peeked| peeked.state);
    let client = read(state.as_deref(), row, ruling, |at| moment(zone, at))?;
    let mut trail = Trail::default();
    let standing = standing_or_last(ruling, &client, moment(zone, now), &mut trail);
    Ok((client, standing, trail.because()))
}
