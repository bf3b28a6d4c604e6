//! Deals in lists: of a site, of a client; amounts only for whom they concern.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    commission::PersonShare,
    people::{ClientId, PersonId},
};
use serde::Serialize;
use store::{SiteId, Tx, commission};
use uuid::Uuid;

use super::held::{peek, sees};
use crate::{App, AppError, Caller, privacy, roles::Permission};

/// How many deals a list shows at most.
const LIST_MAX: i64 = 200;

/// A deal in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Listed {
    /// Which.
    pub id: Uuid,
    /// With whom.
    pub client: ClientId,
    /// The client's name, masked.
    pub client_name: Option<String>,
    /// Who brought it about.
    pub closer: PersonId,
    /// The stage: `reserved`, `subscribed`, `signed`.
    pub stage: String,
    /// The commission, in minor units; nothing where nobody has entered it or the caller may not know.
    pub commission: Option<i64>,
    /// The currency.
    pub currency: String,
    /// What is open: `same_day`, `agreement`, `undecided`.
    pub pending: Option<String>,
    /// When that settles by itself.
    pub due_at: Option<DateTime<Utc>>,
    /// When it was recorded.
    pub opened_at: DateTime<Utc>,
    /// The day it closed.
    pub closed_on: Option<NaiveDate>,
    /// Whether it was called off.
    pub cancelled: bool,
    /// The parts; nothing while they are open or where the caller may not know.
    pub parts: Vec<PersonShare>,
}

/// The last deals of `site`, the newest first; only those with something open where `open` says so.
/// With the names of everybody.
pub async fn deals(
    app: &App,
    caller: &Caller,
    site: SiteId,
    open: bool,
) -> Result<(Vec<Listed>, BTreeMap<PersonId, String>), AppError> {
    caller.at(site)?;
    caller.require(Permission::SeeClients)?;
    let mut tx = app.db.read().await?;
    let rows = commission::of_site(&mut tx, caller.tenant, site, open, LIST_MAX).await?;
    let listed = each(app, &mut tx, caller, rows).await?;
    Ok((listed, crate::people::names(&mut tx, caller.tenant).await?))
}

/// The deals with `client`, the newest first, with the names of everybody.
pub async fn deals_of_client(
    app: &App,
    caller: &Caller,
    client: ClientId,
) -> Result<(Vec<Listed>, BTreeMap<PersonId, String>), AppError> {
    caller.require(Permission::SeeClients)?;
    let mut tx = app.db.read().await?;
    let site = store::clients::get(&mut tx, caller.tenant, client.0).await?.site;
    caller.at(site).map_err(|_| AppError::NotFound("client"))?;
    let rows = commission::of_client(&mut tx, caller.tenant, client.0).await?;
    let listed = each(app, &mut tx, caller, rows).await?;
    Ok((listed, crate::people::names(&mut tx, caller.tenant).await?))
}

async fn each(
    app: &App,
    tx: &mut Tx,
    caller: &Caller,
    rows: Vec<commission::Deal>,
) -> Result<Vec<Listed>, AppError> {
    let mut listed = Vec::new();
    for row in rows {
        let (row, deal) = peek(tx, caller, row.id).await?;
        let shown = sees(caller, &deal);
        let client = ClientId(row.client);
        listed.push(Listed {
            id: row.id,
            client,
            client_name: privacy::masked_name(app, tx, caller.tenant, client).await?,
            closer: PersonId(row.closer),
            stage: row.stage,
            commission: row.commission.filter(|_| shown),
            currency: row.currency,
            pending: row.pending.filter(|_| row.cancelled_at.is_none()),
            due_at: row.due_at,
            opened_at: row.opened_at,
            closed_on: row.closed_on,
            cancelled: row.cancelled_at.is_some(),
            parts: if shown { deal.parts } else { Vec::new() },
        });
    }
    Ok(listed)
}
