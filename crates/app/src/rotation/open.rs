//! Visits that are not over: waiting, called for, being received.

use domain::{
    calendar::Moment,
    people::{ClientId, PersonId, VisitId},
    rotation::{
        rules::Situation,
        state::{Arrival, Phase, Visit},
    },
};
use serde::Serialize;
use store::{SiteId, TenantId, Tx};

use super::saved::look;
use crate::{App, AppError, Caller, privacy, roles::Permission};

/// A visit that is not over, or was over a moment ago.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OpenVisit {
    /// Which.
    pub visit: VisitId,
    /// Its number of the day.
    pub number: u32,
    /// The client, once known.
    pub client: Option<ClientId>,
    /// The client's name, masked.
    pub name: Option<String>,
    /// What the visit is to the rotation.
    pub situation: Option<Situation>,
    /// How far it is.
    pub phase: Phase,
    /// Who is responsible.
    pub receiver: Option<PersonId>,
    /// Who helps.
    pub helpers: Vec<PersonId>,
    /// When the visitor came.
    pub arrived_at: Moment,
    /// Since when the receiver receives.
    pub received_at: Option<Moment>,
    /// What was known on arrival.
    pub arrival: Arrival,
}

/// The visits of `site` that are not over, in the order in which they came.
pub async fn open_visits(
    app: &App,
    caller: &Caller,
    site: SiteId,
) -> Result<Vec<OpenVisit>, AppError> {
    let mut open = today(app, caller, site).await?;
    open.retain(|visit| visit.phase != Phase::Ended);
    Ok(open)
}

/// The visit `id` of today at `site`, also if it is over.
pub async fn visit(
    app: &App,
    caller: &Caller,
    site: SiteId,
    id: VisitId,
) -> Result<OpenVisit, AppError> {
    let mut all = today(app, caller, site).await?;
    all.retain(|visit| visit.visit == id);
    all.pop().ok_or(AppError::NotFound("visit"))
}

async fn today(app: &App, caller: &Caller, site: SiteId) -> Result<Vec<OpenVisit>, AppError> {
    caller.at(site)?;
    caller.require(Permission::SeeFloor)?;
    let mut tx = app.db.read().await?;
    let (saved, ..) = look(&mut tx, caller.tenant, site).await?;
    let mut all = Vec::new();
    for (id, visit) in &saved.floor.visits {
        all.push(of_visit(app, &mut tx, caller.tenant, *id, visit).await?);
    }
    all.sort_by_key(|visit| visit.number);
    Ok(all)
}

async fn of_visit(
    app: &App,
    tx: &mut Tx,
    tenant: TenantId,
    id: VisitId,
    visit: &Visit,
) -> Result<OpenVisit, AppError> {
    let name = match visit.arrival.client {
        Some(client) => privacy::masked_name(app, tx, tenant, client).await?,
        None => None,
    };
    Ok(OpenVisit {
        visit: id,
        number: visit.number,
        client: visit.arrival.client,
        name,
        situation: visit.situation,
        phase: visit.phase,
        receiver: visit.receiver,
        helpers: visit.helpers.clone(),
        arrived_at: visit.arrived_at,
        received_at: visit.received_at,
        arrival: visit.arrival.clone(),
    })
}
