//! What is known of a person, and whether it can be.

use chrono::{DateTime, NaiveDate, Utc};
use domain::{people::TeamId, rotation::rules::Role};
use store::{SiteId, people};
use uuid::Uuid;

use super::{Person, readings};
use crate::{AppError, Caller};

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
    /// Refuses what cannot be.
    pub(super) fn check(&self) -> Result<(), AppError> {
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

    /// The row of the person, with what `before` says and this does not.
    pub(super) fn row(
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
