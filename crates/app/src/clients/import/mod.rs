//! Import 导入 of clients: a file of any length is taken in part by part, every row judged, and written in the
//! background once somebody confirmed. What is written, and that its rows are done, is one transaction, so
//! that a restart goes on where it stopped.

pub mod layout;
mod line;
mod stage;
mod table;
mod take_in;
mod write;

use chrono::{DateTime, Utc};
use domain::people::ClientId;
use rulebook::choices;
use serde::{Deserialize, Serialize};
use store::{SiteId, TenantId, imports, retry};
use uuid::Uuid;

pub use line::Wrong;
pub use stage::{choose, confirm, discard, go_on, judge_anew};
pub use table::{Row, read};
pub use take_in::take_in;
pub(crate) use write::{JOB, run};
pub use write::{Moved, step};

use crate::{App, AppError, Caller, roles::Permission};

/// The longest file, in bytes.
pub const FILE_MAX: usize = 400 * 1024 * 1024;

/// How many rows a part has.
const PART_ROWS: usize = 250;

choices! {
    /// How far a file is.
    pub enum Stage {
        Reading = "reading", "读取中", "being read";
        Judging = "judging", "检查中", "being checked";
        Judged = "judged", "待确认", "to be confirmed";
        Writing = "writing", "写入中", "being written";
        Done = "done", "已完成", "done";
        Stopped = "stopped", "已停止", "stopped";
        Discarded = "discarded", "已放弃", "discarded";
    }
}

choices! {
    /// What happens to a row whose telephone is a client's who is here already.
    pub enum Duplicates {
        Fill = "fill", "补全已有客户的空白项", "fill in what is missing of the client";
        Skip = "skip", "不写入，列入清单", "not written, and listed";
        Add = "add", "另建一个客户", "another client";
    }
}

/// What is to be done with a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// The headings, as written.
    pub headings: Vec<String>,
    /// The key of the column that each is understood as.
    pub columns: Vec<Option<String>>,
    /// What happens to clients who are here already.
    pub duplicates: Duplicates,
    /// The first rows, sealed apart: how many there are.
    pub parts_count: i64,
}

/// A file on its way in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Import {
    /// Its id.
    pub id: Uuid,
    /// The site.
    pub site: SiteId,
    /// The name of the file.
    pub file: String,
    /// How far it is.
    pub stage: Stage,
    /// What is to be done with it.
    pub plan: Plan,
    /// How many rows it has.
    pub rows_count: i64,
    /// How many of them the stage is through with.
    pub done_count: i64,
    /// How many can be written.
    pub good_count: i64,
    /// How many cannot.
    pub bad_count: i64,
    /// How many are clients who are here already.
    pub known_count: i64,
    /// How many were written.
    pub written_count: i64,
    /// When it began.
    pub started_at: DateTime<Utc>,
    /// When it last moved.
    pub changed_at: DateTime<Utc>,
    /// Why it stopped, if it did.
    pub last_error: Option<String>,
}

/// A row that needs somebody's eye.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// Its number in the file.
    pub number: u32,
    /// Its cells; empty where the client is known.
    pub cells: Vec<String>,
    /// What is wrong; nothing: it is a client who is here already.
    pub wrongs: Vec<Wrong>,
    /// The client who is here already.
    pub known: Option<ClientId>,
}

/// What a page shows of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Shown {
    /// The file.
    pub import: Import,
    /// Rows that need somebody's eye, in the order of the file.
    pub findings: Vec<Finding>,
    /// The part after which the next page begins; nothing: there are no more.
    pub next: Option<i64>,
    /// Some rows as they were read, while they are kept.
    pub sample: Vec<Row>,
    /// What may be done with clients who are here already, by the rulebook.
    pub duplicates: Vec<Duplicates>,
}

/// How many parts of findings one page looks through, and how many findings it shows.
const PARTS_LOOKED: i64 = 400;
const FINDINGS_SHOWN: usize = 200;

/// How many rows are shown as a sample.
const SAMPLE_ROWS: usize = 20;

pub(crate) fn import_of(row: imports::Import) -> Result<Import, AppError> {
    let unusable = AppError::unusable("import");
    Ok(Import {
        id: row.id,
        site: row.site,
        file: row.file,
        stage: Stage::of_word(&row.stage).unwrap_or(Stage::Stopped),
        plan: serde_json::from_str(&row.plan).map_err(unusable)?,
        rows_count: row.rows_count,
        done_count: row.done_count,
        good_count: row.good_count,
        bad_count: row.bad_count,
        known_count: row.known_count,
        written_count: row.written_count,
        started_at: row.started_at,
        changed_at: row.changed_at,
        last_error: row.last_error,
    })
}

/// The file with this id, which the caller may see.
pub async fn get(app: &App, caller: &Caller, id: Uuid) -> Result<Import, AppError> {
    caller.require(Permission::ImportClients)?;
    let mut tx = app.db.read().await?;
    let row = imports::get(&mut tx, caller.tenant, id).await?;
    caller.at(row.site).map_err(|_| AppError::NotFound("import"))?;
    import_of(row)
}

/// The last files of `site`, the newest first.
pub async fn list(app: &App, caller: &Caller, site: SiteId) -> Result<Vec<Import>, AppError> {
    caller.require(Permission::ImportClients)?;
    caller.at(site)?;
    let mut tx = app.db.read().await?;
    let rows = imports::of_site(&mut tx, caller.tenant, site, 30).await?;
    rows.into_iter().map(import_of).collect()
}

/// The file with this id, with the rows that need somebody's eye after the part `after`.
pub async fn shown(app: &App, caller: &Caller, id: Uuid, after: i64) -> Result<Shown, AppError> {
    let import = get(app, caller, id).await?;
    let mut tx = app.db.read().await?;
    let (tenant, keys) = (caller.tenant, &app.keys);
    let mut findings: Vec<Finding> = Vec::new();
    let mut next = None;
    let mut sample = Vec::new();
    for place in [stage::JUDGED, stage::WRITTEN] {
        let mut from = after;
        for _ in 0..PARTS_LOOKED {
            let parts = imports::parts(&mut tx, keys, tenant, id, place, from, 1).await?;
            let Some(part) = parts.into_iter().next() else { break };
            if findings.len() >= FINDINGS_SHOWN {
                next = Some(from);
                break;
            }
            from = part.part;
            if sample.len() < SAMPLE_ROWS
                && let Some(content) = &part.content
            {
                let rows: Vec<Row> = parsed(content)?;
                sample.extend(rows.into_iter().take(SAMPLE_ROWS - sample.len()));
            }
            if let Some(faults) = &part.faults {
                findings.extend(parsed::<Vec<Finding>>(faults)?);
            }
        }
    }
    findings.sort_by_key(|finding| finding.number);
    let duplicates = stage::duplicates(app, &mut tx, tenant, import.site).await?;
    Ok(Shown { import, findings, next, sample, duplicates })
}

fn parsed<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, AppError> {
    serde_json::from_str(text).map_err(AppError::unusable("import"))
}

fn written<T: Serialize>(what: &T) -> Result<String, AppError> {
    serde_json::to_string(what).map_err(AppError::unusable("import"))
}

/// The caller in whose name the rows of `import` are written.
fn starter(tenant: TenantId, import: &imports::Import) -> Caller {
    let person = import.started_by.map(crate::PersonId);
    Caller { person, site: Some(import.site), ..Caller::system(tenant) }
}

/// Notes why `id` stopped; it goes on when somebody says so.
pub(crate) async fn stop(app: &App, tenant: TenantId, id: Uuid, why: &str) -> Result<(), AppError> {
    retry!(AppError, async {
        let mut tx = app.db.write().await?;
        let mut row = imports::get(&mut tx, tenant, id).await?;
        let from = row.stage.clone();
        row.stage = Stage::Stopped.word().to_owned();
        row.last_error = Some(why.to_owned());
        row.changed_at = app.clock.now();
        imports::save(&mut tx, &row, &from).await?;
        Ok::<_, AppError>(tx.commit().await?)
    })
}
