//! People: who works here, with which roles, and how that reaches the floor.

mod change;
mod details;
mod first_password;
mod floor;
mod password;
mod pinyin;
mod sign_in;

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    people::{PersonId, TeamId},
    rotation::rules::Role,
};
use serde::Serialize;
use store::{SiteId, TenantId, Tx, people};

pub(crate) use change::add;
pub use change::{create, edit, set_active};
pub use details::Details;
pub use first_password::first_passwords;
pub(crate) use password::{check_choice, hash, make_up, matches};
pub(crate) use pinyin::readings;
pub use sign_in::{issue_password, prefer, unlock};

use crate::{App, AppError, Caller, roles::Permission};

/// A person, as pages show them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Person {
    /// The id.
    pub id: PersonId,
    /// The site; nothing for head office.
    pub site: Option<SiteId>,
    /// The team.
    pub team: Option<TeamId>,
    /// What is typed to sign in.
    pub login: String,
    /// The name.
    pub display_name: String,
    /// Its pinyin, syllables apart, and its initials: for looking up while typing.
    pub pinyin: String,
    /// The initials of the pinyin.
    pub initials: String,
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
    /// Whether they may sign in and work.
    pub active: bool,
    /// The language of their pages, such as `zh`.
    pub language: String,
    /// `light`, `dark` or `auto`.
    pub theme: String,
    /// When they were entered here.
    pub created_at: DateTime<Utc>,
}

impl From<people::Person> for Person {
    fn from(row: people::Person) -> Self {
        Self {
            id: PersonId(row.id),
            site: row.site,
            team: row.team.map(TeamId),
            roles: row.roles.iter().filter_map(|word| Role::of_word(word)).collect(),
            number: row.fixed_number.and_then(|number| u32::try_from(number).ok()),
            login: row.login,
            display_name: row.display_name,
            pinyin: row.pinyin,
            initials: row.initials,
            certified: row.certified,
            leaving: row.leaving,
            hired_on: row.hired_on,
            active: row.active,
            language: row.language,
            theme: row.theme,
            created_at: row.created_at,
        }
    }
}

/// Everybody of the caller's site, or of `site`, or of the company; also who is not active any more.
pub async fn all(
    app: &App,
    caller: &Caller,
    site: Option<SiteId>,
) -> Result<Vec<Person>, AppError> {
    caller.require(Permission::SeePeople)?;
    if let Some(site) = site {
        caller.at(site)?;
    }
    let mut tx = app.db.read().await?;
    let rows = match site.or(caller.site) {
        Some(site) => people::of_site(&mut tx, caller.tenant, site).await?,
        None => people::of_tenant(&mut tx, caller.tenant).await?,
    };
    Ok(rows.into_iter().map(Person::from).collect())
}

/// The person with this id; everybody sees themselves.
pub async fn get(app: &App, caller: &Caller, id: PersonId) -> Result<Person, AppError> {
    if !caller.is_person(id) {
        caller.require(Permission::SeePeople)?;
    }
    let mut tx = app.db.read().await?;
    let person = people::get(&mut tx, caller.tenant, id.0).await?;
    if let (Some(site), false) = (person.site, caller.is_person(id)) {
        caller.at(site).map_err(|_| AppError::NotFound("person"))?;
    }
    Ok(person.into())
}

/// The names of everybody of the company, also of those who left: decisions mention them.
pub(crate) async fn names(
    tx: &mut Tx,
    tenant: TenantId,
) -> Result<BTreeMap<PersonId, String>, AppError> {
    let people = people::of_tenant(tx, tenant).await?;
    Ok(people.into_iter().map(|person| (PersonId(person.id), person.display_name)).collect())
}
