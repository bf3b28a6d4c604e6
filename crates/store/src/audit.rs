//! The audit: whether the journal is as it was written.
//!
//! [`verify`] recomputes every chain and compares it with the versions of the streams; it finds a changed
//! byte, a missing entry and a missing stream that left something behind. What is cut off without a trace
//! (the last entries and the version with them, a stream with all its rows, the whole table) is found by
//! [`verify_against`] up to the checkpoint that it is given.

use std::fmt;

use serde::Serialize;
use sqlx::{FromRow, Row};
use uuid::Uuid;

use crate::{
    StoreError, StreamId, TenantId, Tx,
    checkpoint::Checkpoint,
    db::on,
    hex,
    journal::{self, Entry, EntryRow, FIRST, hash_of},
};

/// How many entries are read at a time.
const PAGE: i64 = 500;

/// How many findings are listed; further ones are only counted.
pub const FINDINGS_MAX: usize = 1_000;

/// What the audit saw.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    /// How many streams were looked at.
    pub streams: u64,
    /// How many entries were looked at.
    pub entries: u64,
    /// What is wrong, at most [`FINDINGS_MAX`].
    pub findings: Vec<Finding>,
    /// How many findings are not listed.
    pub findings_left_out: u64,
}

/// Something that is not as it was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// The stream, as `kind/id`.
    pub stream: String,
    /// The version of the entry that it is about.
    pub version: i64,
    /// What is wrong with it.
    pub fault: Fault,
}

/// What can be wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Fault {
    /// The entry does not have the hash that it says.
    Changed,
    /// A column does not even have the right shape.
    Unreadable,
    /// The entry is not chained to the one before it.
    Unchained,
    /// The entry is not there, though the stream counted it.
    Missing,
    /// The entry is there, but its stream is not, or never counted it.
    Surplus,
    /// The entry, as a checkpoint knew it, is not there.
    MissingSinceCheckpoint,
    /// The entry is there, but not with the hash that a checkpoint knew.
    ChangedSinceCheckpoint,
    /// The checkpoint itself was changed.
    CheckpointChanged,
}

impl Report {
    /// Whether nothing is wrong.
    pub fn is_clean(&self) -> bool {
        self.findings.is_empty()
    }

    fn add(&mut self, stream: impl fmt::Display, version: i64, fault: Fault) {
        if self.findings.len() < FINDINGS_MAX {
            self.findings.push(Finding { stream: stream.to_string(), version, fault });
        } else {
            self.findings_left_out += 1;
        }
    }
}

/// Where the audit is: the last row it has read, and the chain there.
struct Place {
    kind: String,
    stream: Uuid,
    version: i64,
    hash: Vec<u8>,
}

impl Place {
    /// The stream's name, also of a kind that does not exist.
    fn stream(&self) -> String {
        format!("{}/{}", self.kind, self.stream)
    }
}

/// A row of the journal: where it stands, and the entry if it has the right shape.
type ReadRow = (String, Uuid, i64, Option<Entry>);

/// Recomputes all chains of `tenant`, reading page by page.
pub async fn verify(tx: &mut Tx, tenant: TenantId) -> Result<Report, StoreError> {
    let mut report = Report::default();
    let mut place =
        Place { kind: String::new(), stream: Uuid::nil(), version: 0, hash: FIRST.to_vec() };
    loop {
        let rows = page(tx, tenant, &place).await?;
        if rows.is_empty() {
            break;
        }
        for (kind, stream, version, entry) in rows {
            if (&kind, stream) != (&place.kind, place.stream) {
                finish(tx, tenant, &place, &mut report).await?;
                place = Place { kind, stream, version: 0, hash: FIRST.to_vec() };
                report.streams += 1;
            }
            report.entries += 1;
            follow(&mut place, version, entry, &mut report);
        }
    }
    finish(tx, tenant, &place, &mut report).await?;
    empty_streams(tx, tenant, &mut report).await?;
    Ok(report)
}

/// Goes one entry on.
fn follow(place: &mut Place, version: i64, entry: Option<Entry>, report: &mut Report) {
    let missing = place.version + 1..version;
    let complete = missing.is_empty();
    // A gap of any size is one finding: it is named by its first entry.
    if let Some(first) = missing.into_iter().next() {
        report.add(place.stream(), first, Fault::Missing);
    }
    let Some(entry) = entry else {
        report.add(place.stream(), version, Fault::Unreadable);
        place.version = version;
        // What the next entry is chained to cannot be told any more.
        place.hash = Vec::new();
        return;
    };
    if hash_of(&entry) != entry.hash {
        report.add(place.stream(), version, Fault::Changed);
    }
    if complete && !place.hash.is_empty() && entry.previous_hash != place.hash {
        report.add(place.stream(), version, Fault::Unchained);
    }
    place.version = version;
    place.hash = entry.hash;
}

/// Compares the end of a chain with the version that the stream counted.
async fn finish(
    tx: &mut Tx,
    tenant: TenantId,
    place: &Place,
    report: &mut Report,
) -> Result<(), StoreError> {
    const SQL: &str = "SELECT version FROM stream WHERE tenant = $1 AND kind = $2 AND id = $3";
    if place.version == 0 {
        return Ok(());
    }
    let counted: Option<i64> = on!(tx, conn => sqlx::query_scalar(SQL)
        .bind(tenant)
        .bind(&place.kind)
        .bind(place.stream)
        .fetch_optional(conn)
        .await?);
    match counted {
        Some(counted) if counted == place.version => {}
        Some(counted) if counted > place.version => {
            report.add(place.stream(), place.version + 1, Fault::Missing);
        }
        _ => report.add(place.stream(), place.version, Fault::Surplus),
    }
    Ok(())
}

/// Finds streams that counted entries of which none is left.
async fn empty_streams(
    tx: &mut Tx,
    tenant: TenantId,
    report: &mut Report,
) -> Result<(), StoreError> {
    const SQL: &str = "SELECT s.kind, s.id FROM stream s WHERE s.tenant = $1 AND s.version > 0
        AND NOT EXISTS (SELECT 1 FROM journal j
            WHERE j.tenant = s.tenant AND j.kind = s.kind AND j.stream = s.id)
        ORDER BY s.kind, s.id LIMIT $2";
    let limit = i64::try_from(FINDINGS_MAX).unwrap_or(i64::MAX);
    let rows: Vec<(String, Uuid)> =
        on!(tx, conn => sqlx::query_as(SQL).bind(tenant).bind(limit).fetch_all(conn).await?);
    for (kind, id) in rows {
        report.streams += 1;
        report.add(format!("{kind}/{id}"), 1, Fault::Missing);
    }
    Ok(())
}

/// The next entries after `place`, in order of stream and version.
async fn page(tx: &mut Tx, tenant: TenantId, place: &Place) -> Result<Vec<ReadRow>, StoreError> {
    const SQL: &str = journal::select_entries!(
        "WHERE tenant = $1 AND (kind, stream, version) > ($2, $3, $4) \
         ORDER BY kind, stream, version LIMIT $5"
    );
    Ok(on!(tx, conn => {
        let rows = sqlx::query(SQL)
            .bind(tenant)
            .bind(&place.kind)
            .bind(place.stream)
            .bind(place.version)
            .bind(PAGE)
            .fetch_all(conn)
            .await?;
        let mut read = Vec::with_capacity(rows.len());
        for row in rows {
            let entry = EntryRow::from_row(&row).ok().and_then(|row| Entry::try_from(row).ok());
            read.push((row.try_get("kind")?, row.try_get("stream")?, row.try_get("version")?, entry));
        }
        read
    }))
}

/// Compares the journal with `checkpoint`, which [`checkpoint::take`](crate::checkpoint::take) exported
/// and somebody kept. It does not recompute the chains; [`verify`] does.
pub async fn verify_against(tx: &mut Tx, checkpoint: &str) -> Result<Report, StoreError> {
    const SQL: &str =
        "SELECT hash FROM journal WHERE tenant = $1 AND kind = $2 AND stream = $3 AND version = $4";
    let checkpoint = Checkpoint::from_json(checkpoint)?;
    let mut report = Report::default();
    if !checkpoint.is_whole() {
        report.add("checkpoint", 0, Fault::CheckpointChanged);
    }
    for head in &checkpoint.heads {
        let stream = StreamId { kind: head.kind, id: head.stream };
        let hash: Option<Vec<u8>> = on!(tx, conn => sqlx::query_scalar(SQL)
            .bind(checkpoint.tenant)
            .bind(stream.kind.as_str())
            .bind(stream.id)
            .bind(head.version)
            .fetch_optional(conn)
            .await?);
        report.streams += 1;
        match hash {
            None => report.add(stream, head.version, Fault::MissingSinceCheckpoint),
            Some(hash) if hex::encode(&hash) != head.hash => {
                report.add(stream, head.version, Fault::ChangedSinceCheckpoint);
            }
            Some(_) => report.entries += 1,
        }
    }
    Ok(report)
}
