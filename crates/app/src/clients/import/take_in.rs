//! Taking a file in: read on a thread of its own, judged and sealed part by part as it comes.

use std::{
    collections::HashMap,
    io::Read,
    sync::{Arc, Mutex, PoisonError},
};

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use domain::people::ClientId;
use sha2::{Digest, Sha256};
use store::{SiteId, StoreError, TenantId, Tx, clients, imports, imports::Part, retry};
use tokio::sync::mpsc;
use uuid::Uuid;

use super::{
    Finding, Import, PART_ROWS, Plan, Row, Stage, Wrong, import_of, layout,
    line::{Entered, Ground, understand},
    stage::{JUDGED, duplicates},
    table, written,
};
use crate::{
    App, AppError, Caller, import::What, people::Person, roles::Permission, rotation::zone_of,
};

/// What the rows of an import are judged by, kept for many parts.
pub(super) struct Bench {
    pub columns: Vec<Option<String>>,
    pub people: Arc<Vec<Person>>,
    pub zone: Tz,
    pub now: DateTime<Utc>,
}

impl Bench {
    pub async fn of(
        app: &App,
        tenant: TenantId,
        site: SiteId,
        columns: Vec<Option<String>>,
    ) -> Result<Self, AppError> {
        let people = crate::people::all(app, &Caller::system(tenant), Some(site)).await?;
        let mut tx = app.db.read().await?;
        let zone = zone_of(&mut tx, tenant, site).await?;
        Ok(Self { columns, people: Arc::new(people), zone, now: app.clock.now() })
    }

    /// What each of `rows` describes, or what is wrong with it.
    pub fn understand(&self, rows: &[Row]) -> Vec<Result<Entered, Vec<Wrong>>> {
        let ground =
            Ground { columns: &self.columns, people: &self.people, zone: self.zone, now: self.now };
        rows.iter().map(|Row(_, cells)| understand(&ground, cells)).collect()
    }
}

/// A part that was judged: its rows, what needs somebody's eye, and the counts.
pub(super) struct Judged {
    pub findings: Vec<Finding>,
    pub good_count: i64,
    pub bad_count: i64,
    pub known_count: i64,
}

/// Judges `rows`: what is wrong with each, and who is here already.
pub(super) async fn judge(
    app: &App,
    tx: &mut Tx,
    tenant: TenantId,
    site: SiteId,
    bench: &Bench,
    rows: &[Row],
) -> Result<Judged, AppError> {
    let understood = bench.understand(rows);
    let telephones: Vec<&str> = understood
        .iter()
        .flatten()
        .flat_map(|entered| entered.new.telephones.iter().map(String::as_str))
        .collect();
    let known = clients::known_telephones(tx, &app.keys, tenant, site, &telephones).await?;
    let mut judged = Judged { findings: Vec::new(), good_count: 0, bad_count: 0, known_count: 0 };
    let mut above: HashMap<&str, u32> = HashMap::new();
    for (Row(number, cells), understood) in rows.iter().zip(&understood) {
        let (number, cells) = (*number, cells.clone());
        let entered = match understood {
            Err(wrongs) => {
                judged.bad_count += 1;
                judged.findings.push(Finding {
                    number,
                    cells,
                    wrongs: wrongs.clone(),
                    known: None,
                });
                continue;
            }
            Ok(entered) => entered,
        };
        let of = |telephone: &String| known.get(telephone).copied();
        let here = entered.new.telephones.iter().find_map(of).map(ClientId);
        let twice =
            entered.new.telephones.iter().find(|number| above.contains_key(number.as_str()));
        if here.is_some() || twice.is_some() {
            judged.known_count += 1;
            let what = if here.is_some() { What::Here } else { What::Twice };
            let given = twice.cloned().unwrap_or_default();
            let wrongs = vec![Wrong { column: "telephone".to_owned(), what, given }];
            judged.findings.push(Finding { number, cells, wrongs, known: here });
        } else {
            judged.good_count += 1;
        }
        above.extend(entered.new.telephones.iter().map(|telephone| (telephone.as_str(), number)));
    }
    Ok(judged)
}

/// Hashes what is read.
struct Hashed<R> {
    inner: R,
    hash: Arc<Mutex<Sha256>>,
}

impl<R: Read> Read for Hashed<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let count = self.inner.read(buffer)?;
        let mut hash = self.hash.lock().unwrap_or_else(PoisonError::into_inner);
        hash.update(buffer.get(..count).unwrap_or_default());
        Ok(count)
    }
}

/// Takes the file `name` in, which `from` reads: every row is judged, none written. `told` hears how many
/// rows there are so far. A file that was taken in before is not taken in again.
pub async fn take_in(
    app: &App,
    caller: &Caller,
    site: SiteId,
    name: &str,
    from: impl Read + Send + 'static,
    told: &(dyn Fn(i64) + Send + Sync),
) -> Result<Import, AppError> {
    caller.require(Permission::ImportClients)?;
    caller.at(site)?;
    let hash = Arc::new(Mutex::new(Sha256::new()));
    let (sender, rows) = mpsc::channel::<Vec<Row>>(4);
    let hashed = Hashed { inner: from, hash: hash.clone() };
    let file = name.to_owned();
    let reading = tokio::task::spawn_blocking(move || {
        let mut batch = Vec::new();
        let read = table::read(&file, hashed, &mut |row| {
            batch.push(row);
            batch.len() < PART_ROWS || sender.blocking_send(std::mem::take(&mut batch)).is_ok()
        });
        if read.is_ok() && !batch.is_empty() {
            let _ = sender.blocking_send(batch);
        }
        read
    });
    let id = Uuid::now_v7();
    let taken = parts(app, caller, site, id, name, rows, told).await;
    let read = reading
        .await
        .map_err(|error| AppError::Unusable { what: "file", why: error.to_string() })?;
    let failed = read.err().map(|mistake| {
        let place = if mistake.row > 0 { format!("row {}: ", mistake.row) } else { String::new() };
        AppError::invalid("file", format!("{place}{}", mistake.message), mistake.hint)
    });
    if let Some(error) = failed.or(taken.err()) {
        drop_quietly(app, caller.tenant, id).await?;
        return Err(error);
    }
    let digest = hash.lock().unwrap_or_else(PoisonError::into_inner).clone().finalize().to_vec();
    finish(app, caller, site, id, digest).await
}

/// Forgets what was taken in of a file that could not be read to its end.
async fn drop_quietly(app: &App, tenant: TenantId, id: Uuid) -> Result<(), AppError> {
    retry!(AppError, async {
        let mut tx = app.db.write().await?;
        imports::drop_parts(&mut tx, tenant, id).await?;
        match imports::get(&mut tx, tenant, id).await {
            Ok(mut row) => {
                let from = row.stage.clone();
                row.stage = Stage::Discarded.word().to_owned();
                imports::save(&mut tx, &row, &from).await?;
            }
            Err(StoreError::NotFound(_)) => {}
            Err(error) => return Err(error.into()),
        }
        Ok::<_, AppError>(tx.commit().await?)
    })
}

async fn parts(
    app: &App,
    caller: &Caller,
    site: SiteId,
    id: Uuid,
    name: &str,
    mut rows: mpsc::Receiver<Vec<Row>>,
    told: &(dyn Fn(i64) + Send + Sync),
) -> Result<(), AppError> {
    let tenant = caller.tenant;
    let mut open: Option<(imports::Import, Plan, Bench)> = None;
    while let Some(mut batch) = rows.recv().await {
        if open.is_none() {
            let Row(_, headings) = batch.remove(0);
            open = Some(begin(app, caller, site, id, name, headings).await?);
        }
        let Some((import, plan, bench)) = open.as_mut() else { break };
        if batch.is_empty() {
            continue;
        }
        plan.parts_count += 1;
        let counts = (import.rows_count, import.good_count, import.bad_count, import.known_count);
        retry!(AppError, async {
            let mut tx = app.db.write().await?;
            let judged = judge(app, &mut tx, tenant, site, bench, &batch).await?;
            let (rows, good, bad, known) = counts;
            import.rows_count = rows + i64::try_from(batch.len()).unwrap_or(i64::MAX);
            import.good_count = good + judged.good_count;
            import.bad_count = bad + judged.bad_count;
            import.known_count = known + judged.known_count;
            import.done_count = import.rows_count;
            import.plan = written(plan)?;
            import.changed_at = app.clock.now();
            let part = part_of(plan.parts_count, &batch, &judged)?;
            imports::put_part(&mut tx, &app.keys, tenant, id, &part).await?;
            imports::save(&mut tx, import, Stage::Reading.word()).await?;
            Ok::<_, AppError>(tx.commit().await?)
        })?;
        told(import.rows_count);
    }
    match open {
        Some((import, ..)) if import.rows_count > 0 => Ok(()),
        _ => Err(AppError::invalid(
            "file",
            "the file has no rows below its headings",
            "choose another one",
        )),
    }
}

pub(super) fn part_of(part: i64, rows: &[Row], judged: &Judged) -> Result<Part, AppError> {
    let faults = (!judged.findings.is_empty()).then(|| written(&judged.findings)).transpose()?;
    let content = Some(written(&rows)?);
    Ok(Part { part, stage: JUDGED.to_owned(), content, faults })
}

/// Begins an import with the headings of its file.
async fn begin(
    app: &App,
    caller: &Caller,
    site: SiteId,
    id: Uuid,
    name: &str,
    headings: Vec<String>,
) -> Result<(imports::Import, Plan, Bench), AppError> {
    let tenant = caller.tenant;
    let columns = layout::guess(&headings);
    let mut tx = app.db.read().await?;
    let duplicates = duplicates(app, &mut tx, tenant, site).await?;
    drop(tx);
    let duplicates = duplicates.first().copied().unwrap_or(super::Duplicates::Skip);
    let plan = Plan { headings, columns: columns.clone(), duplicates, parts_count: 0 };
    let now = app.clock.now();
    let import = imports::Import {
        tenant,
        site,
        id,
        file: name.chars().take(120).collect(),
        digest: None,
        stage: Stage::Reading.word().to_owned(),
        plan: written(&plan)?,
        rows_count: 0,
        done_count: 0,
        good_count: 0,
        bad_count: 0,
        known_count: 0,
        written_count: 0,
        started_by: caller.person.map(|person| person.0),
        started_at: now,
        changed_at: now,
        last_error: None,
    };
    retry!(AppError, async {
        let mut tx = app.db.write().await?;
        imports::add(&mut tx, &import).await?;
        Ok::<_, AppError>(tx.commit().await?)
    })?;
    Ok((import, plan, Bench::of(app, tenant, site, columns).await?))
}

/// The file was read to its end. The same file, taken in before and not given up, stands instead.
async fn finish(
    app: &App,
    caller: &Caller,
    site: SiteId,
    id: Uuid,
    digest: Vec<u8>,
) -> Result<Import, AppError> {
    let tenant = caller.tenant;
    let now = app.clock.now();
    retry!(AppError, async {
        let mut tx = app.db.write().await?;
        let mut row = imports::get(&mut tx, tenant, id).await?;
        let before =
            imports::of_site(&mut tx, tenant, site, 200).await?.into_iter().find(|other| {
                other.id != id
                    && other.digest.as_ref() == Some(&digest)
                    && other.stage != Stage::Discarded.word()
            });
        let stage = if before.is_some() { Stage::Discarded } else { Stage::Judged };
        row.stage = stage.word().to_owned();
        row.digest = Some(digest.clone());
        row.changed_at = now;
        imports::save(&mut tx, &row, Stage::Reading.word()).await?;
        if before.is_some() {
            imports::drop_parts(&mut tx, tenant, id).await?;
        }
        tx.commit().await?;
        import_of(before.unwrap_or(row))
    })
}
