//! A floor as it is saved beside its journal, with what the application remembers of it.

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset, Offset, TimeZone, Utc};
use chrono_tz::Tz;
use domain::{
    calendar::Moment,
    people::{PersonId, VisitId},
    rotation::Floor,
};
use serde::{Deserialize, Serialize};
use store::{SiteId, StreamId, StreamKind, TenantId, Tx};

use crate::AppError;

/// A floor and what the application remembers of it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Saved {
    /// The floor. The journal alone gives it back.
    pub floor: Floor,
    /// The moment of the last entry that happened; time never runs backwards on a floor.
    pub last_at: Option<Moment>,
    /// The entries that keep the whole floor: those that opened the last two days.
    pub kept: Vec<i64>,
    /// The entry that decided who receives each visit.
    pub decided_by: BTreeMap<VisitId, i64>,
    /// The entry that granted each make-up turn.
    pub granted_by: BTreeMap<u64, i64>,
    /// Whose client a visit of the day made its visitor.
    pub owner_given: BTreeMap<VisitId, PersonId>,
    /// The time zone of the site by name, so that it need not be looked up.
    pub zone: String,
    /// The last moment for which the clock was asked to look at the floor.
    pub wake_at: Option<Moment>,
}

impl Saved {
    /// Reads a stored state; a new floor where there is none.
    pub fn read(state: Option<&str>) -> Result<Self, AppError> {
        match state {
            Some(text) => serde_json::from_str(text).map_err(AppError::unusable("floor")),
            None => Ok(Self::default()),
        }
    }

    /// Notes which of the make-up turns the entry `version`, which happened `at`, has granted.
    pub fn note_grants(&mut self, version: i64, at: Moment) {
        for granted in self.floor.make_ups.iter().filter(|granted| granted.granted_at == at) {
            self.granted_by.entry(granted.id).or_insert(version);
        }
    }

    /// Forgets what belongs to visits and make-up turns that have left the floor.
    pub fn tidy(&mut self) {
        let visits = &self.floor.visits;
        let make_ups = &self.floor.make_ups;
        self.granted_by.retain(|id, _| make_ups.iter().any(|make_up| make_up.id == *id));
        self.decided_by.retain(|visit, _| visits.contains_key(visit));
        self.owner_given.retain(|visit, _| visits.contains_key(visit));
    }
}

/// The stream of a site's floor.
pub(crate) fn floor_stream(site: SiteId) -> StreamId {
    StreamId { kind: StreamKind::Floor, id: site.0 }
}

/// The time zone with this name.
pub(crate) fn zone_named(name: &str) -> Result<Tz, AppError> {
    name.parse().map_err(|_| AppError::Unusable {
        what: "time zone of the site",
        why: format!("`{name}` is not a time zone"),
    })
}

/// The time zone of a site.
pub(crate) async fn zone_of(tx: &mut Tx, tenant: TenantId, site: SiteId) -> Result<Tz, AppError> {
    zone_named(&store::sites::get(tx, tenant, site).await?.time_zone)
}

/// Lets the floor of a site know its new time zone.
pub(crate) async fn set_zone(
    tx: &mut Tx,
    tenant: TenantId,
    site: SiteId,
    zone: &str,
) -> Result<(), AppError> {
    let stream = floor_stream(site);
    store::stream::ensure(tx, tenant, site, stream).await?;
    for claimed in store::stream::claim(tx, tenant, &[stream]).await? {
        let saved = Saved::read(claimed.state.as_deref())?;
        let saved = Saved { zone: zone.to_owned(), ..saved };
        let state = serde_json::to_string(&saved).map_err(AppError::unusable("floor"))?;
        store::stream::save(tx, tenant, &claimed, &state).await?;
        store::stream::release(tx, tenant, &claimed).await?;
    }
    Ok(())
}

/// `at` with the offset that the site has then.
pub(crate) fn moment(zone: Tz, at: DateTime<Utc>) -> Moment {
    let offset: FixedOffset = zone.offset_from_utc_datetime(&at.naive_utc()).fix();
    at.with_timezone(&offset)
}

/// Floor, version and zone of a site, for reading.
pub(crate) async fn look(
    tx: &mut Tx,
    tenant: TenantId,
    site: SiteId,
) -> Result<(Saved, i64, Tz), AppError> {
    let zone = zone_of(tx, tenant, site).await?;
    let peeked = store::stream::peek(tx, tenant, floor_stream(site)).await?;
    let (version, state) = peeked.map_or((0, None), |peeked| (peeked.version, peeked.state));
    Ok((Saved::read(state.as_deref())?, version, zone))
}

/// The floor of a site as it is, for reading.
pub(crate) async fn floor_of(
    tx: &mut Tx,
    tenant: TenantId,
    site: SiteId,
) -> Result<Floor, AppError> {
    Ok(look(tx, tenant, site).await?.0.floor)
}
