//! Writing the rows of an import: sealed on a thread of its own, then one transaction for some parts.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use domain::{
    attribution::{
        Client as Attributed, Event,
        decide::{Likeness, Sameness, sameness},
        state::{Basis, Closing, Contact, ContactKind, Right},
    },
    people::ClientId,
};
use rulebook::Trail;
use serde_json::json;
use sha2::{Digest, Sha256};
use store::{
    SiteId, StreamId, StreamKind, TenantId, Tx, clients, imports, jobs,
    journal::{self, Entry, NewEntry},
    retry, stream,
};
use uuid::Uuid;

use super::{
    Duplicates, Finding, Plan, Row, Stage, Wrong, import_of,
    line::Entered,
    parsed,
    stage::{JUDGED, READ, WRITTEN},
    starter,
    take_in::{Bench, judge, part_of},
    written,
};
use crate::{
    App, AppError, Caller,
    attribution::{days_of, standing_or_last},
    clients::{Extra, Known, NewClient},
    import::What,
    privacy,
    record::{Write, client_stream, write as record},
    rotation::moment,
    rulebooks::Ruling,
};

/// The job that moves an import on.
pub(crate) const JOB: &str = "clients.import";

/// How long one job works before it lets others have their turn.
const SLICE: std::time::Duration = std::time::Duration::from_secs(2);

/// How far an import has come by one step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Moved {
    /// There is more to do.
    On(super::Import),
    /// Nothing is left to do in this stage.
    Through(super::Import),
}

/// Asks the jobs to go on with the import `id`.
pub(crate) async fn enqueue(
    tx: &mut Tx,
    tenant: TenantId,
    site: SiteId,
    id: Uuid,
    now: DateTime<Utc>,
) -> Result<(), AppError> {
    let payload = json!({ "import": id }).to_string();
    let job = jobs::NewJob {
        tenant,
        site: Some(site),
        id: Uuid::now_v7(),
        kind: JOB,
        payload: &payload,
        run_at: now,
        dedupe_key: None,
        created_at: now,
    };
    jobs::enqueue(tx, &job).await?;
    Ok(())
}

/// Goes on with the import that `payload` names for a while; then a new job does.
pub(crate) async fn run(app: &App, tenant: TenantId, payload: &str) -> Result<(), AppError> {
    let payload: serde_json::Value = parsed(payload)?;
    let id = payload.get("import").and_then(|id| id.as_str()?.parse().ok());
    let id: Uuid = id.ok_or(AppError::NotFound("import"))?;
    let began = std::time::Instant::now();
    loop {
        let moved = match step(app, tenant, id, 1).await {
            // Trying again is for the jobs; what would fail again waits for somebody.
            Err(error) if !error.is_transient() => {
                return super::stop(app, tenant, id, &error.to_string()).await;
            }
            moved => moved?,
        };
        match moved {
            Moved::Through(_) => return Ok(()),
            Moved::On(import) if began.elapsed() > SLICE => {
                return retry!(AppError, async {
                    let mut tx = app.db.write().await?;
                    enqueue(&mut tx, tenant, import.site, id, app.clock.now()).await?;
                    Ok::<_, AppError>(tx.commit().await?)
                });
            }
            // Whoever stands at the desk comes first.
            Moved::On(_) => tokio::time::sleep(std::time::Duration::from_millis(20)).await,
        }
    }
}

/// Judges or writes the next `parts_count` parts of the import `id`, in one transaction.
pub async fn step(
    app: &App,
    tenant: TenantId,
    id: Uuid,
    parts_count: i64,
) -> Result<Moved, AppError> {
    let mut tx = app.db.read().await?;
    let row = imports::get(&mut tx, tenant, id).await?;
    let plan: Plan = parsed(&row.plan)?;
    let from = match Stage::of_word(&row.stage) {
        Some(Stage::Judging) => READ,
        Some(Stage::Writing) => JUDGED,
        _ => return Ok(Moved::Through(import_of(row)?)),
    };
    let parts = imports::parts(&mut tx, &app.keys, tenant, id, from, 0, parts_count).await?;
    drop(tx);
    let bench = Bench::of(app, tenant, row.site, plan.columns.clone()).await?;
    if from == READ {
        return judge_parts(app, row, &bench, parts).await;
    }
    write_parts(app, row, &plan, bench, parts).await
}

async fn judge_parts(
    app: &App,
    row: imports::Import,
    bench: &Bench,
    parts: Vec<imports::Part>,
) -> Result<Moved, AppError> {
    let (tenant, stage) = (row.tenant, row.stage.clone());
    retry!(AppError, async {
        let mut row = row.clone();
        let mut tx = app.db.write().await?;
        for part in &parts {
            let rows: Vec<Row> = parsed(part.content.as_deref().unwrap_or("[]"))?;
            let judged = judge(app, &mut tx, tenant, row.site, bench, &rows).await?;
            row.done_count += i64::try_from(rows.len()).unwrap_or(i64::MAX);
            row.good_count += judged.good_count;
            row.bad_count += judged.bad_count;
            row.known_count += judged.known_count;
            let part = part_of(part.part, &rows, &judged)?;
            imports::put_part(&mut tx, &app.keys, tenant, row.id, &part).await?;
        }
        if parts.is_empty() {
            row.stage = Stage::Judged.word().to_owned();
        }
        row.changed_at = app.clock.now();
        imports::save(&mut tx, &row, &stage).await?;
        tx.commit().await?;
        let import = import_of(row)?;
        Ok(if parts.is_empty() { Moved::Through(import) } else { Moved::On(import) })
    })
}

/// A row that is ready to be written.
struct Sealed {
    number: u32,
    entered: Entered,
    known: Known,
    ready: clients::Ready,
    state: Option<String>,
    entry: Entry,
}

/// What the rows of one step are written by.
struct Writer {
    app: App,
    tenant: TenantId,
    site: SiteId,
    import: Uuid,
    caller: Caller,
    bench: Bench,
    ruling: Option<std::sync::Arc<Ruling>>,
    now: DateTime<Utc>,
}

async fn write_parts(
    app: &App,
    row: imports::Import,
    plan: &Plan,
    bench: Bench,
    parts: Vec<imports::Part>,
) -> Result<Moved, AppError> {
    let (tenant, now) = (row.tenant, app.clock.now());
    let mut tx = app.db.read().await?;
    let ruling = crate::rulebooks::ruling_at(app, &mut tx, tenant, row.site, now).await?;
    drop(tx);
    let caller = starter(tenant, &row);
    let (app_too, site, import) = (app.clone(), row.site, row.id);
    let writer = Writer { app: app_too, tenant, site, import, caller, bench, ruling, now };
    // Sealing takes longer than anything else, and needs no database.
    let sealing = tokio::task::spawn_blocking(move || {
        let sealed: Result<Vec<_>, AppError> = parts
            .into_iter()
            .map(|part| {
                let rows: Vec<Row> = parsed(part.content.as_deref().unwrap_or("[]"))?;
                let sealed = writer.seal(&rows)?;
                Ok((part, rows.len(), sealed))
            })
            .collect();
        sealed.map(|sealed| (writer, sealed))
    });
    let (writer, sealed) = sealing
        .await
        .map_err(|error| AppError::Unusable { what: "import", why: error.to_string() })??;
    let stage = row.stage.clone();
    retry!(AppError, async {
        let mut row = row.clone();
        let mut tx = app.db.write().await?;
        let all: Vec<&Sealed> = sealed.iter().flat_map(|(_, _, rows)| rows).collect();
        let done = writer.write(&mut tx, plan, &all).await?;
        for (part, rows_count, _) in &sealed {
            row.done_count += i64::try_from(*rows_count).unwrap_or(i64::MAX);
            let part = writer.report(part, &done)?;
            imports::put_part(&mut tx, &app.keys, tenant, row.id, &part).await?;
        }
        row.written_count += done.written_count;
        if sealed.is_empty() {
            row.stage = Stage::Done.word().to_owned();
            writer.finish(&mut tx, &row).await?;
        }
        row.changed_at = app.clock.now();
        imports::save(&mut tx, &row, &stage).await?;
        tx.commit().await?;
        let import = import_of(row)?;
        Ok(if sealed.is_empty() { Moved::Through(import) } else { Moved::On(import) })
    })
}

/// What came of some rows.
#[derive(Default)]
struct Done {
    written_count: i64,
    /// Rows whose client is here already, and who.
    known: HashMap<u32, ClientId>,
}

impl Writer {
    fn seal(&self, rows: &[Row]) -> Result<Vec<Sealed>, AppError> {
        let understood = self.bench.understand(rows).into_iter().zip(rows);
        let good =
            understood.filter_map(|(entered, Row(number, _))| Some((*number, entered.ok()?)));
        good.map(|(number, entered)| self.seal_one(number, entered)).collect()
    }

    fn seal_one(&self, number: u32, entered: Entered) -> Result<Sealed, AppError> {
        let known = Known::of(&entered.new)?;
        let id = Uuid::now_v7();
        let mut new = known.new_client(self.tenant, self.site, id, self.now);
        let mut events = vec![json!({ "event": "client_registered", "client": id })];
        let mut state = None;
        if let Some(client) = self.attributed(&entered) {
            let at = moment(self.bench.zone, self.now);
            let ruling = self.ruling.as_deref();
            let standing = standing_or_last(ruling, &client, at, &mut Trail::default());
            let right = client.rights.first();
            let days = right.and_then(|right| Some(chrono::Days::new(u64::from(right.days?))));
            let last = right.and_then(|right| right.from.date_naive().checked_add_days(days?));
            new.owner = entered.owner.map(|owner| owner.0);
            new.owner_since = right.map(|right| right.from.to_utc());
            new.closed = entered.closed;
            new.marks.last_contact_at = entered.followed;
            new.marks.lapses_on = standing.map_or(last, |standing| standing.until);
            let founded = client.rights.iter().cloned().map(|right| Event::RightFounded { right });
            for event in founded {
                events.push(serde_json::to_value(event).map_err(AppError::unusable("entry"))?);
            }
            state = Some(serde_json::to_string(&client).map_err(AppError::unusable("client"))?);
        }
        let ready = clients::ready(&self.app.keys, &new)?;
        let command = json!({ "event": "client_registered", "client": id, "import": self.import,
            "row": number, "after": entered.owner });
        let stream = client_stream(id);
        let claimed = stream::Claimed { id: stream, site: self.site, version: 1, state: None };
        let entry = journal::first(NewEntry {
            tenant: self.tenant,
            claimed: &claimed,
            command_id: command_id(self.import, number),
            part: 0,
            actor: &self.caller.spelled(),
            command_kind: "register_client",
            command: &command.to_string(),
            events: &serde_json::Value::from(events).to_string(),
            because: "[]",
            outcome: r#"{"outcome":"done"}"#,
            rulebook_version: None,
            happened_at: self.now,
            recorded_at: self.now,
        });
        Ok(Sealed { number, entered, known, ready, state, entry })
    }

    /// What attribution knows of a client who comes with an owner.
    fn attributed(&self, entered: &Entered) -> Option<Attributed> {
        let by = entered.owner?;
        let moment = |at: DateTime<Utc>| moment(self.bench.zone, at);
        let from = moment(entered.since.unwrap_or(entered.followed.unwrap_or(self.now)));
        let days = days_of(self.ruling.as_deref());
        let mut client = Attributed::default();
        client.rights.push(Right { by, basis: Basis::Assigned, from, days, ended: None });
        if let Some(at) = entered.followed.map(moment) {
            client.contacts.push(Contact { by, kind: ContactKind::FollowUp, complete: true, at });
        }
        client.closing = entered.closed.then_some(Closing { at: from, by, owner: Some(by) });
        Some(client)
    }

    /// Writes `rows`, but for those whose client is here already.
    async fn write(&self, tx: &mut Tx, plan: &Plan, rows: &[&Sealed]) -> Result<Done, AppError> {
        let telephones: Vec<&str> =
            rows.iter().flat_map(|row| row.known.telephones.iter().map(String::as_str)).collect();
        let (app, tenant) = (&self.app, self.tenant);
        let here = clients::known_telephones(tx, &app.keys, tenant, self.site, &telephones).await?;
        let mut here: HashMap<&str, Uuid> =
            telephones.iter().filter_map(|number| Some((*number, *here.get(*number)?))).collect();
        let mut done = Done::default();
        let (mut new, mut known): (Vec<&Sealed>, Vec<(&Sealed, Uuid)>) = (Vec::new(), Vec::new());
        for row in rows {
            let numbers = || row.known.telephones.iter().map(String::as_str);
            match numbers().find_map(|number| here.get(number).copied()) {
                Some(client) => known.push((row, client)),
                None => {
                    new.push(row);
                    here.extend(numbers().map(|number| (number, row.ready.id)));
                }
            }
        }
        self.add(tx, &new).await?;
        done.written_count = i64::try_from(new.len()).unwrap_or(i64::MAX);
        for (row, client) in known {
            let other =
                plan.duplicates == Duplicates::Add && self.are_different(tx, row, client).await?;
            if other {
                self.add(tx, &[row]).await?;
                done.written_count += 1;
                continue;
            }
            if plan.duplicates == Duplicates::Fill && self.fill(tx, row, client).await? {
                done.written_count += 1;
            }
            done.known.insert(row.number, ClientId(client));
        }
        Ok(done)
    }

    async fn add(&self, tx: &mut Tx, rows: &[&Sealed]) -> Result<(), AppError> {
        let stream = |row: &&Sealed| (client_stream(row.ready.id), row.state.clone());
        let streams: Vec<(StreamId, Option<String>)> = rows.iter().map(stream).collect();
        stream::begin_all(tx, self.tenant, self.site, &streams).await?;
        journal::append_firsts(tx, rows.iter().map(|row| &row.entry)).await?;
        Ok(clients::add_all(tx, rows.iter().map(|row| &row.ready)).await?)
    }

    /// Whether the rulebook says that the client of `row` and the one who is here are two.
    async fn are_different(&self, tx: &mut Tx, row: &Sealed, here: Uuid) -> Result<bool, AppError> {
        let Some(ruling) = self.ruling.as_deref() else { return Ok(false) };
        let found = clients::get(tx, self.tenant, here).await?;
        if found.erased_at.is_some() {
            return Ok(true);
        }
        let name = privacy::opened(&self.app, &found)?.name;
        let name = store::fold(&name) == store::fold(&row.entered.new.name);
        let likeness = Likeness { telephone: true, name, ..Likeness::default() };
        let same = sameness(&ruling.attribution, likeness, &mut Trail::default());
        Ok(same == Ok(Sameness::Different))
    }

    /// Fills in what is missing of the client who is here; whether there was anything to fill in.
    async fn fill(&self, tx: &mut Tx, row: &Sealed, here: Uuid) -> Result<bool, AppError> {
        let found = clients::get(tx, self.tenant, here).await?;
        if found.erased_at.is_some() {
            return Ok(false);
        }
        let before = privacy::opened(&self.app, &found)?;
        let after = before.filled_with(&row.entered.new);
        let nothing_new = after.telephones == before.telephones
            && NewClient { extra: before.extra.clone(), ..after.clone() }
                == NewClient { extra: before.extra.clone(), ..before.clone() }
            && Extra { labels: Vec::new(), ..after.extra.clone() }
                == Extra { labels: Vec::new(), ..before.extra.clone() };
        if nothing_new {
            return Ok(false);
        }
        let known = Known::of(&after)?;
        clients::identify(tx, &self.app.keys, self.tenant, here, &known.identity()).await?;
        clients::mark(tx, self.tenant, here, &known.marks()).await?;
        let command = json!({ "event": "correct_client", "client": here, "import": self.import,
            "row": row.number });
        let stream = client_stream(here);
        let plain = Write::new(found.site, stream, "correct_client", command, self.now);
        let command_id = command_id(self.import, row.number);
        record(tx, &self.caller, &Write { command_id, ..plain }).await?;
        Ok(true)
    }

    /// The part with what came of its rows; the rows themselves are needed no more.
    fn report(&self, part: &imports::Part, done: &Done) -> Result<imports::Part, AppError> {
        let mut findings: Vec<Finding> = parsed(part.faults.as_deref().unwrap_or("[]"))?;
        let numbers: Vec<u32> = match &part.content {
            Some(content) => parsed::<Vec<Row>>(content)?.iter().map(|row| row.0).collect(),
            None => Vec::new(),
        };
        let is_bad = |finding: &Finding| {
            finding.wrongs.iter().any(|wrong| !matches!(wrong.what, What::Here | What::Twice))
        };
        findings.retain(is_bad);
        for number in numbers {
            let Some(client) = done.known.get(&number) else { continue };
            let given = String::new();
            let wrong = Wrong { column: "telephone".to_owned(), what: What::Here, given };
            let cells = Vec::new();
            findings.push(Finding { number, cells, wrongs: vec![wrong], known: Some(*client) });
        }
        findings.sort_by_key(|finding| finding.number);
        let faults = (!findings.is_empty()).then(|| written(&findings)).transpose()?;
        Ok(imports::Part { part: part.part, stage: WRITTEN.to_owned(), content: None, faults })
    }

    /// Tells that the import is done.
    async fn finish(&self, tx: &mut Tx, row: &imports::Import) -> Result<(), AppError> {
        let command = json!({ "event": "client_import", "import": self.import, "stage": "done",
            "rows": row.rows_count, "written": row.written_count, "bad": row.bad_count });
        let stream = StreamId { kind: StreamKind::People, id: self.tenant.0 };
        let entry = Write::new(self.site, stream, "client_import", command, self.now);
        record(tx, &self.caller, &entry).await?;
        let subject = self.import.to_string();
        store::changes::publish(tx, self.tenant, self.site, &[("client", &subject)], self.now)
            .await?;
        Ok(())
    }
}

/// The id of the command of row `number` of the import `id`: a row is written once.
fn command_id(id: Uuid, number: u32) -> Uuid {
    let mut hash = Sha256::new();
    hash.update(id.as_bytes());
    hash.update(number.to_be_bytes());
    let digest: [u8; 32] = hash.finalize().into();
    let (id, _) = digest.split_at(16);
    uuid::Builder::from_custom_bytes(id.try_into().unwrap_or_default()).into_uuid()
}
