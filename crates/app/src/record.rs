//! Writing down: the journal entries of plain writes, and how an entry is named.

use std::{fmt, str::FromStr};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use store::{
    SiteId, StreamId, StreamKind, Tx,
    journal::{self, Entry, NewEntry},
    stream,
};
use uuid::Uuid;

use crate::{AppError, Caller};

/// Names an entry of the journal: `floor.0192..c3.17`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EntryId {
    /// The stream.
    pub stream: StreamId,
    /// Its place there, from 1.
    pub version: i64,
}

impl EntryId {
    /// The name of `entry`.
    #[must_use]
    pub fn of(entry: &Entry) -> Self {
        Self { stream: entry.stream, version: entry.version }
    }
}

impl fmt::Display for EntryId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.stream.kind, self.stream.id, self.version)
    }
}

impl FromStr for EntryId {
    type Err = AppError;

    fn from_str(text: &str) -> Result<Self, AppError> {
        let wrong = || AppError::NotFound("journal entry");
        let mut parts = text.split('.');
        let (Some(kind), Some(id), Some(version), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(wrong());
        };
        let kind: StreamKind = kind.parse().map_err(|_| wrong())?;
        let id: Uuid = id.parse().map_err(|_| wrong())?;
        let version = version.parse().map_err(|_| wrong())?;
        Ok(Self { stream: StreamId { kind, id }, version })
    }
}

impl Serialize for EntryId {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for EntryId {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

/// A plain write: nothing was decided, and still it is in the journal.
#[derive(Debug, Clone)]
pub(crate) struct Write<'a> {
    /// The site; the tenant's id where it belongs to none.
    pub site: SiteId,
    /// The stream.
    pub stream: StreamId,
    /// Identifies the command.
    pub command_id: Uuid,
    /// 0 for the first entry of the command.
    pub part: i64,
    /// The command's name.
    pub kind: &'a str,
    /// The command: ids, words and figures only.
    pub command: Value,
    /// The reasons, if it followed from a decision.
    pub because: &'a str,
    /// The rulebook version of that decision.
    pub rulebook_version: Option<Uuid>,
    /// When it happened.
    pub happened_at: DateTime<Utc>,
    /// When it is written down.
    pub recorded_at: DateTime<Utc>,
}

impl<'a> Write<'a> {
    /// A write of `kind` to `stream`, now.
    pub fn new(
        site: SiteId,
        stream: StreamId,
        kind: &'a str,
        command: Value,
        now: DateTime<Utc>,
    ) -> Self {
        Self {
            site,
            stream,
            command_id: Uuid::now_v7(),
            part: 0,
            kind,
            command,
            because: "[]",
            rulebook_version: None,
            happened_at: now,
            recorded_at: now,
        }
    }
}

/// Claims the stream of `write` and appends it.
pub(crate) async fn write(
    tx: &mut Tx,
    caller: &Caller,
    write: &Write<'_>,
) -> Result<Entry, AppError> {
    stream::ensure(tx, caller.tenant, write.site, write.stream).await?;
    let claimed = stream::claim(tx, caller.tenant, &[write.stream]).await?;
    let claimed = claimed.first().ok_or(AppError::NotFound("stream"))?;
    let events = Value::from(vec![write.command.clone()]).to_string();
    let new = NewEntry {
        tenant: caller.tenant,
        claimed,
        command_id: write.command_id,
        part: write.part,
        actor: &caller.spelled(),
        command_kind: write.kind,
        command: &write.command.to_string(),
        events: &events,
        because: write.because,
        outcome: r#"{"outcome":"done"}"#,
        rulebook_version: write.rulebook_version,
        happened_at: write.happened_at,
        recorded_at: write.recorded_at,
    };
    Ok(journal::append(tx, new).await?)
}

/// The stream of the people of a company.
pub(crate) fn people_stream(tenant: store::TenantId) -> StreamId {
    StreamId { kind: StreamKind::People, id: tenant.0 }
}

/// The stream of a client.
pub(crate) fn client_stream(client: Uuid) -> StreamId {
    StreamId { kind: StreamKind::Client, id: client }
}

/// The stream of following a client up.
pub(crate) fn follow_up_stream(client: Uuid) -> StreamId {
    StreamId { kind: StreamKind::FollowUp, id: client }
}

/// The stream of the rulebooks of a site.
pub(crate) fn rulebook_stream(site: SiteId) -> StreamId {
    StreamId { kind: StreamKind::Rulebook, id: site.0 }
}
