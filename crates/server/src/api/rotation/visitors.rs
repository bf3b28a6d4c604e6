//! Who a visitor turns out to be, and who steps up uncalled.

use app::{ClientId, PersonId, VisitId, clients, rotation::Command};
use chrono::{DateTime, Utc};
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use super::command::{commands, known, noted};
use crate::web::state::Server;

pub fn routes() -> OpenApiRouter<Server> {
    OpenApiRouter::new().routes(routes!(identify)).routes(routes!(claim))
}

/// Who a visitor is.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Identify {
    /// The client.
    client: Uuid,
    /// When it happened, where it is typed in late.
    happened_at: Option<DateTime<Utc>>,
    /// Why; kept sealed beside the journal.
    reason: Option<String>,
}

/// Somebody wants to receive a visitor without being called.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StepUp {
    /// Who.
    person: Uuid,
    /// When it happened, where it is typed in late.
    happened_at: Option<DateTime<Utc>>,
    /// Why; kept sealed beside the journal.
    reason: Option<String>,
}

noted!(Identify, StepUp);

commands! { "visits";
    /// It turns out who a visitor is: nothing is dealt again, and what would have been is proposed
    identify "/sites/{site}/visits/{visit}/identify" "visit" visit: Uuid, Identify, |server, caller, site, said| {
        let client = clients::get(&server.app, &caller, ClientId(said.client)).await?;
        Command::Identify { visit: VisitId(visit), client: Some(client.id), ownership: None }
    };
    /// Somebody steps up to a visitor uncalled: theirs only where the rulebook would call them
    claim "/sites/{site}/visits/{visit}/claim" "visit" visit: Uuid, StepUp, |server, caller, site, said| {
        known(&server, &caller, "person", Some(said.person)).await?;
        Command::Claim { visit: VisitId(visit), by: PersonId(said.person), arrival: None }
    };
}
