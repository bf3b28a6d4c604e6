//! What a floor knows of a person beyond the register of people: batch, trial, duty, rank, result.

use domain::{people::PersonId, rotation::state::Profile};
use store::SiteId;

use super::saved::look;
use crate::{App, AppError, Caller, roles::Permission};

/// What the floor of `site` knows of `person`; nothing where they do not belong to it.
///
/// [`Command::SetProfile`](super::Command::SetProfile) changes it.
pub async fn profile(
    app: &App,
    caller: &Caller,
    site: SiteId,
    person: PersonId,
) -> Result<Option<Profile>, AppError> {
    caller.at(site)?;
    caller.require(Permission::EditPeople)?;
    let mut tx = app.db.read().await?;
    let (saved, ..) = look(&mut tx, caller.tenant, site).await?;
    Ok(saved.floor.people.get(&person).map(|member| member.profile.clone()))
}
