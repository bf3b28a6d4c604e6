//! Lists of clients, filtered and paged by key.

use chrono::{DateTime, Days, NaiveDate, TimeZone, Utc};
use domain::people::{ClientId, PersonId};
use serde::{Deserialize, Serialize};
use store::{
    SiteId, Tx,
    clients::{self, Filter, Order, Place, Telephone, Whose},
};

use super::{Client, Grade, Kind, Source, client_of, search::Typed};
use crate::{App, AppError, Caller, roles::Permission, rotation::zone_of};

/// The most clients of one page.
const LIMIT_MAX: i64 = 200;

/// Whose clients are asked for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Owner {
    /// Anybody's and nobody's.
    #[default]
    All,
    /// Those of one person whose right has not lapsed.
    Of(PersonId),
    /// Nobody's, also because the right has lapsed.
    Nobody,
}

/// Which clients are asked for: those for whom all of it is true.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// A part of name, pinyin, initials, company or plate, or a telephone; empty for all.
    pub text: String,
    /// Whose.
    pub owner: Owner,
    /// A person, household or company.
    pub kind: Option<Kind>,
    /// The grade of intention.
    pub grade: Option<Grade>,
    /// Where they come from.
    pub source: Option<Source>,
    /// Whether a deal closed.
    pub closed: Option<bool>,
    /// The owner's right ends within so many days, today included.
    pub lapses_within_days: Option<u32>,
    /// The owner's right ended before today.
    pub lapsed: bool,
    /// Nobody was in contact for so many days.
    pub silent_days: Option<u32>,
    /// Entered on this day or later.
    pub created_from: Option<NaiveDate>,
    /// Entered on this day or earlier.
    pub created_until: Option<NaiveDate>,
}

/// A page of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Listed {
    /// The clients.
    pub rows: Vec<Client>,
    /// Where the next page begins; nothing: there is none.
    pub next: Option<Next>,
}

/// Where a page of a list ended: `<client>` or `<client>.<day>`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Next {
    /// The last client.
    pub client: ClientId,
    /// The last day of their right.
    pub lapses_on: Option<NaiveDate>,
}

impl std::fmt::Display for Next {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.client)?;
        self.lapses_on.map_or(Ok(()), |day| write!(f, ".{day}"))
    }
}

impl std::str::FromStr for Next {
    type Err = AppError;

    fn from_str(text: &str) -> Result<Self, AppError> {
        let wrong = || AppError::invalid("after", "this is no place in a list", "begin anew");
        let (client, day) = match text.split_once('.') {
            Some((client, day)) => (client, Some(day)),
            None => (text, None),
        };
        let client = client.parse().map(ClientId).map_err(|_| wrong())?;
        let lapses_on = day.map(str::parse).transpose().map_err(|_| wrong())?;
        Ok(Self { client, lapses_on })
    }
}

/// At most `limit` clients of `site` for what is asked, masked: the newest first, or those whose right ends
/// next where that is asked for.
pub async fn list(
    app: &App,
    caller: &Caller,
    site: SiteId,
    asked: &Asked,
    after: Option<Next>,
    limit: i64,
) -> Result<Listed, AppError> {
    caller.require(Permission::SeeClients)?;
    caller.at(site)?;
    let limit = limit.clamp(1, LIMIT_MAX);
    let mut tx = app.db.read().await?;
    let places = places(app, &mut tx, caller, site, asked, after, limit + 1).await?;
    let shown = usize::try_from(limit).unwrap_or(usize::MAX);
    let next = places.get(shown).and(places.get(shown - 1));
    let next = next.map(|place| Next { client: ClientId(place.id), lapses_on: place.lapses_on });
    let names = crate::people::names(&mut tx, caller.tenant).await?;
    let mut rows = Vec::new();
    for place in places.iter().take(shown) {
        let row = clients::get(&mut tx, caller.tenant, place.id).await?;
        rows.push(client_of(app, row, &names)?);
    }
    Ok(Listed { rows, next })
}

/// The ids of at most `limit` clients for what is asked.
pub(crate) async fn places(
    app: &App,
    tx: &mut Tx,
    caller: &Caller,
    site: SiteId,
    asked: &Asked,
    after: Option<Next>,
    limit: i64,
) -> Result<Vec<Place>, AppError> {
    let zone = zone_of(tx, caller.tenant, site).await?;
    let today = app.clock.now().with_timezone(&zone).date_naive();
    let start = |day: NaiveDate| -> Option<DateTime<Utc>> {
        let at = zone.from_local_datetime(&day.and_time(chrono::NaiveTime::MIN));
        at.earliest().map(|at| at.to_utc())
    };
    let ago = |days: u32| today.checked_sub_days(Days::new(u64::from(days))).unwrap_or(today);
    let ahead = |days: u32| today.checked_add_days(Days::new(u64::from(days))).unwrap_or(today);
    let typed = Typed::of(&asked.text);
    let (part, telephone) = match &typed {
        Typed::Nothing => (None, None),
        Typed::Nobody => return Ok(Vec::new()),
        Typed::Part(part) => (Some(part.as_str()), None),
        Typed::Whole(number) => (None, Some(Telephone::Whole(number))),
        Typed::Last8(digits) => (None, Some(Telephone::Last8(digits))),
        Typed::Last4(digits) => (None, Some(Telephone::Last4(digits))),
    };
    let lapses = match (asked.lapsed, asked.lapses_within_days) {
        (true, _) => Some((NaiveDate::MIN.max(ago(36_500)), ago(1))),
        (false, Some(days)) => Some((today, ahead(days))),
        (false, None) => None,
    };
    let filter = Filter {
        whose: match asked.owner {
            Owner::All => Whose::All,
            Owner::Of(person) => Whose::Of(person.0),
            Owner::Nobody => Whose::Nobodys,
        },
        today,
        kind: asked.kind.map(Kind::word),
        grade: asked.grade.map(Grade::word),
        source: asked.source.map(Source::word),
        closed: asked.closed,
        lapses,
        silent_since: asked.silent_days.and_then(|days| start(ago(days))),
        created_from: asked.created_from.and_then(start),
        created_before: asked.created_until.and_then(|day| day.succ_opt()).and_then(start),
        part,
        telephone,
    };
    let order = if lapses.is_some() { Order::LapsesNext } else { Order::Newest };
    let after = after.map(|next| Place { id: next.client.0, lapses_on: next.lapses_on });
    let keys = &app.keys;
    Ok(clients::places(tx, keys, caller.tenant, site, &filter, order, after, limit).await?)
}
