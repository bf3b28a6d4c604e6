//! The floor hears of people: who belongs to it, and what is known of them.

use chrono::{DateTime, Utc};
use domain::{
    people::{PersonId, TeamId},
    rotation::{Command, rules::Role, state::Profile},
};
use store::{SiteId, Tx, people};
use uuid::Uuid;

use crate::{
    App, AppError, Caller,
    rotation::{Carried, Held, Step},
};

/// Brings the floors up to date with a person who was `was` and becomes `is`. Returns the next part of the
/// command.
pub(super) async fn sync_floor(
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
                let carried = Carried::of(&entry, false)?;
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
