//! First passwords, locks, and what people prefer.

use domain::people::PersonId;
use store::{Tx, people, retry, sessions};
use uuid::Uuid;

use super::{
    Person,
    change::{guard, note},
    hash, make_up,
};
use crate::{App, AppError, Caller, roles::Permission};

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
