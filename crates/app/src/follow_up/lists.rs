//! Lists of follow-ups: a person's day in the order of the rulebook, a site's for who leads it, a client's.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    follow_up::{
        Tracking,
        list::{of_person, prompts},
        rules::{Field, Occasion, Prompt},
        state::{Standing, Task},
    },
    people::{ClientId, PersonId},
};
use rulebook::{Because, Trail};
use serde::Serialize;
use store::{SiteId, Tx, clients, follow_ups, follow_ups::TaskRow, stream};
use uuid::Uuid;

use super::held::read;
use crate::{
    App, AppError, Caller, privacy,
    record::follow_up_stream,
    roles::Permission,
    rotation::{moment, zone_of},
    rulebooks::Ruling,
};

/// How many tasks a list shows.
const ON_LIST_MAX: i64 = 200;

/// How many days ahead a list looks.
const AHEAD_DAYS: i64 = 31;

/// One line of a list.
#[derive(Debug, Clone, Serialize)]
pub struct Listed {
    /// The client.
    pub client: ClientId,
    /// The client's name, masked.
    pub name: String,
    /// Whether it is a key client.
    pub key: bool,
    /// The task.
    pub task: Task,
    /// How it stands now.
    pub standing: Standing,
}

/// The follow-ups of a person, or of a site.
#[derive(Debug, Clone, Serialize)]
pub struct Lists {
    /// When it was read.
    pub now: DateTime<Utc>,
    /// What is to be done now, in the order of the rulebook.
    pub today: Vec<Listed>,
    /// What is to come, the nearest first.
    pub ahead: Vec<Listed>,
    /// Why the list is in this order.
    pub because: Because,
    /// What a record of a call must hold.
    pub required: Vec<Field>,
    /// The names of everybody.
    pub names: BTreeMap<PersonId, String>,
}

/// What is known of following one client up.
#[derive(Debug, Clone, Serialize)]
pub struct Seen {
    /// Tasks, records, class, cases.
    pub tracking: Tracking,
    /// What a record of each occasion must hold.
    pub required: BTreeMap<Occasion, Vec<Field>>,
    /// What is shown when the client is opened.
    pub prompts: Vec<Prompt>,
    /// Why.
    pub because: Because,
}

/// The follow-ups at `site` of `person`; of everybody, for who leads the site, where nobody is named.
pub async fn lists(
    app: &App,
    caller: &Caller,
    site: SiteId,
    person: Option<PersonId>,
) -> Result<Lists, AppError> {
    caller.require(Permission::SeeClients)?;
    caller.at(site)?;
    if person.is_none_or(|person| !caller.is_person(person)) {
        caller.require(Permission::SetOwner)?;
    }
    let now = app.clock.now();
    let mut tx = app.db.read().await?;
    let zone = zone_of(&mut tx, caller.tenant, site).await?;
    let at = moment(zone, now);
    let ruling = crate::rulebooks::ruling_at(app, &mut tx, caller.tenant, site, now).await?;
    let rules = &Ruling::or_empty(ruling.as_deref()).follow_up;
    let until = now + TimeDelta::days(AHEAD_DAYS);
    let of = person.map(|person| person.0);
    let here = (caller.tenant, site);
    let rows = follow_ups::open(&mut tx, here, of, until, ON_LIST_MAX).await?;
    let known = known(app, &mut tx, caller, &rows).await?;
    let all: Vec<(Option<ClientId>, &Tracking)> =
        known.iter().map(|(client, (_, tracking))| (Some(*client), tracking)).collect();
    let listed = |client: ClientId, task: &Task| {
        let (name, tracking) = known.get(&client)?;
        let (name, key, standing) = (name.clone(), tracking.key, task.standing(at));
        Some(Listed { client, name, key, task: task.clone(), standing })
    };
    let mut trail = Trail::default();
    let today = match person {
        Some(person) => of_person(rules, &all, person, at, &mut trail)
            .iter()
            .filter_map(|line| listed(line.client?, line.task))
            .collect(),
        None => rows.iter().filter_map(|row| of_row(row, &known, &listed)).collect::<Vec<_>>(),
    };
    let mut today: Vec<Listed> = today;
    today.retain(|line| line.standing != Standing::Ahead);
    let mut ahead: Vec<Listed> =
        rows.iter().filter_map(|row| of_row(row, &known, &listed)).collect();
    ahead.retain(|line| line.standing == Standing::Ahead);
    let names = crate::people::names(&mut tx, caller.tenant).await?;
    let required = required(rules).remove(&Occasion::Call).unwrap_or_default();
    Ok(Lists { now, today, ahead, because: trail.because(), required, names })
}

/// What is known of following `client` up.
pub async fn seen(app: &App, caller: &Caller, client: ClientId) -> Result<Seen, AppError> {
    caller.require(Permission::SeeClients)?;
    let now = app.clock.now();
    let mut tx = app.db.read().await?;
    let row = clients::get(&mut tx, caller.tenant, client.0).await?;
    caller.at(row.site).map_err(|_| AppError::NotFound("client"))?;
    let zone = zone_of(&mut tx, caller.tenant, row.site).await?;
    let ruling = crate::rulebooks::ruling_at(app, &mut tx, caller.tenant, row.site, now).await?;
    let rules = &Ruling::or_empty(ruling.as_deref()).follow_up;
    let tracking = tracking(&mut tx, caller, client.0).await?;
    let mut trail = Trail::default();
    let prompts = prompts(rules, &tracking, moment(zone, now), &mut trail);
    Ok(Seen { tracking, required: required(rules), prompts, because: trail.because() })
}

/// What a record of each occasion must hold; what every contact needs included.
fn required(rules: &domain::follow_up::Rules) -> BTreeMap<Occasion, Vec<Field>> {
    let of = |occasion: Occasion| {
        let rules = rules.record.get(&occasion);
        rules.and_then(|rules| rules.required.value()).cloned().unwrap_or_default()
    };
    let contact = of(Occasion::Contact);
    let all = Occasion::ALL.iter().map(|occasion| {
        let mut fields = of(*occasion);
        fields.extend(
            contact.iter().filter(|field| !fields.contains(field)).copied().collect::<Vec<_>>(),
        );
        (*occasion, fields)
    });
    all.collect()
}

type Known = BTreeMap<ClientId, (String, Tracking)>;

async fn known(
    app: &App,
    tx: &mut Tx,
    caller: &Caller,
    rows: &[TaskRow],
) -> Result<Known, AppError> {
    let mut known = Known::new();
    for row in rows {
        let client = ClientId(row.client);
        if known.contains_key(&client) {
            continue;
        }
        let found = clients::get(tx, caller.tenant, row.client).await?;
        let shown = privacy::shown(app, &found, false)?;
        known.insert(client, (shown.name, tracking(tx, caller, row.client).await?));
    }
    Ok(known)
}

async fn tracking(tx: &mut Tx, caller: &Caller, client: Uuid) -> Result<Tracking, AppError> {
    let peeked = stream::peek(tx, caller.tenant, follow_up_stream(client)).await?;
    read(peeked.and_then(|peeked| peeked.state).as_deref())
}

fn of_row(
    row: &TaskRow,
    known: &Known,
    listed: &impl Fn(ClientId, &Task) -> Option<Listed>,
) -> Option<Listed> {
    let client = ClientId(row.client);
    let (_, tracking) = known.get(&client)?;
    let task = tracking.tasks.iter().find(|task| i64::from(task.id.0) == row.number)?;
    listed(client, task)
}
