//! Changing who works here; the floor of the site hears of it in the same transaction.

use chrono::{DateTime, Utc};
use domain::{people::PersonId, rotation::rules::Role};
use serde_json::json;
use store::{SiteId, Tx, people, retry, sessions};
use uuid::Uuid;

use super::{Person, details::Details, floor::sync_floor, hash, make_up};
use crate::{
    App, AppError, Caller,
    record::{Write, people_stream, write},
    roles::Permission,
};

/// Roles that only an administrator may give, take, or touch the holders of.
fn is_guarded(roles: &[Role]) -> bool {
    roles.iter().any(|role| matches!(role, Role::Administrator | Role::HeadOffice | Role::Manager))
}

/// Refuses a caller who may not touch somebody with `roles`.
pub(super) fn guard(caller: &Caller, roles: &[Role]) -> Result<(), AppError> {
    caller.require(Permission::EditPeople)?;
    if is_guarded(roles) && !caller.is_system() && !caller.is(Role::Administrator) {
        return Err(AppError::NotPermitted(Permission::EditSites));
    }
    Ok(())
}

/// Enters somebody, and gives the first password, which is shown once and must be changed.
pub async fn create(
    app: &App,
    caller: &Caller,
    details: &Details,
) -> Result<(Person, String), AppError> {
    guard(caller, &details.roles)?;
    details.check()?;
    if let Some(site) = details.site {
        caller.at(site)?;
    }
    let password = make_up()?;
    let password_hash = hash(&password).await?;
    let (id, now) = (Uuid::now_v7(), app.clock.now());
    let row = details.row(caller, id, None, now);
    retry!(AppError, async {
        let mut tx = app.db.write().await?;
        add(app, &mut tx, caller, &row, &password_hash, now).await?;
        Ok(tx.commit().await?)
    })?;
    Ok((row.into(), password))
}

/// Adds `row` to the people, and to the floor of its site.
pub(crate) async fn add(
    app: &App,
    tx: &mut Tx,
    caller: &Caller,
    row: &people::Person,
    password_hash: &str,
    now: DateTime<Utc>,
) -> Result<(), AppError> {
    let command_id = Uuid::now_v7();
    let part = sync_floor(app, tx, caller, command_id, None, Some(row), now).await?;
    people::add(tx, row, password_hash).await?;
    note(tx, caller, command_id, part, "create_person", row, now).await
}

/// Changes what is known of somebody.
pub async fn edit(
    app: &App,
    caller: &Caller,
    id: PersonId,
    details: &Details,
) -> Result<Person, AppError> {
    guard(caller, &details.roles)?;
    details.check()?;
    if let Some(site) = details.site {
        caller.at(site)?;
    }
    let now = app.clock.now();
    let change = |before: &people::Person| details.row(caller, id.0, Some(before), now);
    retry!(AppError, update(app, caller, id, "edit_person", &change, now))
}

/// Lets somebody work and sign in, or not any more; who may not is taken off the floor.
pub async fn set_active(
    app: &App,
    caller: &Caller,
    id: PersonId,
    active: bool,
) -> Result<Person, AppError> {
    caller.require(Permission::EditPeople)?;
    if caller.is_person(id) {
        return Err(AppError::conflict("this is your own sign-in", "ask another administrator"));
    }
    let now = app.clock.now();
    let change = |before: &people::Person| people::Person { active, ..before.clone() };
    let kind = if active { "activate_person" } else { "deactivate_person" };
    retry!(AppError, update(app, caller, id, kind, &change, now))
}

async fn update(
    app: &App,
    caller: &Caller,
    id: PersonId,
    kind: &str,
    change: &(dyn Fn(&people::Person) -> people::Person + Sync),
    now: DateTime<Utc>,
) -> Result<Person, AppError> {
    let mut tx = app.db.write().await?;
    let before = people::get(&mut tx, caller.tenant, id.0).await?;
    guard(caller, &Person::from(before.clone()).roles)?;
    if let Some(site) = before.site {
        caller.at(site).map_err(|_| AppError::NotFound("person"))?;
    }
    let after = change(&before);
    keep_an_administrator(&mut tx, &before, &after).await?;
    let command_id = Uuid::now_v7();
    let (was, is) = (Some(&before), Some(&after));
    let part = sync_floor(app, &mut tx, caller, command_id, was, is, now).await?;
    people::update(&mut tx, &after).await?;
    if !after.active || after.roles != before.roles || after.site != before.site {
        sessions::end_all(&mut tx, caller.tenant, id.0).await?;
    }
    note(&mut tx, caller, command_id, part, kind, &after, now).await?;
    tx.commit().await?;
    Ok(after.into())
}

/// Refuses the change that would leave the company without an administrator.
async fn keep_an_administrator(
    tx: &mut Tx,
    before: &people::Person,
    after: &people::Person,
) -> Result<(), AppError> {
    let is = |person: &people::Person| {
        person.active && person.roles.iter().any(|role| role == Role::Administrator.word())
    };
    if !is(before) || is(after) {
        return Ok(());
    }
    let people = people::of_tenant(tx, before.tenant).await?;
    if people.iter().any(|other| other.id != before.id && is(other)) {
        return Ok(());
    }
    Err(AppError::conflict("this is the last administrator", "make somebody else one first"))
}

/// Writes into the journal that `person` was changed: never a name or login.
pub(super) async fn note(
    tx: &mut Tx,
    caller: &Caller,
    command_id: Uuid,
    part: i64,
    kind: &str,
    person: &people::Person,
    now: DateTime<Utc>,
) -> Result<(), AppError> {
    let site = person.site.unwrap_or(SiteId(caller.tenant.0));
    let command = json!({ "event": kind, "person": person.id, "roles": person.roles,
        "team": person.team, "site": person.site, "certified": person.certified,
        "leaving": person.leaving, "active": person.active });
    let plain = Write::new(site, people_stream(caller.tenant), kind, command, now);
    write(tx, caller, &Write { command_id, part, ..plain }).await?;
    Ok(())
}
