//! The audit: whether the journal is as it was written, and checkpoints to keep elsewhere.

use app::audit;
use axum::{
    Json,
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{bearer::Bearer, problem::Problem, said::Said};
use crate::web::state::Server;

pub fn routes() -> OpenApiRouter<Server> {
    OpenApiRouter::new().routes(routes!(verify, compare)).routes(routes!(checkpoint))
}

/// What the audit saw.
#[derive(Debug, Serialize, ToSchema)]
pub struct Report {
    /// Whether nothing is wrong.
    clean: bool,
    /// How many streams were looked at.
    streams: u64,
    /// How many entries were looked at.
    entries: u64,
    findings: Vec<Finding>,
    /// How many findings are not listed.
    findings_left_out: u64,
}

/// Something that is not as it was written.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = AuditFinding)]
pub struct Finding {
    /// The stream, as `kind/id`.
    stream: String,
    /// The version of the entry that it is about.
    version: i64,
    /// A word: `changed`, `unchained`, `missing`, `surplus`.
    #[schema(value_type = String)]
    fault: serde_json::Value,
}

impl From<store::audit::Report> for Report {
    fn from(report: store::audit::Report) -> Self {
        let clean = report.is_clean();
        let finding = |finding: store::audit::Finding| Finding {
            stream: finding.stream,
            version: finding.version,
            fault: serde_json::to_value(finding.fault).unwrap_or_default(),
        };
        Self {
            clean,
            streams: report.streams,
            entries: report.entries,
            findings: report.findings.into_iter().map(finding).collect(),
            findings_left_out: report.findings_left_out,
        }
    }
}

/// A checkpoint that was exported and kept.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Kept {
    /// The checkpoint, as it was exported.
    text: String,
}

/// Recomputes every chain of the journal
#[utoipa::path(get, path = "/audit/verify", tag = "audit", responses(
    (status = 200, body = Report),
    (status = "4XX", body = Problem, content_type = "application/problem+json")))]
async fn verify(
    State(server): State<Server>,
    Bearer(caller): Bearer,
) -> Result<Json<Report>, Problem> {
    Ok(Json(audit::verify(&server.app, &caller).await?.into()))
}

/// Compares the journal with a checkpoint that was kept
#[utoipa::path(post, path = "/audit/verify", tag = "audit", request_body = Kept, responses(
    (status = 200, body = Report),
    (status = "4XX", body = Problem, content_type = "application/problem+json")))]
async fn compare(
    State(server): State<Server>,
    Bearer(caller): Bearer,
    Said(said): Said<Kept>,
) -> Result<Json<Report>, Problem> {
    Ok(Json(audit::verify_checkpoint(&server.app, &caller, &said.text).await?.into()))
}

/// A checkpoint of all streams, to be kept off the machine
#[utoipa::path(get, path = "/audit/checkpoint", tag = "audit", responses(
    (status = 200, body = String, content_type = "application/json"),
    (status = "4XX", body = Problem, content_type = "application/problem+json")))]
async fn checkpoint(
    State(server): State<Server>,
    Bearer(caller): Bearer,
) -> Result<Response, Problem> {
    let text = audit::export_checkpoint(&server.app, &caller).await?;
    Ok(([(header::CONTENT_TYPE, "application/json")], text).into_response())
}
