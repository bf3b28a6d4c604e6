//! The journal: every command with its decision, added and never changed.
//!
//! Entries hold ids, never names, telephones or free text. There is no function here that changes or
//! removes one.

mod chain;
mod lines;

use chrono::{DateTime, SubsecRound, Utc};
use uuid::Uuid;

pub(crate) use chain::{FIRST, hash_of};
pub use lines::{After, Line, commands_named, count_lines, lines, reasons};

use crate::{SiteId, StoreError, StreamId, TenantId, Tx, db::on, stream::Claimed};

/// How many entries go into one statement.
const ROWS_MAX: usize = 500;

/// What a use case appends. Texts are JSON unless said otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewEntry<'a> {
    /// The company.
    pub tenant: TenantId,
    /// The claimed stream; its version becomes the entry's.
    pub claimed: &'a Claimed,
    /// Identifies the command, so that it is not done twice.
    pub command_id: Uuid,
    /// 0 for the first entry of the command; 1, 2 .. for those in the other streams that it writes.
    pub part: i64,
    /// Who: a person, token or the system, as the caller spells it.
    pub actor: &'a str,
    /// The command's name; a word, not JSON.
    pub command_kind: &'a str,
    /// The command with the facts that it was given.
    pub command: &'a str,
    /// What happened.
    pub events: &'a str,
    /// The findings that led there.
    pub because: &'a str,
    /// What was decided.
    pub outcome: &'a str,
    /// The rulebook version it was decided under.
    pub rulebook_version: Option<Uuid>,
    /// When it happened.
    pub happened_at: DateTime<Utc>,
    /// When it was typed in; not before it happened, as far as clocks agree.
    pub recorded_at: DateTime<Utc>,
}

/// An entry as it stands. The fields are those of [`NewEntry`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The company.
    pub tenant: TenantId,
    /// The site of the stream.
    pub site: SiteId,
    /// The stream.
    pub stream: StreamId,
    /// Its place in the stream: 1, 2, 3 .. without gaps.
    pub version: i64,
    /// Identifies the command.
    pub command_id: Uuid,
    /// Which of the command's entries.
    pub part: i64,
    /// Who.
    pub actor: String,
    /// The command's name.
    pub command_kind: String,
    /// The command with its facts, JSON.
    pub command: String,
    /// What happened, JSON.
    pub events: String,
    /// The findings, JSON.
    pub because: String,
    /// What was decided, JSON.
    pub outcome: String,
    /// The rulebook version it was decided under.
    pub rulebook_version: Option<Uuid>,
    /// When it happened, to the microsecond.
    pub happened_at: DateTime<Utc>,
    /// When it was typed in, to the microsecond.
    pub recorded_at: DateTime<Utc>,
    /// The hash of the entry before it in the stream; zeros for the first. 32 bytes.
    pub previous_hash: Vec<u8>,
    /// SHA-256 over all of the above. 32 bytes.
    pub hash: Vec<u8>,
}

/// An entry as the database has it.
#[derive(Debug, sqlx::FromRow)]
pub(crate) struct EntryRow {
    tenant: TenantId,
    site: SiteId,
    kind: String,
    stream: Uuid,
    version: i64,
    command_id: Uuid,
    part: i64,
    actor: String,
    command_kind: String,
    command: String,
    events: String,
    because: String,
    outcome: String,
    rulebook_version: Option<Uuid>,
    happened_at: DateTime<Utc>,
    recorded_at: DateTime<Utc>,
    previous_hash: Vec<u8>,
    hash: Vec<u8>,
}

impl TryFrom<EntryRow> for Entry {
    type Error = StoreError;

    fn try_from(row: EntryRow) -> Result<Self, StoreError> {
        Ok(Self {
            tenant: row.tenant,
            site: row.site,
            stream: StreamId { kind: row.kind.parse()?, id: row.stream },
            version: row.version,
            command_id: row.command_id,
            part: row.part,
            actor: row.actor,
            command_kind: row.command_kind,
            command: row.command,
            events: row.events,
            because: row.because,
            outcome: row.outcome,
            rulebook_version: row.rulebook_version,
            happened_at: row.happened_at,
            recorded_at: row.recorded_at,
            previous_hash: row.previous_hash,
            hash: row.hash,
        })
    }
}

/// The columns of [`EntryRow`].
macro_rules! select_entries {
    ($rest:literal) => {
        concat!(
            "SELECT tenant, site, kind, stream, version, command_id, part, actor, command_kind, command, \
             events, because, outcome, rulebook_version, happened_at, recorded_at, previous_hash, hash \
             FROM journal ",
            $rest
        )
    };
}
pub(crate) use select_entries;

/// Appends `new` to the stream that it claimed, chained to the entry before.
///
/// [`StoreError::Duplicate`] if the command (and part) is in the journal already; the transaction lives
/// on, and should be rolled back, since it claimed a version for nothing.
pub async fn append(tx: &mut Tx, new: NewEntry<'_>) -> Result<Entry, StoreError> {
    let previous_hash = previous_hash(tx, new.tenant, new.claimed).await?;
    let mut entry = entry_of(&new, previous_hash);
    entry.hash = hash_of(&entry);
    if insert(tx, &entry).await? == 0 { Err(StoreError::Duplicate("command")) } else { Ok(entry) }
}

fn entry_of(new: &NewEntry<'_>, previous_hash: Vec<u8>) -> Entry {
    Entry {
        tenant: new.tenant,
        site: new.claimed.site,
        stream: new.claimed.id,
        version: new.claimed.version,
        command_id: new.command_id,
        part: new.part,
        actor: new.actor.to_owned(),
        command_kind: new.command_kind.to_owned(),
        command: new.command.to_owned(),
        events: new.events.to_owned(),
        because: new.because.to_owned(),
        outcome: new.outcome.to_owned(),
        rulebook_version: new.rulebook_version,
        happened_at: new.happened_at.trunc_subsecs(6),
        recorded_at: new.recorded_at.trunc_subsecs(6),
        previous_hash,
        hash: Vec::new(),
    }
}

/// The first entry of a new stream, to be appended with others.
pub fn first(new: NewEntry<'_>) -> Entry {
    let mut entry = entry_of(&new, FIRST.to_vec());
    entry.hash = hash_of(&entry);
    entry
}

/// Appends `entries`, which [`first`] made, each to a stream that was begun in this transaction.
///
/// [`StoreError::Duplicate`] if one of the commands is in the journal already; roll back.
pub async fn append_firsts<'a>(
    tx: &mut Tx,
    entries: impl IntoIterator<Item = &'a Entry>,
) -> Result<(), StoreError> {
    const SQL: &str = "INSERT INTO journal (tenant, site, kind, stream, version, command_id, part, actor,
            command_kind, command, events, because, outcome, rulebook_version, happened_at, recorded_at,
            previous_hash, hash) ";
    let entries: Vec<&Entry> = entries.into_iter().collect();
    for some in entries.chunks(ROWS_MAX) {
        let added = on!(tx, conn => sqlx::QueryBuilder::new(SQL)
            .push_values(some, |mut row, entry| {
                row.push_bind(entry.tenant)
                    .push_bind(entry.site)
                    .push_bind(entry.stream.kind.as_str())
                    .push_bind(entry.stream.id)
                    .push_bind(entry.version)
                    .push_bind(entry.command_id)
                    .push_bind(entry.part)
                    .push_bind(&entry.actor)
                    .push_bind(&entry.command_kind)
                    .push_bind(&entry.command)
                    .push_bind(&entry.events)
                    .push_bind(&entry.because)
                    .push_bind(&entry.outcome)
                    .push_bind(entry.rulebook_version)
                    .push_bind(entry.happened_at)
                    .push_bind(entry.recorded_at)
                    .push_bind(&entry.previous_hash)
                    .push_bind(&entry.hash);
            })
            .push(" ON CONFLICT (tenant, command_id, part) DO NOTHING")
            .build()
            .execute(conn)
            .await?
            .rows_affected());
        if added != some.len() as u64 {
            return Err(StoreError::Duplicate("command"));
        }
    }
    Ok(())
}

async fn insert(tx: &mut Tx, entry: &Entry) -> Result<u64, StoreError> {
    const SQL: &str = "INSERT INTO journal (tenant, site, kind, stream, version, command_id, part, actor,
            command_kind, command, events, because, outcome, rulebook_version, happened_at, recorded_at,
            previous_hash, hash)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)
        ON CONFLICT (tenant, command_id, part) DO NOTHING";
    Ok(on!(tx, conn => sqlx::query(SQL)
        .bind(entry.tenant)
        .bind(entry.site)
        .bind(entry.stream.kind.as_str())
        .bind(entry.stream.id)
        .bind(entry.version)
        .bind(entry.command_id)
        .bind(entry.part)
        .bind(&entry.actor)
        .bind(&entry.command_kind)
        .bind(&entry.command)
        .bind(&entry.events)
        .bind(&entry.because)
        .bind(&entry.outcome)
        .bind(entry.rulebook_version)
        .bind(entry.happened_at)
        .bind(entry.recorded_at)
        .bind(&entry.previous_hash)
        .bind(&entry.hash)
        .execute(conn)
        .await?
        .rows_affected()))
}

/// The hash that the entry for `claimed` is chained to.
async fn previous_hash(
    tx: &mut Tx,
    tenant: TenantId,
    claimed: &Claimed,
) -> Result<Vec<u8>, StoreError> {
    const SQL: &str = "SELECT hash FROM journal
        WHERE tenant = $1 AND kind = $2 AND stream = $3 AND version = $4";
    if claimed.version == 1 {
        return Ok(FIRST.to_vec());
    }
    let hash: Option<Vec<u8>> = on!(tx, conn => sqlx::query_scalar(SQL)
        .bind(tenant)
        .bind(claimed.id.kind.as_str())
        .bind(claimed.id.id)
        .bind(claimed.version - 1)
        .fetch_optional(conn)
        .await?);
    // The entry before was removed. What is appended now must not look as if all were well, and the
    // floor must not stand still for it either: the audit will name the gap.
    Ok(hash.unwrap_or_else(|| FIRST.to_vec()))
}

/// The first entry of a command, if it was done already: answer from it instead of doing it again.
pub async fn by_command(
    tx: &mut Tx,
    tenant: TenantId,
    command_id: Uuid,
) -> Result<Option<Entry>, StoreError> {
    const SQL: &str = select_entries!("WHERE tenant = $1 AND command_id = $2 AND part = 0");
    let row: Option<EntryRow> = on!(tx, conn => sqlx::query_as(SQL)
        .bind(tenant)
        .bind(command_id)
        .fetch_optional(conn)
        .await?);
    row.map(Entry::try_from).transpose()
}

/// All entries of a command, by part.
pub async fn of_command(
    tx: &mut Tx,
    tenant: TenantId,
    command_id: Uuid,
) -> Result<Vec<Entry>, StoreError> {
    const SQL: &str = select_entries!("WHERE tenant = $1 AND command_id = $2 ORDER BY part");
    let rows: Vec<EntryRow> = on!(tx, conn => sqlx::query_as(SQL)
        .bind(tenant)
        .bind(command_id)
        .fetch_all(conn)
        .await?);
    rows.into_iter().map(Entry::try_from).collect()
}

/// The entry of `stream` with this version.
pub async fn get(
    tx: &mut Tx,
    tenant: TenantId,
    stream: StreamId,
    version: i64,
) -> Result<Entry, StoreError> {
    const SQL: &str =
        select_entries!("WHERE tenant = $1 AND kind = $2 AND stream = $3 AND version = $4");
    let row: Option<EntryRow> = on!(tx, conn => sqlx::query_as(SQL)
        .bind(tenant)
        .bind(stream.kind.as_str())
        .bind(stream.id)
        .bind(version)
        .fetch_optional(conn)
        .await?);
    row.ok_or(StoreError::NotFound("journal entry"))?.try_into()
}

/// At most `limit` entries of `stream`, from `from_version` on, the oldest first.
pub async fn of_stream(
    tx: &mut Tx,
    tenant: TenantId,
    stream: StreamId,
    from_version: i64,
    limit: i64,
) -> Result<Vec<Entry>, StoreError> {
    const SQL: &str = select_entries!(
        "WHERE tenant = $1 AND kind = $2 AND stream = $3 AND version >= $4 ORDER BY version LIMIT $5"
    );
    let rows: Vec<EntryRow> = on!(tx, conn => sqlx::query_as(SQL)
        .bind(tenant)
        .bind(stream.kind.as_str())
        .bind(stream.id)
        .bind(from_version)
        .bind(limit)
        .fetch_all(conn)
        .await?);
    rows.into_iter().map(Entry::try_from).collect()
}

/// The last `limit` entries of `stream` that happened before `before`, the newest first.
pub async fn happened_before(
    tx: &mut Tx,
    tenant: TenantId,
    stream: StreamId,
    before: DateTime<Utc>,
    limit: i64,
) -> Result<Vec<Entry>, StoreError> {
    const SQL: &str = select_entries!(
        "WHERE tenant = $1 AND kind = $2 AND stream = $3 AND happened_at < $4 \
         ORDER BY happened_at DESC, version DESC LIMIT $5"
    );
    let rows: Vec<EntryRow> = on!(tx, conn => sqlx::query_as(SQL)
        .bind(tenant)
        .bind(stream.kind.as_str())
        .bind(stream.id)
        .bind(before)
        .bind(limit)
        .fetch_all(conn)
        .await?);
    rows.into_iter().map(Entry::try_from).collect()
}

/// The last `limit` entries of a site, the newest first.
pub async fn latest(
    tx: &mut Tx,
    tenant: TenantId,
    site: SiteId,
    limit: i64,
) -> Result<Vec<Entry>, StoreError> {
    const SQL: &str = select_entries!(
        "WHERE tenant = $1 AND site = $2 ORDER BY recorded_at DESC, version DESC, part DESC LIMIT $3"
    );
    let rows: Vec<EntryRow> = on!(tx, conn => sqlx::query_as(SQL)
        .bind(tenant)
        .bind(site)
        .bind(limit)
        .fetch_all(conn)
        .await?);
    rows.into_iter().map(Entry::try_from).collect()
}

/// At most `limit` entries of a site that were recorded from `from` on and before `until`, the oldest
/// first.
pub async fn recorded_between(
    tx: &mut Tx,
    tenant: TenantId,
    site: SiteId,
    from: DateTime<Utc>,
    until: DateTime<Utc>,
    limit: i64,
) -> Result<Vec<Entry>, StoreError> {
    const SQL: &str = select_entries!(
        "WHERE tenant = $1 AND site = $2 AND recorded_at >= $3 AND recorded_at < $4 \
         ORDER BY recorded_at, version, part LIMIT $5"
    );
    let rows: Vec<EntryRow> = on!(tx, conn => sqlx::query_as(SQL)
        .bind(tenant)
        .bind(site)
        .bind(from)
        .bind(until)
        .bind(limit)
        .fetch_all(conn)
        .await?);
    rows.into_iter().map(Entry::try_from).collect()
}
