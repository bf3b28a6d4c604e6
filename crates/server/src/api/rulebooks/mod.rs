//! Rulebooks 制度: presets, the versions of a site, what is wrong with them, and activating one.

use app::{
    SiteId,
    rulebooks::{self, Change, Changed},
};
use axum::{Json, extract::State, http::StatusCode};
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

mod wire;

use wire::{
    Activation, Affected, Approval, ChangeOf, Checked, ClauseDifference, Compared, Difference,
    Fault, Preset, Ran, ScenarioFile, SettingDifference, Trial, Tried, Version, Whole, Written,
};

use super::{
    bearer::Bearer,
    problem::Problem,
    said::{Asked, At, Said, sensible},
};
use crate::web::state::Server;

pub fn routes() -> OpenApiRouter<Server> {
    OpenApiRouter::new()
        .routes(routes!(presets))
        .routes(routes!(list, submit))
        .routes(routes!(check))
        .routes(routes!(schema))
        .routes(routes!(run))
        .routes(routes!(get))
        .routes(routes!(copy))
        .routes(routes!(change))
        .routes(routes!(difference))
        .routes(routes!(affected))
        .routes(routes!(hand_in))
        .routes(routes!(approve))
        .routes(routes!(activate))
        .routes(routes!(withdraw))
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
    let activation = rulebooks::Activation { from, convert: said.convert };
    let active = rulebooks::activate_over(&server.app, &caller, version, &activation).await?;
    Ok(Json(active.into()))
}

/// Every setting that a rulebook may write, as a JSON Schema
#[utoipa::path(get, operation_id = "rulebook_schema", path = "/rulebooks/schema", tag = "rulebooks", responses(
    (status = 200, body = Object),
    (status = "4XX", body = Problem, content_type = "application/problem+json")))]
async fn schema(
    State(server): State<Server>,
    Bearer(caller): Bearer,
) -> Result<Json<serde_json::Value>, Problem> {
    caller.require(app::roles::Permission::SeeRulebooks)?;
    Ok(Json(rulebooks::schema(&server.app)))
}

/// Runs scenarios under a version; nothing is recorded
#[utoipa::path(post, operation_id = "run_scenarios", path = "/rulebooks/run", tag = "rulebooks", request_body = Trial, responses(
    (status = 200, body = Tried),
    (status = "4XX", body = Problem, content_type = "application/problem+json")))]
async fn run(
    State(server): State<Server>,
    Bearer(caller): Bearer,
    Said(said): Said<Trial>,
) -> Result<Json<Tried>, Problem> {
    let (_, checked) = rulebooks::version(&server.app, &caller, said.version).await?;
    let files = match said.text {
        Some(text) => vec![("typed.feature".to_owned(), text)],
        None => rulebooks::scenario_files(&server.app, &caller, said.version).await?,
    };
    let tried = rulebooks::try_scenarios(&caller, files, &checked.document).await?;
    let failed_count = tried.ran.iter().filter(|ran| ran.failure.is_some()).count();
    let ran = |ran: domain::scenario::Ran| {
        let failure = ran.failure.map(|failure| (failure.step, failure.line, failure.message));
        let (failed_step, failed_line, failure) = match failure {
            Some((step, line, message)) => (Some(step), Some(line), Some(message)),
            None => (None, None, None),
        };
        let domain::scenario::Ran { file, scenario, line, clauses, .. } = ran;
        Ran { file, scenario, line, clauses, failed_step, failed_line, failure }
    };
    Ok(Json(Tried {
        passed_count: tried.ran.len() - failed_count,
        failed_count,
        problems: tried.problems.0.iter().map(Fault::from).collect(),
        ran: tried.ran.into_iter().map(ran).collect(),
    }))
}

/// Copies a version as a draft that can be changed
#[utoipa::path(post, operation_id = "copy_rulebook", path = "/rulebooks/{version}/copy", tag = "rulebooks",
    params(("version" = Uuid, Path)), responses(
    (status = 201, body = Version),
    (status = "4XX", body = Problem, content_type = "application/problem+json")))]
async fn copy(
    State(server): State<Server>,
    Bearer(caller): Bearer,
    At(version): At<Uuid>,
) -> Result<(StatusCode, Json<Version>), Problem> {
    let copy = rulebooks::copy_version(&server.app, &caller, version).await?;
    Ok((StatusCode::CREATED, Json(copy.into())))
}

/// Changes a draft
#[utoipa::path(post, operation_id = "change_rulebook", path = "/rulebooks/{version}/change", tag = "rulebooks",
    params(("version" = Uuid, Path)), request_body = ChangeOf, responses(
    (status = 200, body = Version),
    (status = "4XX", body = Problem, content_type = "application/problem+json")))]
async fn change(
    State(server): State<Server>,
    Bearer(caller): Bearer,
    At(version): At<Uuid>,
    Said(said): Said<ChangeOf>,
) -> Result<Json<Version>, Problem> {
    let change = match (said.text, said.settings, said.scenario) {
        (Some(text), settings, None) if settings.is_empty() => Change::Text(text),
        (None, settings, None) if !settings.is_empty() => {
            Change::Settings(settings.into_iter().collect())
        }
        (None, settings, Some(ScenarioFile { file, text })) if settings.is_empty() => {
            Change::Scenario { file, text }
        }
        _ => {
            let detail = "this is not one change";
            return Err(Problem::field("body", detail, "give text, or settings, or a scenario"));
        }
    };
    match rulebooks::change(&server.app, &caller, version, said.revision, &change).await? {
        Changed::Saved(version) => Ok(Json((*version).into())),
        Changed::Wrong(wrong) => {
            let (setting, problem) = wrong.into_iter().next().unzip();
            let said: Option<rulebook::Problem> = problem;
            let (detail, hint) = said
                .map(|problem| {
                    (format!("{}: {}", problem.place, problem.message.en), problem.hint.en)
                })
                .unwrap_or_default();
            let field = setting.filter(|setting| !setting.is_empty());
            let field = field.map_or("text".to_owned(), |path| format!("settings.{path}"));
            Err(Problem::field(field, detail, hint))
        }
        Changed::Overtaken(now) => Err(app::AppError::Conflict {
            message: format!("somebody saved revision {} meanwhile", now.revision),
            hint: "read the version again, and send the change with its revision".into(),
        }
        .into()),
    }
}

/// What differs in a version from another
#[utoipa::path(get, operation_id = "rulebook_difference", path = "/rulebooks/{version}/difference", tag = "rulebooks",
    params(("version" = Uuid, Path), Compared), responses(
    (status = 200, body = Difference),
    (status = "4XX", body = Problem, content_type = "application/problem+json")))]
async fn difference(
    State(server): State<Server>,
    Bearer(caller): Bearer,
    At(version): At<Uuid>,
    Asked(compared): Asked<Compared>,
) -> Result<Json<Difference>, Problem> {
    let app = &server.app;
    let found = rulebooks::difference(app, &caller, compared.before, version).await?;
    let json = |value: Option<rulebook::Value>| value.map(|value| serde_json::json!(value));
    let settings = found.settings.into_iter().map(|setting| SettingDifference {
        setting: setting.setting,
        name_zh: setting.name.zh,
        name_en: setting.name.en,
        before: json(setting.before),
        after: json(setting.after),
        clauses: setting.clauses.into_iter().map(|clause| clause.0).collect(),
    });
    let clauses = found.clauses.into_iter().map(|clause| {
        let parts =
            |words: Option<rulebook::Words>| words.map(|words| (words.zh, words.en)).unzip();
        let ((before_zh, before_en), (after_zh, after_en)) =
            (parts(clause.before), parts(clause.after));
        let clause = clause.clause.0;
        ClauseDifference { clause, before_zh, before_en, after_zh, after_en }
    });
    Ok(Json(Difference { settings: settings.collect(), clauses: clauses.collect() }))
}

/// What a version would do to what lives under the one in force
#[utoipa::path(get, operation_id = "rulebook_affected", path = "/rulebooks/{version}/affected", tag = "rulebooks",
    params(("version" = Uuid, Path)), responses(
    (status = 200, body = Affected),
    (status = "4XX", body = Problem, content_type = "application/problem+json")))]
async fn affected(
    State(server): State<Server>,
    Bearer(caller): Bearer,
    At(version): At<Uuid>,
) -> Result<Json<Affected>, Problem> {
    let found = rulebooks::affected(&server.app, &caller, version).await?;
    let convertible = found.living.iter().filter(|living| living.convertible);
    Ok(Json(Affected {
        convertible: convertible.map(|living| living.setting.clone()).collect(),
        settings: found.living.iter().map(|living| living.setting.clone()).collect(),
        client_count: found.client_count,
        kept: found.kept.into(),
        converted: found.converted.into(),
        make_up_count: found.make_up_count,
        suspension_count: found.suspension_count,
    }))
}

/// Hands a draft in for approval
#[utoipa::path(post, operation_id = "hand_in_rulebook", path = "/rulebooks/{version}/hand-in", tag = "rulebooks",
    params(("version" = Uuid, Path)), responses(
    (status = 200, body = Version),
    (status = "4XX", body = Problem, content_type = "application/problem+json")))]
async fn hand_in(
    State(server): State<Server>,
    Bearer(caller): Bearer,
    At(version): At<Uuid>,
) -> Result<Json<Version>, Problem> {
    Ok(Json(rulebooks::hand_in(&server.app, &caller, version).await?.into()))
}

/// Approves a draft that was handed in; nobody approves what they wrote, unless nobody else could
#[utoipa::path(post, operation_id = "approve_rulebook", path = "/rulebooks/{version}/approve", tag = "rulebooks",
    params(("version" = Uuid, Path)), request_body = Approval, responses(
    (status = 200, body = Version),
    (status = "4XX", body = Problem, content_type = "application/problem+json")))]
async fn approve(
    State(server): State<Server>,
    Bearer(caller): Bearer,
    At(version): At<Uuid>,
    Said(said): Said<Approval>,
) -> Result<Json<Version>, Problem> {
    Ok(Json(rulebooks::approve(&server.app, &caller, version, said.revision).await?.into()))
}

/// Takes a version back that does not rule yet
#[utoipa::path(post, operation_id = "withdraw_rulebook", path = "/rulebooks/{version}/withdraw", tag = "rulebooks",
    params(("version" = Uuid, Path)), responses(
    (status = 200, body = Version),
    (status = "4XX", body = Problem, content_type = "application/problem+json")))]
async fn withdraw(
    State(server): State<Server>,
    Bearer(caller): Bearer,
    At(version): At<Uuid>,
) -> Result<Json<Version>, Problem> {
    Ok(Json(rulebooks::withdraw(&server.app, &caller, version).await?.into()))
}
