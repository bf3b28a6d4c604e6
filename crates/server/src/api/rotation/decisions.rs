//! Decisions: the last of a site, one with everything it rests on, and taking one back.

use app::{
    EntryId, SiteId, attribution,
    rotation::{self, Told, Undone},
};
use axum::{Json, extract::State};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use super::{
    super::{
        bearer::Bearer,
        problem::Problem,
        said::{Asked, At, Key},
    },
    Answer,
    answer::{Finding, Outcome},
};
use crate::web::state::Server;

pub fn routes() -> OpenApiRouter<Server> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(why)).routes(routes!(undo))
}

/// A decision in brief.
#[derive(Debug, Serialize, ToSchema)]
pub struct Decision {
    /// The entry of the journal.
    entry: String,
    /// What was asked, a word: `arrive`, `finish`, `undo`.
    command: String,
    /// Who asked; nobody for the clock and the installation.
    by: Option<Uuid>,
    outcome: Outcome,
    /// The clauses that were cited.
    clauses: Vec<String>,
    happened_at: DateTime<Utc>,
    recorded_at: DateTime<Utc>,
}

impl From<Told> for Decision {
    fn from(told: Told) -> Self {
        Self {
            entry: told.entry.to_string(),
            command: told.kind,
            by: told.by.map(|person| person.0),
            outcome: told.outcome.into(),
            clauses: told.clauses.into_iter().map(|clause| clause.0).collect(),
            happened_at: told.happened_at,
            recorded_at: told.recorded_at,
        }
    }
}

/// A text in both languages.
#[derive(Debug, Serialize, ToSchema)]
pub struct Words {
    /// Chinese.
    zh: String,
    /// English.
    en: String,
}

impl From<rulebook::Words> for Words {
    fn from(words: rulebook::Words) -> Self {
        Self { zh: words.zh, en: words.en }
    }
}

/// A clause that is cited.
#[derive(Debug, Serialize, ToSchema)]
pub struct Clause {
    /// Its id in the rulebook.
    id: String,
    text: Words,
    /// A plain warning where it is legally doubtful.
    warning: Option<Words>,
}

impl From<rotation::ClauseText> for Clause {
    fn from(clause: rotation::ClauseText) -> Self {
        let (id, text) = (clause.id.0, clause.text.into());
        Self { id, text, warning: clause.warning.map(Words::from) }
    }
}

/// A decision and everything it rests on.
#[derive(Debug, Serialize, ToSchema)]
pub struct Why {
    decision: Decision,
    /// Every condition that was looked at, in order.
    because: Vec<Finding>,
    /// The clauses, with their texts as the rulebook version said them then.
    clauses: Vec<Clause>,
    /// The title of the rulebook; nothing where none was in effect.
    rulebook: Option<Words>,
    /// The number of its version.
    rulebook_number: Option<i64>,
    /// Settings that were needed and not set.
    undecided: Vec<String>,
    /// Who asked, by name.
    by: Option<String>,
    /// The reason that was typed.
    reason: Option<String>,
    /// The hash of the entry, hexadecimal.
    hash: String,
    /// The hash of the entry before it.
    hash_before: String,
    /// The entry before it in the stream.
    before: Option<String>,
    /// The entry after it.
    after: Option<String>,
}

impl From<attribution::Decided> for Why {
    fn from(decided: attribution::Decided) -> Self {
        let by = decided.by.and_then(|by| decided.names.get(&by).cloned());
        let done = || Outcome { outcome: "done", ..Outcome::default() };
        let (rulebook, rulebook_number) = decided.rulebook.unzip();
        Self {
            decision: Decision {
                entry: decided.entry.to_string(),
                command: decided.kind,
                by: decided.by.map(|person| person.0),
                outcome: decided.outcome.map_or_else(done, Outcome::from),
                clauses: decided.clauses.iter().map(|clause| clause.id.0.clone()).collect(),
                happened_at: decided.happened_at,
                recorded_at: decided.recorded_at,
            },
            because: decided.findings.into_iter().map(Finding::from).collect(),
            clauses: decided.clauses.into_iter().map(Clause::from).collect(),
            rulebook: rulebook.map(Words::from),
            rulebook_number,
            undecided: decided.undecided,
            by,
            reason: decided.reason,
            hash: decided.hash,
            hash_before: decided.hash_before,
            before: decided.before.map(|entry| entry.to_string()),
            after: decided.after.map(|entry| entry.to_string()),
        }
    }
}

/// How a mistap was taken back.
#[derive(Debug, Serialize, ToSchema)]
pub struct TakenBack {
    /// `restored`: the floor is what it was before; `opposite`: other things had happened since, and the
    /// opposite command was carried out.
    undone: &'static str,
    /// The entry that says so.
    entry: String,
    /// The opposite command.
    opposite: Option<Answer>,
}

/// How many.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct HowMany {
    /// At most 200; else 50.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u32>,
}

/// The last decisions of a site, the newest first
#[utoipa::path(get, operation_id = "list_decisions", path = "/sites/{site}/decisions", tag = "decisions",
    params(("site" = Uuid, Path), HowMany), responses(
    (status = 200, body = Vec<Decision>),
    (status = "4XX", body = Problem, content_type = "application/problem+json")))]
async fn list(
    State(server): State<Server>,
    Bearer(caller): Bearer,
    At(site): At<Uuid>,
    Asked(asked): Asked<HowMany>,
) -> Result<Json<Vec<Decision>>, Problem> {
    let limit = i64::from(asked.limit.unwrap_or(50).clamp(1, 200));
    let (told, _) = rotation::latest(&server.app, &caller, SiteId(site), limit).await?;
    Ok(Json(told.into_iter().map(Decision::from).collect()))
}

fn entry_of(text: &str) -> Result<EntryId, Problem> {
    text.parse().map_err(|_| {
        let detail = format!("`{text}` names no entry");
        Problem::unreadable(
            "entry",
            detail,
            "give an `entry` that an answer named: `floor.<id>.<version>`",
        )
    })
}

/// A decision with everything it rests on
#[utoipa::path(get, path = "/decisions/{entry}", tag = "decisions", params(("entry" = String, Path)), responses(
    (status = 200, body = Why),
    (status = "4XX", body = Problem, content_type = "application/problem+json")))]
async fn why(
    State(server): State<Server>,
    Bearer(caller): Bearer,
    At(entry): At<String>,
) -> Result<Json<Why>, Problem> {
    let entry = entry_of(&entry)?;
    if attribution::is_of_client(entry) {
        return Ok(Json(attribution::decided(&server.app, &caller, entry).await?.into()));
    }
    let why = rotation::why(&server.app, &caller, entry).await?;
    let (rulebook, rulebook_number) = match why.rulebook {
        Some((title, _, number)) => (Some(title.into()), Some(number)),
        None => (None, None),
    };
    Ok(Json(Why {
        decision: why.told.into(),
        because: why.findings.into_iter().map(Finding::from).collect(),
        clauses: why.clauses.into_iter().map(Clause::from).collect(),
        rulebook,
        rulebook_number,
        undecided: why.undecided,
        by: why.by,
        reason: why.reason,
        hash: why.hash,
        hash_before: why.hash_before,
        before: why.before.map(|entry| entry.to_string()),
        after: why.after.map(|entry| entry.to_string()),
    }))
}

/// Takes back a mistap, within a minute
#[utoipa::path(post, path = "/decisions/{entry}/undo", tag = "decisions",
    params(("entry" = String, Path), Key), responses(
    (status = 200, body = TakenBack),
    (status = "4XX", body = Problem, content_type = "application/problem+json")))]
async fn undo(
    State(server): State<Server>,
    Bearer(caller): Bearer,
    At(entry): At<String>,
    Key(key): Key,
) -> Result<Json<TakenBack>, Problem> {
    let undone = rotation::undo(&server.app, &caller, entry_of(&entry)?, key).await?;
    Ok(Json(match undone {
        Undone::Restored { entry } => {
            TakenBack { undone: "restored", entry: entry.to_string(), opposite: None }
        }
        Undone::Opposite { carried } => TakenBack {
            undone: "opposite",
            entry: carried.entry.to_string(),
            opposite: Some((*carried).into()),
        },
    }))
}
