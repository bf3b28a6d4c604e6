//! Rulebooks 制度: presets, the versions of a site, what is wrong with them, and activating one.

use app::{SiteId, rulebooks};
use axum::{Json, extract::State, http::StatusCode};
use chrono::{DateTime, Utc};
use rulebook::Severity;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use super::{
    bearer::Bearer,
    problem::Problem,
    said::{At, Said, sensible},
};
use crate::web::state::Server;

pub fn routes() -> OpenApiRouter<Server> {
    OpenApiRouter::new()
        .routes(routes!(presets))
        .routes(routes!(list, submit))
        .routes(routes!(check))
        .routes(routes!(get))
        .routes(routes!(activate))
}

/// A rulebook that comes with the program.
#[derive(Debug, Serialize, ToSchema)]
pub struct Preset {
    slug: String,
    title_zh: String,
    title_en: String,
    /// The regulation that it states.
    regulation: Option<String>,
    clause_count: usize,
    /// The settings that it leaves undecided.
    undecided: Vec<String>,
}

/// A version of a site's rulebook.
#[derive(Debug, Serialize, ToSchema)]
pub struct Version {
    id: Uuid,
    site: Uuid,
    slug: String,
    /// Which version of it, from 1.
    number: i64,
    title_zh: String,
    title_en: String,
    created_by: Option<Uuid>,
    created_at: DateTime<Utc>,
    approved_by: Option<Uuid>,
    approved_at: Option<DateTime<Utc>>,
    /// From when on it rules; nothing while it is a draft.
    effective_at: Option<DateTime<Utc>>,
    /// Whether it rules now.
    active: bool,
}

impl From<rulebooks::Version> for Version {
    fn from(version: rulebooks::Version) -> Self {
        Self {
            id: version.id,
            site: version.site.0,
            slug: version.slug,
            number: version.number,
            title_zh: version.title.zh,
            title_en: version.title.en,
            created_by: version.created_by.map(|person| person.0),
            created_at: version.created_at,
            approved_by: version.approved_by.map(|person| person.0),
            approved_at: version.approved_at,
            effective_at: version.effective_at,
            active: version.active,
        }
    }
}

/// What is wrong with a rulebook.
#[derive(Debug, Serialize, ToSchema)]
pub struct Fault {
    /// `error`, `undecided` or `warning`.
    severity: &'static str,
    rulebook: String,
    /// From 1; 0 where there is none.
    line: usize,
    /// What is wrong, in English.
    message: String,
    /// The same in Chinese.
    message_zh: String,
    /// What to do, in English.
    hint: String,
    /// The same in Chinese.
    hint_zh: String,
}

/// A rulebook, checked.
#[derive(Debug, Serialize, ToSchema)]
pub struct Checked {
    /// Whether it can be submitted as a draft.
    readable: bool,
    /// Whether it can be activated.
    activatable: bool,
    problems: Vec<Fault>,
}

impl From<&rulebooks::Checked> for Checked {
    fn from(checked: &rulebooks::Checked) -> Self {
        let fault = |problem: &rulebook::Problem| Fault {
            severity: match problem.severity {
                Severity::Error => "error",
                Severity::Undecided => "undecided",
                Severity::Warning => "warning",
            },
            rulebook: problem.place.rulebook.clone(),
            line: problem.place.line,
            message: problem.message.en.clone(),
            message_zh: problem.message.zh.clone(),
            hint: problem.hint.en.clone(),
            hint_zh: problem.hint.zh.clone(),
        };
        Self {
            readable: checked.problems.is_readable(),
            activatable: checked.problems.is_activatable(),
            problems: checked.problems.0.iter().map(fault).collect(),
        }
    }
}

/// A version with its document, and what is wrong with it.
#[derive(Debug, Serialize, ToSchema)]
pub struct Whole {
    version: Version,
    /// The document, TOML.
    text: String,
    checked: Checked,
}

/// A rulebook to be submitted or checked.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Written {
    /// Small letters, digits and hyphens.
    slug: String,
    /// The document, TOML; nothing copies the preset `slug`.
    text: Option<String>,
}

/// From when on.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Activation {
    /// From when on it rules; else from now.
    effective_at: Option<DateTime<Utc>>,
}

/// The rulebooks that come with the program
#[utoipa::path(get, path = "/presets", tag = "rulebooks", responses(
    (status = 200, body = Vec<Preset>),
    (status = "4XX", body = Problem, content_type = "application/problem+json")))]
async fn presets(
    State(server): State<Server>,
    Bearer(caller): Bearer,
) -> Result<Json<Vec<Preset>>, Problem> {
    let preset = |preset: rulebooks::Preset| Preset {
        slug: preset.slug,
        title_zh: preset.title.zh,
        title_en: preset.title.en,
        regulation: preset.regulation,
        clause_count: preset.clause_count,
        undecided: preset.undecided,
    };
    let all = rulebooks::presets(&server.app, &caller)?;
    Ok(Json(all.into_iter().map(preset).collect()))
}

/// All versions of a site's rulebooks, by slug, the newest first
#[utoipa::path(get, operation_id = "list_rulebooks", path = "/sites/{site}/rulebooks", tag = "rulebooks", params(("site" = Uuid, Path)), responses(
    (status = 200, body = Vec<Version>),
    (status = "4XX", body = Problem, content_type = "application/problem+json")))]
async fn list(
    State(server): State<Server>,
    Bearer(caller): Bearer,
    At(site): At<Uuid>,
) -> Result<Json<Vec<Version>>, Problem> {
    let all = rulebooks::versions(&server.app, &caller, SiteId(site)).await?;
    Ok(Json(all.into_iter().map(Version::from).collect()))
}

/// Adds the next version of a site's rulebook, a draft
#[utoipa::path(post, path = "/sites/{site}/rulebooks", tag = "rulebooks", params(("site" = Uuid, Path)),
    request_body = Written, responses(
    (status = 201, body = Version),
    (status = "4XX", body = Problem, content_type = "application/problem+json")))]
async fn submit(
    State(server): State<Server>,
    Bearer(caller): Bearer,
    At(site): At<Uuid>,
    Said(said): Said<Written>,
) -> Result<(StatusCode, Json<Version>), Problem> {
    let site = app::sites::site(&server.app, &caller, SiteId(site)).await?.id;
    let version = match &said.text {
        Some(text) => rulebooks::submit(&server.app, &caller, site, &said.slug, text).await?,
        None => rulebooks::copy_preset(&server.app, &caller, site, &said.slug).await?,
    };
    Ok((StatusCode::CREATED, Json(version.into())))
}

/// Checks a rulebook; nothing is recorded
#[utoipa::path(post, path = "/rulebooks/check", tag = "rulebooks", request_body = Written, responses(
    (status = 200, body = Checked),
    (status = "4XX", body = Problem, content_type = "application/problem+json")))]
async fn check(
    State(server): State<Server>,
    Bearer(caller): Bearer,
    Said(said): Said<Written>,
) -> Result<Json<Checked>, Problem> {
    caller.require(app::roles::Permission::SeeRulebooks)?;
    let presets = &server.app.presets;
    let text = match said.text {
        Some(text) => text,
        None => presets.text(&said.slug).map_err(|_| app::AppError::NotFound("preset"))?,
    };
    Ok(Json((&rulebooks::check(presets, &said.slug, &text)).into()))
}

/// A version with its document, and what is wrong with it
#[utoipa::path(get, operation_id = "get_rulebook", path = "/rulebooks/{version}", tag = "rulebooks", params(("version" = Uuid, Path)), responses(
    (status = 200, body = Whole),
    (status = "4XX", body = Problem, content_type = "application/problem+json")))]
async fn get(
    State(server): State<Server>,
    Bearer(caller): Bearer,
    At(version): At<Uuid>,
) -> Result<Json<Whole>, Problem> {
    let (version, checked) = rulebooks::version(&server.app, &caller, version).await?;
    let text = version.text.clone();
    Ok(Json(Whole { version: version.into(), text, checked: (&checked).into() }))
}

/// Approves a draft, and lets it rule
#[utoipa::path(post, path = "/rulebooks/{version}/activate", tag = "rulebooks",
    params(("version" = Uuid, Path)), request_body = Activation, responses(
    (status = 200, body = Version),
    (status = "4XX", body = Problem, content_type = "application/problem+json")))]
async fn activate(
    State(server): State<Server>,
    Bearer(caller): Bearer,
    At(version): At<Uuid>,
    Said(said): Said<Activation>,
) -> Result<Json<Version>, Problem> {
    let from = sensible("effective_at", said.effective_at)?;
    Ok(Json(rulebooks::activate(&server.app, &caller, version, from).await?.into()))
}
