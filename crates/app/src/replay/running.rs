//! A replay that runs, page by page: it holds a day and the clients, not the history.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Days, NaiveDate, TimeZone, Utc};
use chrono_tz::Tz;
use domain::{
    attribution,
    journeys::replay::{Difference, Replay, Summary},
    people::PersonId,
    rotation::{self, rules::Role},
};
use store::{
    SiteId, StreamId, TenantId,
    journal::{self, After, Line},
};

use super::{
    Found,
    lines::{InOrder, Reader, undone_by},
};
use crate::{
    App, AppError, Caller,
    roles::Permission,
    rotation::{floor_stream, moment, zone_of},
    rulebooks::Ruling,
};

/// How many lines are read at a time.
const PAGE: i64 = 1_000;

/// Which days are replayed; both included.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Period {
    /// The first; nothing: the first there is.
    pub from: Option<NaiveDate>,
    /// The last; nothing: up to now.
    pub to: Option<NaiveDate>,
}

/// A replay that runs.
#[derive(Debug)]
pub struct Running<'r> {
    app: App,
    tenant: TenantId,
    site: SiteId,
    floor: StreamId,
    replay: Replay<'r>,
    reader: Reader,
    order: InOrder,
    after: Option<After>,
    until: DateTime<Utc>,
    /// Lines read so far.
    pub read: u64,
    /// Lines there are.
    pub total: u64,
}

impl<'r> Running<'r> {
    /// Begins a replay of the history of `site` under `rules` and `owners`.
    pub async fn begin(
        app: &App,
        caller: &Caller,
        site: SiteId,
        (rules, owners): (&'r rotation::Rules, &'r attribution::Rules),
        period: Period,
    ) -> Result<Running<'r>, AppError> {
        caller.require(Permission::EditRulebooks)?;
        caller.at(site)?;
        let tenant = caller.tenant;
        let mut tx = app.db.read().await?;
        let zone = zone_of(&mut tx, tenant, site).await?;
        let until = period.to.map_or_else(|| app.clock.now(), |day| end_of(zone, day));
        let until = until.min(app.clock.now());
        let floor = floor_stream(site);
        let undone = journal::commands_named(&mut tx, tenant, floor, "undo").await?;
        let undone: HashSet<i64> = undone.iter().filter_map(|command| undone_by(command)).collect();
        let mut roles: HashMap<PersonId, Vec<Role>> = HashMap::new();
        for person in store::people::of_tenant(&mut tx, tenant).await? {
            let known = person.roles.iter().filter_map(|word| Role::of_word(word));
            roles.insert(PersonId(person.id), known.collect());
        }
        let (total, first) = journal::count_lines(&mut tx, tenant, site, until).await?;
        Ok(Self {
            app: app.clone(),
            tenant,
            site,
            floor,
            replay: Replay::new(rules, owners, period.from),
            reader: Reader { zone, undone, roles },
            order: InOrder::default(),
            after: first.map(After::start),
            until,
            read: 0,
            total: u64::try_from(total).unwrap_or_default(),
        })
    }

    /// Reads a page; the differences it led to, or nothing where there is no more.
    pub async fn next(&mut self) -> Result<Option<Vec<Found>>, AppError> {
        let Some(after) = self.after else { return Ok(None) };
        let mut tx = self.app.db.read().await?;
        let (tenant, site, until) = (self.tenant, self.site, self.until);
        let lines = journal::lines(&mut tx, tenant, site, after, until, PAGE).await?;
        self.after = lines.last().map(After::line);
        self.read += u64::try_from(lines.len()).unwrap_or_default();
        let mut ready = Vec::with_capacity(lines.len());
        if lines.is_empty() {
            ready = self.order.rest();
        }
        for line in lines {
            self.order.take(line, &mut ready);
        }
        let mut found = Vec::new();
        for line in &ready {
            found.extend(self.go_on(line)?);
        }
        self.with_reasons(&mut tx, found).await.map(Some)
    }

    fn go_on(&mut self, line: &Line) -> Result<Vec<Difference>, AppError> {
        let Some(recorded) = self.reader.read(line)? else { return Ok(Vec::new()) };
        self.replay.go_on(&recorded);
        Ok(self.replay.take_found())
    }

    /// Ends it: the last differences, and what it came to.
    pub async fn finish(self) -> Result<(Vec<Found>, Summary), AppError> {
        let mut tx = self.app.db.read().await?;
        let (tenant, site) = (self.tenant, self.site);
        let ruling =
            crate::rulebooks::ruling_at(&self.app, &mut tx, tenant, site, self.until).await?;
        let then = &Ruling::or_empty(ruling.as_deref()).attribution;
        let at = moment(self.reader.zone, self.until);
        let Self { replay, app, tenant, floor, .. } = self;
        let (found, summary) = replay.finish(then, at);
        drop(app);
        Ok((reasoned(&mut tx, tenant, floor, found).await?, summary))
    }

    async fn with_reasons(
        &self,
        tx: &mut store::Tx,
        found: Vec<Difference>,
    ) -> Result<Vec<Found>, AppError> {
        reasoned(tx, self.tenant, self.floor, found).await
    }
}

/// The differences with the reasons that the journal has for what was decided then.
async fn reasoned(
    tx: &mut store::Tx,
    tenant: TenantId,
    floor: StreamId,
    found: Vec<Difference>,
) -> Result<Vec<Found>, AppError> {
    let mut all = Vec::with_capacity(found.len());
    for difference in found {
        let entry = match &difference {
            Difference::Visit(visit) => visit.decided_by,
            Difference::Sanction(sanction) => sanction.decided_by,
            Difference::Client(_) => None,
        };
        let known = match entry {
            Some(version) => journal::reasons(tx, tenant, floor, version).await?,
            None => None,
        };
        let (because_then, rulebook_then) = match known {
            Some((text, rulebook)) => {
                let because = serde_json::from_str(&text)
                    .map_err(AppError::unusable("reasons of an entry"))?;
                (Some(because), rulebook)
            }
            None => (None, None),
        };
        all.push(Found { difference, because_then, rulebook_then });
    }
    Ok(all)
}

/// The first moment after `day` at the site.
fn end_of(zone: Tz, day: NaiveDate) -> DateTime<Utc> {
    let next = day.checked_add_days(Days::new(1)).unwrap_or(day);
    let midnight = zone.from_local_datetime(&next.and_time(chrono::NaiveTime::MIN));
    midnight.earliest().map_or(DateTime::<Utc>::MAX_UTC, |at| at.to_utc())
}
