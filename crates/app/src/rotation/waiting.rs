//! Visitors whom nobody receives yet.

use domain::{
    calendar::Moment,
    people::{ClientId, PersonId, VisitId},
    rotation::{
        Floor,
        rules::Situation,
        state::{Phase, Visit},
    },
};
use serde::Serialize;
use store::{SiteId, TenantId, Tx};

use super::saved::look;
use crate::{App, AppError, Caller, privacy, roles::Permission};

/// A visit that waits for somebody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WaitingVisit {
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
    /// How many people came.
    pub people: u32,
    /// Since when.
    pub since: Moment,
    /// The owner who is asked, if one is.
    pub asks: Option<PersonId>,
    /// Who is called and has not answered, and until when.
    pub called: Option<(PersonId, Moment)>,
}

/// The visitors of `site` whom nobody receives yet, in the order in which they came.
pub async fn waiting(
    app: &App,
    caller: &Caller,
    site: SiteId,
) -> Result<Vec<WaitingVisit>, AppError> {
    caller.at(site)?;
    caller.require(Permission::SeeFloor)?;
    let mut tx = app.db.read().await?;
    let (saved, ..) = look(&mut tx, caller.tenant, site).await?;
    of_floor(app, &mut tx, caller.tenant, &saved.floor).await
}

pub(super) async fn of_floor(
    app: &App,
    tx: &mut Tx,
    tenant: TenantId,
    floor: &Floor,
) -> Result<Vec<WaitingVisit>, AppError> {
    let mut waiting = Vec::new();
    for (id, visit) in &floor.visits {
        if matches!(visit.phase, Phase::Received | Phase::Ended) {
            continue;
        }
        waiting.push(of_visit(app, tx, tenant, *id, visit).await?);
    }
    waiting.sort_by_key(|visit: &WaitingVisit| (visit.since, visit.number));
    Ok(waiting)
}

pub(super) async fn of_visit(
    app: &App,
    tx: &mut Tx,
    tenant: TenantId,
    id: VisitId,
    visit: &Visit,
) -> Result<WaitingVisit, AppError> {
    let name = match visit.arrival.client {
        Some(client) => privacy::masked_name(app, tx, tenant, client).await?,
        None => None,
    };
    let (asks, called) = match (visit.phase, visit.receiver) {
        (Phase::Asking(owner), _) => (Some(owner), None),
        (Phase::Offered { until }, Some(person)) => (None, Some((person, until))),
        _ => (None, None),
    };
    Ok(WaitingVisit {
        visit: id,
        number: visit.number,
        client: visit.arrival.client,
        name,
        situation: visit.situation,
        people: visit.arrival.people.max(1),
        since: visit.arrived_at,
        asks,
        called,
    })
}
