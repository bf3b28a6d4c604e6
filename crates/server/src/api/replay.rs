//! Replays 重演: a site's history under another rulebook version.

use app::{PersonId, replay, replay::Period};
use axum::{Json, extract::State, http::StatusCode};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use super::{
    bearer::Bearer,
    problem::Problem,
    said::{Asked, At, Key, Said},
};
use crate::web::state::Server;

pub fn routes() -> OpenApiRouter<Server> {
    OpenApiRouter::new().routes(routes!(ask)).routes(routes!(get)).routes(routes!(differences))
}

/// Which days are replayed; both included.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Days {
    /// The first; else the first there is.
    from: Option<NaiveDate>,
    /// The last; else up to now.
    to: Option<NaiveDate>,
}

/// A replay, as far as it has come.
#[derive(Debug, Serialize, ToSchema)]
pub struct Replay {
    id: Uuid,
    site: Uuid,
    rulebook: Uuid,
    slug: String,
    number: i64,
    from: Option<NaiveDate>,
    to: Option<NaiveDate>,
    asked_by: Option<Uuid>,
    asked_at: DateTime<Utc>,
    /// Entries read so far.
    read: i64,
    /// Entries there are; 0 before it began.
    total: i64,
    finished_at: Option<DateTime<Utc>>,
    failure: Option<String>,
    /// What it came to: visits, clients and sanctions compared, what differs, what was not recorded.
    #[schema(value_type = Option<Object>)]
    summary: Option<Value>,
}

impl From<replay::Replayed> for Replay {
    fn from(replayed: replay::Replayed) -> Self {
        Self {
            id: replayed.id,
            site: replayed.site.0,
            rulebook: replayed.rulebook,
            slug: replayed.slug,
            number: replayed.number,
            from: replayed.from,
            to: replayed.to,
            asked_by: replayed.asked_by.map(|person| person.0),
            asked_at: replayed.asked_at,
            read: replayed.read,
            total: replayed.total,
            finished_at: replayed.finished_at,
            failure: replayed.failure,
            summary: replayed.summary.and_then(|summary| serde_json::to_value(summary).ok()),
        }
    }
}

/// Which differences.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct Which {
    /// `visit`, `client` or `sanction`; else all.
    kind: Option<String>,
    /// Whom they concern on either side.
    person: Option<Uuid>,
    /// After the one with this number.
    after: Option<i64>,
    /// At most so many, up to 500; else 100.
    limit: Option<i64>,
}

/// A difference.
#[derive(Debug, Serialize, ToSchema)]
pub struct Differing {
    /// Its number, from 1.
    number: i64,
    /// What was and what would have been, with the reasons of both.
    #[schema(value_type = Object)]
    difference: Value,
}

/// Asks for a replay of the site's history under this version
#[utoipa::path(post, operation_id = "ask_replay", path = "/rulebooks/{version}/replays", tag = "rulebooks",
    params(("version" = Uuid, Path), Key), request_body = Days, responses(
    (status = 202, body = Replay),
    (status = "4XX", body = Problem, content_type = "application/problem+json")))]
async fn ask(
    State(server): State<Server>,
    Bearer(caller): Bearer,
    At(version): At<Uuid>,
    Key(id): Key,
    Said(said): Said<Days>,
) -> Result<(StatusCode, Json<Replay>), Problem> {
    let period = Period { from: said.from, to: said.to };
    let asked = replay::ask(&server.app, &caller, id, version, period).await?;
    Ok((StatusCode::ACCEPTED, Json(asked.into())))
}

/// A replay, as far as it has come
#[utoipa::path(get, operation_id = "get_replay", path = "/replays/{id}", tag = "rulebooks", params(("id" = Uuid, Path)), responses(
    (status = 200, body = Replay),
    (status = "4XX", body = Problem, content_type = "application/problem+json")))]
async fn get(
    State(server): State<Server>,
    Bearer(caller): Bearer,
    At(id): At<Uuid>,
) -> Result<Json<Replay>, Problem> {
    Ok(Json(replay::get(&server.app, &caller, id).await?.into()))
}

/// What a replay found
#[utoipa::path(get, operation_id = "list_replay_differences", path = "/replays/{id}/differences", tag = "rulebooks",
    params(("id" = Uuid, Path), Which), responses(
    (status = 200, body = Vec<Differing>),
    (status = "4XX", body = Problem, content_type = "application/problem+json")))]
async fn differences(
    State(server): State<Server>,
    Bearer(caller): Bearer,
    At(id): At<Uuid>,
    Asked(which): Asked<Which>,
) -> Result<Json<Vec<Differing>>, Problem> {
    let wanted = replay::Wanted {
        kind: which.kind,
        person: which.person.map(PersonId),
        after: which.after.unwrap_or(0),
        limit: which.limit.unwrap_or(100),
    };
    let page = replay::differences(&server.app, &caller, id, &wanted).await?;
    let found = page.found.into_iter().map(|(number, found)| Differing {
        number,
        difference: serde_json::to_value(found).unwrap_or_default(),
    });
    Ok(Json(found.collect()))
}
