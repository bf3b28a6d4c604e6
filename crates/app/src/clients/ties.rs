//! How clients belong together: family, household, shareholders and employees of a company.

use chrono::{DateTime, Utc};
use domain::{attribution::rules::Relation, people::ClientId};
use serde::Serialize;
use serde_json::json;
use store::{clients, retry};
use uuid::Uuid;

use crate::{
    App, AppError, Caller,
    privacy::{self, Shown},
    record::{Write, client_stream, write},
    roles::Permission,
};

/// Somebody whom a client belongs together with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Tied {
    /// The other client.
    pub client: ClientId,
    /// Who that is, masked.
    pub shown: Shown,
    /// How.
    pub relation: Relation,
    /// Whether the rulebook counts them as one client.
    pub counts: Option<bool>,
    /// Since when it is known.
    pub made_at: DateTime<Utc>,
}

/// Everybody whom `client` belongs together with.
pub async fn ties(app: &App, caller: &Caller, client: ClientId) -> Result<Vec<Tied>, AppError> {
    caller.require(Permission::SeeClients)?;
    let mut tx = app.db.read().await?;
    let found = clients::get(&mut tx, caller.tenant, client.0).await?;
    caller.at(found.site).map_err(|_| AppError::NotFound("client"))?;
    let now = app.clock.now();
    let ruling = crate::rulebooks::ruling_at(app, &mut tx, caller.tenant, found.site, now).await?;
    let counts = |relation: Relation| {
        let identity = &ruling.as_ref()?.attribution.identity;
        let company = identity.company.value().is_some_and(|all| all.contains(&relation));
        match relation {
            Relation::Shareholder | Relation::Employee => Some(company),
            _ => identity.family.value().map(|all| all.contains(&relation)),
        }
    };
    let mut tied = Vec::new();
    for tie in clients::ties(&mut tx, caller.tenant, client.0).await? {
        let Some(relation) = Relation::of_word(&tie.relation) else { continue };
        let other = clients::get(&mut tx, caller.tenant, tie.other).await?;
        tied.push(Tied {
            client: ClientId(tie.other),
            shown: privacy::shown(app, &other, false)?,
            relation,
            counts: counts(relation),
            made_at: tie.made_at,
        });
    }
    Ok(tied)
}

/// Notes that `client` and `other` belong together; with no relation, that they do not.
pub async fn tie(
    app: &App,
    caller: &Caller,
    client: ClientId,
    other: ClientId,
    relation: Option<Relation>,
) -> Result<(), AppError> {
    caller.require(Permission::RegisterClients)?;
    if client == other {
        return Err(AppError::invalid("other", "this is the same record", "choose somebody else"));
    }
    let (tenant, now) = (caller.tenant, app.clock.now());
    let command_id = Uuid::now_v7();
    retry!(AppError, async {
        let mut tx = app.db.write().await?;
        let one = clients::get(&mut tx, tenant, client.0).await?;
        let two = clients::get(&mut tx, tenant, other.0).await?;
        caller.at(one.site).map_err(|_| AppError::NotFound("client"))?;
        if one.site != two.site {
            return Err(AppError::NotFound("client"));
        }
        let event = if relation.is_some() { "tied" } else { "untied" };
        let mut ends = [(client, other), (other, client)];
        ends.sort_unstable();
        for (part, (end, far)) in (0..).zip(ends) {
            let command = json!({ "event": event, "client": end, "other": far,
                "relation": relation.map(Relation::word) });
            let plain = Write::new(one.site, client_stream(end.0), "tie_clients", command, now);
            write(&mut tx, caller, &Write { command_id, part, ..plain }).await?;
        }
        match relation {
            Some(relation) => {
                clients::tie(&mut tx, tenant, client.0, other.0, relation.word(), now).await?;
            }
            None => drop(clients::untie(&mut tx, tenant, client.0, other.0).await?),
        }
        let subject = client.to_string();
        store::changes::publish(&mut tx, tenant, one.site, &[("client", &subject)], now).await?;
        Ok::<_, AppError>(tx.commit().await?)
    })
}
