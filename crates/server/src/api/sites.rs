//! Sites and their teams.

use app::{SiteId, sites};
use axum::{Json, extract::State, http::StatusCode};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use super::{
    bearer::Bearer,
    problem::Problem,
    said::{At, Said},
};
use crate::web::state::Server;

pub fn routes() -> OpenApiRouter<Server> {
    OpenApiRouter::new()
        .routes(routes!(list, create))
        .routes(routes!(get, edit))
        .routes(routes!(teams, create_team))
}

/// A site 案场.
#[derive(Debug, Serialize, ToSchema)]
pub struct Site {
    id: Uuid,
    name: String,
    /// The time zone by name.
    #[schema(example = "Asia/Shanghai")]
    time_zone: String,
    created_at: DateTime<Utc>,
    closed_at: Option<DateTime<Utc>>,
}

impl From<sites::Site> for Site {
    fn from(site: sites::Site) -> Self {
        let (id, name, time_zone) = (site.id.0, site.name, site.time_zone);
        Self { id, name, time_zone, created_at: site.created_at, closed_at: site.closed_at }
    }
}

/// What is known of a site.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SiteDetails {
    /// 1 to 80 characters.
    name: String,
    /// The time zone by name; else `Asia/Shanghai`.
    #[serde(default = "shanghai")]
    time_zone: String,
}

fn shanghai() -> String {
    "Asia/Shanghai".into()
}

/// A team of a site.
#[derive(Debug, Serialize, ToSchema)]
pub struct Team {
    id: Uuid,
    name: String,
    /// Its place among the teams, smallest first.
    rank: i64,
}

impl From<sites::Team> for Team {
    fn from(team: sites::Team) -> Self {
        Self { id: team.id.0, name: team.name, rank: team.rank }
    }
}

/// What is known of a team.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TeamDetails {
    /// 1 to 80 characters.
    name: String,
}

/// The sites that the caller may see
#[utoipa::path(get, operation_id = "list_sites", path = "/sites", tag = "sites", responses(
    (status = 200, body = Vec<Site>),
    (status = "4XX", body = Problem, content_type = "application/problem+json")))]
async fn list(
    State(server): State<Server>,
    Bearer(caller): Bearer,
) -> Result<Json<Vec<Site>>, Problem> {
    let all = sites::sites(&server.app, &caller).await?;
    Ok(Json(all.into_iter().map(Site::from).collect()))
}

/// Enters a site
#[utoipa::path(post, operation_id = "create_site", path = "/sites", tag = "sites", request_body = SiteDetails, responses(
    (status = 201, body = Site),
    (status = "4XX", body = Problem, content_type = "application/problem+json")))]
async fn create(
    State(server): State<Server>,
    Bearer(caller): Bearer,
    Said(said): Said<SiteDetails>,
) -> Result<(StatusCode, Json<Site>), Problem> {
    let site = sites::create_site(&server.app, &caller, &said.name, &said.time_zone).await?;
    Ok((StatusCode::CREATED, Json(site.into())))
}

/// A site
#[utoipa::path(get, operation_id = "get_site", path = "/sites/{site}", tag = "sites", params(("site" = Uuid, Path)), responses(
    (status = 200, body = Site),
    (status = "4XX", body = Problem, content_type = "application/problem+json")))]
async fn get(
    State(server): State<Server>,
    Bearer(caller): Bearer,
    At(site): At<Uuid>,
) -> Result<Json<Site>, Problem> {
    Ok(Json(sites::site(&server.app, &caller, SiteId(site)).await?.into()))
}

/// Renames a site or changes its time zone
#[utoipa::path(put, operation_id = "edit_site", path = "/sites/{site}", tag = "sites", params(("site" = Uuid, Path)),
    request_body = SiteDetails, responses(
    (status = 200, body = Site),
    (status = "4XX", body = Problem, content_type = "application/problem+json")))]
async fn edit(
    State(server): State<Server>,
    Bearer(caller): Bearer,
    At(site): At<Uuid>,
    Said(said): Said<SiteDetails>,
) -> Result<Json<Site>, Problem> {
    let (name, zone) = (&said.name, &said.time_zone);
    Ok(Json(sites::edit_site(&server.app, &caller, SiteId(site), name, zone).await?.into()))
}

/// The teams of a site
#[utoipa::path(get, path = "/sites/{site}/teams", tag = "sites", params(("site" = Uuid, Path)), responses(
    (status = 200, body = Vec<Team>),
    (status = "4XX", body = Problem, content_type = "application/problem+json")))]
async fn teams(
    State(server): State<Server>,
    Bearer(caller): Bearer,
    At(site): At<Uuid>,
) -> Result<Json<Vec<Team>>, Problem> {
    let all = sites::teams(&server.app, &caller, SiteId(site)).await?;
    Ok(Json(all.into_iter().map(Team::from).collect()))
}

/// Adds a team to a site
#[utoipa::path(post, path = "/sites/{site}/teams", tag = "sites", params(("site" = Uuid, Path)),
    request_body = TeamDetails, responses(
    (status = 201, body = Team),
    (status = "4XX", body = Problem, content_type = "application/problem+json")))]
async fn create_team(
    State(server): State<Server>,
    Bearer(caller): Bearer,
    At(site): At<Uuid>,
    Said(said): Said<TeamDetails>,
) -> Result<(StatusCode, Json<Team>), Problem> {
    // A site that is not there is told as such, not by the database.
    sites::site(&server.app, &caller, SiteId(site)).await?;
    let team = sites::create_team(&server.app, &caller, SiteId(site), &said.name).await?;
    Ok((StatusCode::CREATED, Json(team.into())))
}
