//! Several share a client: who, how much, confirmed by whom.

use rulebook::{Trail, Undecided, facts};

use super::{
    super::{
        command::Outcome,
        events::Event,
        rules::{JointShares, Rules},
        state::{Client, Holding, Part},
    },
    Case, Halt, standing,
};
use crate::{calendar::Moment, people::PersonId};

/// Everybody who has `client` at `at`, with their shares, which add up to one where all are stated;
/// nobody where the client is nobody's.
pub fn holders(
    rules: &Rules,
    client: &Client,
    at: Moment,
    trail: &mut Trail,
) -> Result<Vec<Holding>, Undecided> {
    let Some(standing) = standing(rules, client, at, trail)? else { return Ok(Vec::new()) };
    let joint = client.joint.as_ref().filter(|joint| joint.confirmed && joint.from <= at);
    let shared =
        joint.filter(|joint| joint.holdings.iter().any(|holding| holding.person == standing.owner));
    Ok(shared.map_or_else(
        || vec![Holding { person: standing.owner, part: Some(Part::WHOLE) }],
        |joint| joint.holdings.clone(),
    ))
}

impl Case<'_> {
    pub(super) fn share(&mut self, holdings: &[Holding]) -> Result<Outcome, Halt> {
        let Some(standing) = self.standing()? else { return Err(Halt::Refused("nobodys_client")) };
        let people: Vec<PersonId> = holdings.iter().map(|holding| holding.person).collect();
        let twice = people
            .iter()
            .enumerate()
            .any(|(at, one)| people.iter().skip(at + 1).any(|other| other == one));
        if people.len() < 2 || twice || !people.contains(&standing.owner) {
            return Err(Halt::Refused("share_without_owner"));
        }
        let rules = &self.rules.joint;
        let shares =
            self.trail.apply("joint_shares", &rules.shares, facts![people = people.len()])?;
        let holdings = match shares {
            JointShares::Equal => equal(&people),
            JointShares::Stated => stated(holdings)?,
        };
        let confirmed_by = &rules.confirmed_by;
        let roles = confirmed_by.decided()?;
        let confirmed = roles.is_empty() || self.actor.is_any(roles);
        self.trail.cite("share_confirmed", confirmed, confirmed_by, Vec::new());
        self.emit(Event::Shared { holdings, confirmed });
        self.owned()
    }

    pub(super) fn confirm_share(&mut self) -> Result<Outcome, Halt> {
        if self.client.joint.is_none() {
            return Err(Halt::Refused("not_shared"));
        }
        let setting = self.rules.joint.confirmed_by.clone();
        self.authority(&setting)?;
        self.emit(Event::ShareConfirmed);
        self.owned()
    }

    /// A deal of a shared client may need its shares stated first.
    pub(super) fn shares_stated(&mut self) -> Result<(), Halt> {
        let setting = &self.rules.joint.stated_before_closing;
        let Some(joint) = self.client.joint.as_ref().filter(|_| setting.value() == Some(&true))
        else {
            return Ok(());
        };
        let stated = joint.holdings.iter().all(|holding| holding.part.is_some());
        self.trail.cite("shares_stated", stated, setting, Vec::new());
        if stated { Ok(()) } else { Err(Halt::Refused("shares_not_stated")) }
    }
}

fn equal(people: &[PersonId]) -> Vec<Holding> {
    let denominator = u32::try_from(people.len()).unwrap_or(u32::MAX);
    let part = Some(Part { numerator: 1, denominator });
    people.iter().map(|person| Holding { person: *person, part }).collect()
}

/// The shares as stated: all of them and adding up to one, or none yet.
fn stated(holdings: &[Holding]) -> Result<Vec<Holding>, Halt> {
    let parts: Vec<Part> = holdings.iter().filter_map(|holding| holding.part).collect();
    let none = parts.is_empty();
    if none || (parts.len() == holdings.len() && Part::add_up(&parts)) {
        Ok(holdings.to_vec())
    } else {
        Err(Halt::Refused("shares_do_not_add_up"))
    }
}
