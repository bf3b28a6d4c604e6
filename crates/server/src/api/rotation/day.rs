//! Opening and closing the day, and the order of a ring.

use app::rotation::Command;
use axum::{Json, extract::State};
use chrono::{DateTime, NaiveDate, Utc};
use domain::{people::PersonId, rotation::state::RingId};
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use super::{
    super::{
        bearer::Bearer,
        problem::Problem,
        said::{At, Key, Said, sensible_day},
    },
    Answer,
    command::{give, noted},
};
use crate::web::state::Server;

pub fn routes() -> OpenApiRouter<Server> {
    OpenApiRouter::new().routes(routes!(open)).routes(routes!(close)).routes(routes!(set_order))
}

/// Opens a day.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OpenDay {
    /// The date at the site; else today's.
    date: Option<NaiveDate>,
    /// The order, where the manager sets it daily.
    roster: Option<Vec<Uuid>>,
    /// When it happened, where it is typed in late.
    happened_at: Option<DateTime<Utc>>,
    /// Why; kept sealed beside the journal.
    reason: Option<String>,
}

/// Closes the day.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CloseDay {
    /// Whether visits that are still open are ended.
    #[serde(default)]
    end_open: bool,
    /// When it happened, where it is typed in late.
    happened_at: Option<DateTime<Utc>>,
    /// Why; kept sealed beside the journal.
    reason: Option<String>,
}

/// Sets the order of a ring.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SetOrder {
    /// Everybody in it, first to last.
    order: Vec<Uuid>,
    /// When it happened, where it is typed in late.
    happened_at: Option<DateTime<Utc>>,
    /// Why; kept sealed beside the journal.
    reason: Option<String>,
}

noted!(OpenDay, CloseDay, SetOrder);

/// The most people in an order.
const ORDER_MAX: usize = 1_000;

fn order(field: &str, people: Vec<Uuid>) -> Result<Vec<PersonId>, Problem> {
    if people.len() > ORDER_MAX {
        let detail = format!("there are more than {ORDER_MAX} people");
        return Err(Problem::field(field, detail, "leave out who is in another ring"));
    }
    Ok(people.into_iter().map(PersonId).collect())
}

/// Opens the day
#[utoipa::path(post, path = "/sites/{site}/day/open", tag = "day", params(("site" = Uuid, Path), Key),
    request_body = OpenDay, responses(
    (status = 200, body = Answer),
    (status = "4XX", body = Problem, content_type = "application/problem+json")))]
async fn open(
    State(server): State<Server>,
    Bearer(caller): Bearer,
    At(site): At<Uuid>,
    key: Key,
    Said(mut said): Said<OpenDay>,
) -> Result<Json<Answer>, Problem> {
    let roster = said.roster.take().map(|people| order("roster", people)).transpose()?;
    let date = match said.date {
        Some(date) => sensible_day("date", date)?,
        None => {
            let here = app::sites::site(&server.app, &caller, app::SiteId(site)).await?;
            here.moment(server.app.clock.now()).date_naive()
        }
    };
    give(&server, &caller, site, key, Command::OpenDay { date, roster }, &said).await
}

/// Closes the day
#[utoipa::path(post, path = "/sites/{site}/day/close", tag = "day", params(("site" = Uuid, Path), Key),
    request_body = CloseDay, responses(
    (status = 200, body = Answer),
    (status = "4XX", body = Problem, content_type = "application/problem+json")))]
async fn close(
    State(server): State<Server>,
    Bearer(caller): Bearer,
    At(site): At<Uuid>,
    key: Key,
    Said(said): Said<CloseDay>,
) -> Result<Json<Answer>, Problem> {
    let command = Command::CloseDay { end_open: said.end_open };
    give(&server, &caller, site, key, command, &said).await
}

/// Reads the name of a ring: `walk_in`, `phone`, with `:<team>` where each team has its own.
pub(super) fn ring(field: &str, name: &str) -> Result<RingId, Problem> {
    name.parse().map_err(|message: String| {
        Problem::field(
            field,
            message,
            "give `walk_in` or `phone`, with `:` and a team's id if teams have rings",
        )
    })
}

/// Sets the order of a ring
#[utoipa::path(post, path = "/sites/{site}/rings/{ring}/order", tag = "day",
    params(("site" = Uuid, Path), ("ring" = String, Path, example = "walk_in"), Key),
    request_body = SetOrder, responses(
    (status = 200, body = Answer),
    (status = "4XX", body = Problem, content_type = "application/problem+json")))]
async fn set_order(
    State(server): State<Server>,
    Bearer(caller): Bearer,
    At((site, name)): At<(Uuid, String)>,
    key: Key,
    Said(mut said): Said<SetOrder>,
) -> Result<Json<Answer>, Problem> {
    let ring = ring("ring", &name)?;
    let order = order("order", std::mem::take(&mut said.order))?;
    give(&server, &caller, site, key, Command::SetOrder { ring, order }, &said).await
}
