//! Checkpoints: the heads of all streams at one moment, to be kept off the machine.

use chrono::{DateTime, SecondsFormat, SubsecRound, Utc};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::{StoreError, StreamKind, TenantId, Tx, db::on, hex};

/// Names the format.
const FORMAT: &str = "lunpai checkpoint 1";

/// The heads of all streams of a tenant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checkpoint {
    /// The format's name.
    pub format: String,
    /// The company.
    pub tenant: TenantId,
    /// When it was taken.
    pub at: DateTime<Utc>,
    /// The last entry of each stream, in order of stream.
    pub heads: Vec<Head>,
    /// SHA-256 over all of the above, hexadecimal. Whoever changes a head can make it again; that the file
    /// is kept elsewhere protects it, this only tells a damaged one.
    pub hash: String,
}

/// The last entry of a stream.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// What the stream is about.
    pub kind: StreamKind,
    /// The stream.
    pub stream: Uuid,
    /// The version of the entry.
    pub version: i64,
    /// Its hash, hexadecimal.
    pub hash: String,
}

impl Checkpoint {
    /// Reads an exported checkpoint.
    pub fn from_json(text: &str) -> Result<Self, StoreError> {
        let read: Self =
            serde_json::from_str(text).map_err(|error| StoreError::invalid("checkpoint", error))?;
        if read.format != FORMAT {
            return Err(StoreError::invalid("checkpoint", "its format is not known"));
        }
        Ok(read)
    }

    /// Whether nobody changed it after it was exported.
    pub fn is_whole(&self) -> bool {
        self.hash == self.computed_hash()
    }

    fn computed_hash(&self) -> String {
        let mut hash = Sha256::new();
        let at = self.at.to_rfc3339_opts(SecondsFormat::Micros, true);
        hash.update(format!("{}\n{}\n{at}\n", self.format, self.tenant.0));
        for Head { kind, stream, version, hash: head } in &self.heads {
            hash.update(format!("{kind} {stream} {version} {head}\n"));
        }
        hex::encode(&hash.finalize())
    }
}

/// Takes a checkpoint of `tenant` and returns it as JSON. Its heads are what the journal has, not what the
/// streams count: run [`audit::verify`](crate::audit::verify) in the same transaction first.
pub async fn take(tx: &mut Tx, tenant: TenantId, at: DateTime<Utc>) -> Result<String, StoreError> {
    const SQL: &str = "SELECT j.kind, j.stream, j.version, j.hash FROM journal j
        JOIN (SELECT kind, stream, MAX(version) AS version FROM journal
            WHERE tenant = $1 GROUP BY kind, stream) AS head
            ON head.kind = j.kind AND head.stream = j.stream AND head.version = j.version
        WHERE j.tenant = $1 ORDER BY j.kind, j.stream";
    let rows: Vec<(String, Uuid, i64, Vec<u8>)> =
        on!(tx, conn => sqlx::query_as(SQL).bind(tenant).fetch_all(conn).await?);
    let mut heads = Vec::with_capacity(rows.len());
    for (kind, stream, version, hash) in rows {
        heads.push(Head { kind: kind.parse()?, stream, version, hash: hex::encode(&hash) });
    }
    let at = at.trunc_subsecs(6);
    let mut taken =
        Checkpoint { format: FORMAT.to_owned(), tenant, at, heads, hash: String::new() };
    taken.hash = taken.computed_hash();
    serde_json::to_string_pretty(&taken).map_err(|error| StoreError::invalid("checkpoint", error))
}
