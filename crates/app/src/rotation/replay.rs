//! The floor from its journal alone.

use std::collections::VecDeque;

use chrono_tz::Tz;
use domain::rotation::Floor;
use sha2::{Digest, Sha256};
use store::{SiteId, TenantId, Tx, journal, journal::Entry};

use super::{
    happened::{Happened, Kept},
    held::to_json,
    saved::{floor_stream, look, moment},
    why::hex,
};
use crate::{App, AppError, Caller, roles::Permission};

/// What a replay of a floor's journal came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replayed {
    /// How many entries were replayed.
    pub entries: u64,
    /// The floor that they lead to.
    pub floor: Floor,
    /// Whether the stored floor is the same.
    pub same: bool,
    /// The entries that keep the whole floor, and keep another one than the events lead to.
    pub differing: Vec<i64>,
}

/// How many entries are read at a time.
const PAGE: i64 = 500;

/// How many entries can be taken back one after the other.
const BACK_MOST: usize = 64;

/// A floor on which entries are replayed.
#[derive(Debug, Default)]
pub(super) struct Replay {
    pub floor: Floor,
    pub differing: Vec<i64>,
    /// The entry that decided who receives each visit.
    pub decided_by: std::collections::BTreeMap<domain::people::VisitId, i64>,
    /// The moment of the last entry with events.
    pub last_at: Option<domain::calendar::Moment>,
    /// The floor before each of the last entries, which may yet be undone, the last one first.
    before: VecDeque<(i64, Replay)>,
}

impl Replay {
    fn copy(&self) -> Self {
        Self {
            floor: self.floor.clone(),
            differing: self.differing.clone(),
            decided_by: self.decided_by.clone(),
            last_at: self.last_at,
            before: VecDeque::new(),
        }
    }

    /// Goes one entry on.
    pub fn follow(&mut self, zone: Tz, entry: &Entry) -> Result<(), AppError> {
        let happened: Vec<Happened> = serde_json::from_str(&entry.events)
            .map_err(AppError::unusable("events of an entry"))?;
        if happened.is_empty() {
            // A refusal: the entry before it can still be undone.
            return Ok(());
        }
        let at = moment(zone, entry.happened_at);
        let before = self.copy();
        for happened in &happened {
            match happened {
                Happened::Floor(event) => {
                    self.floor.evolve(event, at);
                    if let Some((visit, true)) = super::visit_rows::visit_of(event) {
                        self.decided_by.insert(visit, entry.version);
                    }
                }
                Happened::Kept(Kept::FloorKept { floor }) => {
                    if **floor != self.floor {
                        self.differing.push(entry.version);
                    }
                }
                Happened::Kept(Kept::Undone { entry: undone, .. }) => {
                    let mut earlier = std::mem::take(&mut self.before);
                    match earlier.pop_front() {
                        Some((version, before)) if version == *undone => {
                            *self = Self { before: earlier, ..before };
                        }
                        _ => self.differing.push(entry.version),
                    }
                    return Ok(());
                }
            }
        }
        self.last_at = Some(self.last_at.map_or(at, |last| last.max(at)));
        self.before.push_front((entry.version, before));
        self.before.truncate(BACK_MOST);
        Ok(())
    }
}

/// Replays the journal of the floor of `site` from its first entry, and compares the result.
pub async fn replay(app: &App, caller: &Caller, site: SiteId) -> Result<Replayed, AppError> {
    caller.at(site)?;
    caller.require(Permission::Audit)?;
    let mut tx = app.db.read().await?;
    let (saved, version, zone) = look(&mut tx, caller.tenant, site).await?;
    let mut replay = Replay::default();
    let entries = run(&mut tx, caller.tenant, site, zone, &mut replay, 1, version).await?;
    let same = replay.floor == saved.floor;
    Ok(Replayed { entries, floor: replay.floor, same, differing: replay.differing })
}

/// Replays the entries from version `from` to version `to`, both included.
pub(super) async fn run(
    tx: &mut Tx,
    tenant: TenantId,
    site: SiteId,
    zone: Tz,
    replay: &mut Replay,
    from: i64,
    to: i64,
) -> Result<u64, AppError> {
    let (mut next, mut count) = (from, 0);
    while next <= to {
        let limit = PAGE.min(to - next + 1);
        let entries = journal::of_stream(tx, tenant, floor_stream(site), next, limit).await?;
        if entries.is_empty() {
            break;
        }
        for entry in &entries {
            replay.follow(zone, entry)?;
            count += 1;
            next = entry.version + 1;
        }
    }
    Ok(count)
}

/// SHA-256 of a floor, hexadecimal.
pub(super) fn hash_of(floor: &Floor) -> Result<String, AppError> {
    Ok(hex(&Sha256::digest(to_json(floor)?.as_bytes())))
}
