//! Files of clients 客户导入: sent as they are, judged row by row, written in the background.

use app::{
    SiteId,
    clients::import::{self, Duplicates},
    sites,
};
use axum::{
    Json,
    body::Bytes,
    extract::{DefaultBodyLimit, State},
    http::StatusCode,
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{
    router::{OpenApiRouter, UtoipaMethodRouterExt},
    routes,
};
use uuid::Uuid;

use super::{
    bearer::Bearer,
    problem::Problem,
    said::{Asked, At, Said},
};
use crate::web::state::Server;

/// The longest file that is sent in one piece, in bytes; longer ones go by page or command line.
const BODY_MAX: usize = 64 * 1024 * 1024;

pub fn routes() -> OpenApiRouter<Server> {
    OpenApiRouter::new()
        .routes(routes!(list, take_in).layer(DefaultBodyLimit::max(BODY_MAX)))
        .routes(routes!(get))
        .routes(routes!(step))
}

/// A file on its way in.
#[derive(Debug, Serialize, ToSchema)]
pub struct ClientImport {
    id: Uuid,
    file: String,
    /// `reading`, `judging`, `judged`, `writing`, `done`, `stopped` or `discarded`.
    stage: String,
    /// The headings, and the key of the column that each is understood as.
    headings: Vec<String>,
    columns: Vec<Option<String>>,
    /// `fill`, `skip` or `add`.
    duplicates: String,
    rows_count: i64,
    done_count: i64,
    good_count: i64,
    bad_count: i64,
    known_count: i64,
    written_count: i64,
    changed_at: DateTime<Utc>,
    last_error: Option<String>,
}

impl From<import::Import> for ClientImport {
    fn from(import: import::Import) -> Self {
        Self {
            id: import.id,
            file: import.file,
            stage: import.stage.word().to_owned(),
            headings: import.plan.headings,
            columns: import.plan.columns,
            duplicates: import.plan.duplicates.word().to_owned(),
            rows_count: import.rows_count,
            done_count: import.done_count,
            good_count: import.good_count,
            bad_count: import.bad_count,
            known_count: import.known_count,
            written_count: import.written_count,
            changed_at: import.changed_at,
            last_error: import.last_error,
        }
    }
}

/// What the file is called.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct Named {
    /// The name of the file.
    file: String,
}

/// Takes a file of clients in: every row is judged, none written
#[utoipa::path(post, operation_id = "take_in_clients", path = "/sites/{site}/client-imports", tag = "clients",
    params(("site" = Uuid, Path), Named),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"), responses(
    (status = 201, body = ClientImport),
    (status = "4XX", body = Problem, content_type = "application/problem+json")))]
async fn take_in(
    State(server): State<Server>,
    Bearer(caller): Bearer,
    At(site): At<Uuid>,
    Asked(named): Asked<Named>,
    body: Bytes,
) -> Result<(StatusCode, Json<ClientImport>), Problem> {
    let site = sites::site(&server.app, &caller, SiteId(site)).await?.id;
    let name: String = named.file.chars().take(120).collect();
    let from = std::io::Cursor::new(body);
    let import = import::take_in(&server.app, &caller, site, &name, from, &|_| ()).await?;
    Ok((StatusCode::CREATED, Json(import.into())))
}

/// The last files of clients
#[utoipa::path(get, operation_id = "client_imports", path = "/sites/{site}/client-imports", tag = "clients",
    params(("site" = Uuid, Path)), responses(
    (status = 200, body = Vec<ClientImport>),
    (status = "4XX", body = Problem, content_type = "application/problem+json")))]
async fn list(
    State(server): State<Server>,
    Bearer(caller): Bearer,
    At(site): At<Uuid>,
) -> Result<Json<Vec<ClientImport>>, Problem> {
    let site = sites::site(&server.app, &caller, SiteId(site)).await?.id;
    let all = import::list(&server.app, &caller, site).await?;
    Ok(Json(all.into_iter().map(ClientImport::from).collect()))
}

/// Where the rows that are wrong go on.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct Place {
    /// As `next` said.
    after: Option<i64>,
}

/// A file with the rows that need somebody's eye.
#[derive(Debug, Serialize, ToSchema)]
pub struct ImportFindings {
    import: ClientImport,
    findings: Vec<RowFinding>,
    /// For `after`; nothing: these are all.
    next: Option<i64>,
    /// What may be done with clients who are here already, by the rulebook.
    duplicates: Vec<String>,
}

/// A row that needs somebody's eye.
#[derive(Debug, Serialize, ToSchema)]
pub struct RowFinding {
    /// Its number in the file.
    row: u32,
    /// What is wrong: the column, the word of what, and what was written there.
    wrongs: Vec<(String, String, String)>,
    cells: Vec<String>,
    /// The client who is here already.
    known: Option<Uuid>,
}

/// A file of clients, with the rows that need somebody's eye
#[utoipa::path(get, operation_id = "client_import", path = "/client-imports/{import}", tag = "clients",
    params(("import" = Uuid, Path), Place), responses(
    (status = 200, body = ImportFindings),
    (status = "4XX", body = Problem, content_type = "application/problem+json")))]
async fn get(
    State(server): State<Server>,
    Bearer(caller): Bearer,
    At(id): At<Uuid>,
    Asked(place): Asked<Place>,
) -> Result<Json<ImportFindings>, Problem> {
    let shown = import::shown(&server.app, &caller, id, place.after.unwrap_or(0)).await?;
    let finding = |finding: import::Finding| RowFinding {
        row: finding.number,
        wrongs: finding
            .wrongs
            .into_iter()
            .map(|wrong| (wrong.column, format!("{:?}", wrong.what), wrong.given))
            .collect(),
        cells: finding.cells,
        known: finding.known.map(|client| client.0),
    };
    Ok(Json(ImportFindings {
        import: shown.import.into(),
        findings: shown.findings.into_iter().map(finding).collect(),
        next: shown.next,
        duplicates: shown.duplicates.iter().map(|word| word.word().to_owned()).collect(),
    }))
}

/// What is to be done with a file.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ImportStep {
    /// `columns`, `confirm`, `go_on` or `discard`.
    step: String,
    /// The key that each heading is understood as, for `columns`.
    #[serde(default)]
    columns: Vec<Option<String>>,
    /// What happens to clients who are here already, for `confirm`.
    duplicates: Option<String>,
}

/// Chooses the columns of a file, has it written, goes on with it, or gives it up
#[utoipa::path(post, operation_id = "step_client_import", path = "/client-imports/{import}", tag = "clients",
    params(("import" = Uuid, Path)), request_body = ImportStep, responses(
    (status = 200, body = ClientImport),
    (status = "4XX", body = Problem, content_type = "application/problem+json")))]
async fn step(
    State(server): State<Server>,
    Bearer(caller): Bearer,
    At(id): At<Uuid>,
    Said(said): Said<ImportStep>,
) -> Result<Json<ClientImport>, Problem> {
    let app = &server.app;
    let import = match said.step.as_str() {
        "columns" => import::judge_anew(app, &caller, id, &said.columns).await?,
        "confirm" => {
            if let Some(word) = &said.duplicates {
                let unknown = || {
                    let detail = format!("`{word}` is not known here");
                    Problem::field("duplicates", detail, "one of fill, skip, add")
                };
                let duplicates = Duplicates::of_word(word).ok_or_else(unknown)?;
                import::choose(app, &caller, id, duplicates).await?;
            }
            import::confirm(app, &caller, id).await?
        }
        "go_on" => import::go_on(app, &caller, id).await?,
        "discard" => import::discard(app, &caller, id).await?,
        other => {
            let detail = format!("`{other}` is no step");
            return Err(Problem::field("step", detail, "one of columns, confirm, go_on, discard"));
        }
    };
    Ok(Json(import.into()))
}
