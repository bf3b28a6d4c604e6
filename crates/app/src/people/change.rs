//! Changing who works here; the floor of the site hears of it in the same transaction.

use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    people::{PersonId, TeamId},
    rotation::{Command, rules::Role, state::Profile},
};
use serde_json::json;
use store::{SiteId, Tx, people, retry, sessions};
use uuid::Uuid;

use super::{Person, hash, make_up, readings};
use crate::{
    App, AppError, Caller,
    record::{Write, people_stream, write},
    roles::Permission,
    rotation::{Held, Step},
};

/// What is known of a person besides the sign-in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Details {
    /// The site; nothing for head office.
    pub site: Option<SiteId>,
    /// The team.
    pub team: Option<TeamId>,
    /// What is typed to sign in.
    pub login: String,
    /// The name.
    pub display_name: String,
    /// The roles.
    pub roles: Vec<Role>,
    /// The number in a rotation by fixed numbers.
    pub number: Option<u32>,
    /// Whether they may receive on their own.
    pub certified: bool,
    /// Whether notice was given.
    pub leaving: bool,
    /// The first day.
    pub hired_on: Option<NaiveDate>,
}

impl From<&Person> for Details {
    fn from(person: &Person) -> Self {
        Self {
            site: person.site,
            team: person.team,
            login: person.login.clone(),
            display_name: person.display_name.clone(),
            roles: person.roles.clone(),
            number: person.number,
            certified: person.certified,
            leaving: person.leaving,
            hired_on: person.hired_on,
        }
    }
}

impl Details {
    fn check(&self) -> Result<(), AppError> {
        let login = self.login.trim();
        let fits = |char: char| char.is_alphanumeric() || matches!(char, '.' | '-' | '_' | '@');
        if login.is_empty() || login.chars().count() > 60 || !login.chars().all(fits) {
            return Err(AppError::invalid(
                "login",
                format!("`{login}` cannot be a login"),
                "use up to 60 letters, digits, dots and hyphens",
            ));
        }
        let name = self.display_name.trim();
        if name.is_empty() || name.chars().count() > 60 {
            return Err(AppError::invalid(
                "display_name",
                "the name is empty or too long",
                "give 1 to 60 characters",
            ));
        }
        if self.roles.is_empty() {
            return Err(AppError::invalid("roles", "there is no role", "give at least one"));
        }
        let company_wide = [Role::HeadOffice, Role::Administrator];
        if self.site.is_none() && !self.roles.iter().all(|role| company_wide.contains(role)) {
            return Err(AppError::invalid(
                "site",
                "these roles belong to a site",
                "choose the site",
            ));
        }
        if self.team.is_some() && self.site.is_none() {
            return Err(AppError::invalid("team", "a team belongs to a site", "choose the site"));
        }
        Ok(())
    }

    fn row(
        &self,
        caller: &Caller,
        id: Uuid,
        before: Option<&people::Person>,
        now: DateTime<Utc>,
    ) -> people::Person {
        let (pinyin, initials) =
            readings(&self.display_name).into_iter().next().unwrap_or_default();
        people::Person {
            tenant: caller.tenant,
            site: self.site,
            id,
            team: self.team.map(|team| team.0),
            login: self.login.trim().to_owned(),
            display_name: self.display_name.trim().to_owned(),
            pinyin,
            initials,
            roles: self.roles.iter().map(|role| role.word().to_owned()).collect(),
            fixed_number: self.number.map(i64::from),
            certified: self.certified,
            leaving: self.leaving,
            hired_on: self.hired_on,
            active: before.is_none_or(|before| before.active),
            language: before.map_or_else(|| "zh".to_owned(), |before| before.language.clone()),
            theme: before.map_or_else(|| "auto".to_owned(), |before| before.theme.clone()),
            created_at: before.map_or(now, |before| before.created_at),
        }
    }
}

/// Roles that only an administrator may give, take, or touch the holders of.
fn is_guarded(roles: &[Role]) -> bool {
    roles.iter().any(|role| matches!(role, Role::Administrator | Role::HeadOffice | Role::Manager))
}

fn guard(caller: &Caller, roles: &[Role]) -> Result<(), AppError> {
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

/// Brings the floors up to date with a person who was `was` and becomes `is`. Returns the next part of the
/// command.
pub(crate) async fn sync_floor(
    app: &App,
    tx: &mut Tx,
    caller: &Caller,
    command_id: Uuid,
    was: Option<&people::Person>,
    is: Option<&people::Person>,
    now: DateTime<Utc>,
) -> Result<i64, AppError> {
    let on = |person: &people::Person| person.site.filter(|_| person.active);
    let (left, at) = (was.and_then(on), is.and_then(on));
    let mut sites: Vec<SiteId> = left.into_iter().chain(at).collect();
    sites.sort_unstable();
    sites.dedup();
    let mut part = 0;
    for site in sites {
        let mut held = Held::claim(app, tx, caller.tenant, site, now).await?;
        let known = |id: Uuid| held.saved.floor.people.get(&PersonId(id)).map(|m| &m.profile);
        let command = match is.filter(|_| at == Some(site)) {
            Some(person) => {
                let before = known(person.id).cloned();
                let profile = profile_of(person, before.clone().unwrap_or_default());
                let person = PersonId(person.id);
                (before.as_ref() != Some(&profile))
                    .then_some(Command::SetProfile { person, profile })
            }
            None => was
                .filter(|person| known(person.id).is_some())
                .map(|person| Command::RemoveMember { person: PersonId(person.id) }),
        };
        if let Some(command) = command {
            let at = held.present(now);
            let step = Step { caller, command_id, part, command, note: None, at, now };
            let (entry, decision) = held.carry_out(&step).await?;
            if decision.outcome.is_refused() {
                let carried = crate::rotation::Carried::of(&entry, false)?;
                return Err(AppError::Refused(Box::new(carried)));
            }
            part += 1;
        }
        held.close(now).await?;
    }
    Ok(part)
}

/// What the floor knows of a person; what only a supervisor knows stays as it is.
fn profile_of(person: &people::Person, before: Profile) -> Profile {
    Profile {
        team: person.team.map(TeamId),
        certified: person.certified,
        leaving: person.leaving,
        number: person.fixed_number.and_then(|number| u32::try_from(number).ok()),
        rotates: person.roles.iter().any(|role| role == Role::Consultant.word()),
        ..before
    }
}

/// Gives out a new first password; every session of the person ends.
pub async fn issue_password(app: &App, caller: &Caller, id: PersonId) -> Result<String, AppError> {
    caller.require(Permission::EditPeople)?;
    let password = make_up()?;
    let password_hash = hash(&password).await?;
    let now = app.clock.now();
    retry!(AppError, async {
        let mut tx = app.db.write().await?;
        let person = reach(&mut tx, caller, id).await?;
        people::issue_password(&mut tx, caller.tenant, id.0, &password_hash).await?;
        sessions::end_all(&mut tx, caller.tenant, id.0).await?;
        note(&mut tx, caller, Uuid::now_v7(), 0, "issue_password", &person, now).await?;
        Ok::<_, AppError>(tx.commit().await?)
    })?;
    Ok(password)
}

/// Lets somebody sign in again who typed too many wrong passwords.
pub async fn unlock(app: &App, caller: &Caller, id: PersonId) -> Result<(), AppError> {
    caller.require(Permission::EditPeople)?;
    let now = app.clock.now();
    retry!(AppError, async {
        let mut tx = app.db.write().await?;
        let person = reach(&mut tx, caller, id).await?;
        people::unlock(&mut tx, caller.tenant, id.0).await?;
        note(&mut tx, caller, Uuid::now_v7(), 0, "unlock_person", &person, now).await?;
        Ok::<_, AppError>(tx.commit().await?)
    })
}

async fn reach(tx: &mut Tx, caller: &Caller, id: PersonId) -> Result<people::Person, AppError> {
    let person = people::get(tx, caller.tenant, id.0).await?;
    guard(caller, &Person::from(person.clone()).roles)?;
    if let Some(site) = person.site {
        caller.at(site).map_err(|_| AppError::NotFound("person"))?;
    }
    Ok(person)
}

/// Sets the caller's own language (`zh` or `en`) and theme (`light`, `dark` or `auto`).
pub async fn prefer(
    app: &App,
    caller: &Caller,
    language: Option<&str>,
    theme: Option<&str>,
) -> Result<Person, AppError> {
    let id = caller.person.ok_or(AppError::Unauthenticated)?;
    if language.is_some_and(|language| !matches!(language, "zh" | "en")) {
        return Err(AppError::invalid(
            "language",
            "there is no such language",
            "give `zh` or `en`",
        ));
    }
    if theme.is_some_and(|theme| !matches!(theme, "light" | "dark" | "auto")) {
        return Err(AppError::invalid(
            "theme",
            "there is no such theme",
            "give `light`, `dark` or `auto`",
        ));
    }
    retry!(AppError, async {
        let mut tx = app.db.write().await?;
        let mut person = people::get(&mut tx, caller.tenant, id.0).await?;
        person.language = language.unwrap_or(&person.language).to_owned();
        person.theme = theme.unwrap_or(&person.theme).to_owned();
        people::update(&mut tx, &person).await?;
        tx.commit().await?;
        Ok::<_, AppError>(person.into())
    })
}

/// Writes into the journal that `person` was changed: never a name or login.
async fn note(
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
