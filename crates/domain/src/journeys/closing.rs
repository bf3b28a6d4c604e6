//! A closing: whose client it is, and who shares the deal.

use rulebook::{Because, Trail, Undecided};

use crate::{
    attribution::{self, decide::standing},
    calendar::Moment,
    commission::{
        Circumstances, Fraction, PersonShare,
        share::add_up,
        state::{Reception, ReceptionKind},
    },
    people::PersonId,
    rotation::{
        rules::Situation,
        state::{OwnerAnswer, Visit},
    },
};

/// What attribution knows of a client that matters for the parts of a deal, with its reasons.
///
/// `client` is as it was before the closing.
pub fn of_client(
    rules: &attribution::Rules,
    client: &attribution::Client,
    at: Moment,
) -> Result<(Circumstances, Because), Undecided> {
    let mut trail = Trail::default();
    let standing = standing(rules, client, at, &mut trail)?;
    let owner = standing.map(|standing| standing.owner);
    let followed_up = client.contacts.iter().any(|contact| {
        contact.kind == attribution::state::ContactKind::FollowUp
            && Some(contact.by) == owner
            && contact.at <= at
    });
    let former = owner.and_then(|owner| former(rules, client, owner, at));
    let fixed = fixed(client, owner);
    let known = Circumstances { owner, followed_up, former, fixed, ..Circumstances::default() };
    Ok((known, trail.because()))
}

/// The shares of joint owners who have all agreed, where they add up.
fn fixed(client: &attribution::Client, owner: Option<PersonId>) -> Vec<PersonShare> {
    let joint = client.joint.as_ref().filter(|joint| joint.confirmed);
    let holdings = joint.map(|joint| joint.holdings.as_slice()).unwrap_or_default();
    if !holdings.iter().any(|holding| Some(holding.person) == owner) {
        return Vec::new();
    }
    let each: Vec<PersonShare> = holdings
        .iter()
        .filter_map(|holding| {
            let part = holding.part?;
            let share = Fraction::new(part.numerator, part.denominator)?;
            Some(PersonShare { person: holding.person, share })
        })
        .collect();
    let shares: Vec<Fraction> = each.iter().map(|part| part.share).collect();
    if add_up(&shares) { each } else { Vec::new() }
}

/// Who had the client before it was taken from them for cause and given to `owner`.
fn former(
    rules: &attribution::Rules,
    client: &attribution::Client,
    owner: PersonId,
    at: Moment,
) -> Option<PersonId> {
    let cause = &rules.handover.changed_by.clauses;
    if cause.is_empty() || *cause == rules.handover.distributed_by.clauses {
        return None;
    }
    let given = client.rights.iter().rfind(|right| right.by == owner && right.stands(at))?;
    let taken = client.rights.iter().rev().find(|right| {
        right.by != owner
            && right
                .ended
                .as_ref()
                .is_some_and(|ended| ended.at == given.from && ended.clauses == *cause)
    })?;
    Some(taken.by)
}

/// What the rotation knows of how `closer` came to receive somebody else's client in `visit`, where
/// `entrusted` is whom the owner had entrusted. Nothing where it was nobody else's.
#[must_use]
pub fn of_visit(visit: &Visit, closer: PersonId, entrusted: Option<PersonId>) -> Option<Reception> {
    if visit.receiver != Some(closer) {
        return None;
    }
    let known = visit.arrival.ownership.map(|known| known.owner);
    let introduced = visit.arrival.introduced_by.map(|known| known.owner);
    let at = visit.received_at.unwrap_or(visit.arrived_at);
    let kind = match visit.situation? {
        Situation::ReferralAway if introduced.is_some_and(|owner| owner != closer) => {
            ReceptionKind::ReferralAway
        }
        Situation::OwnerAbsent | Situation::OwnerBusy if known.is_some_and(|o| o != closer) => {
            match visit.arrival.answer {
                Some(OwnerAnswer::Unreachable) => ReceptionKind::Unreachable,
                Some(OwnerAnswer::Names(named)) if named == closer => ReceptionKind::Delegate,
                _ if entrusted == Some(closer) => ReceptionKind::Delegate,
                _ => ReceptionKind::OwnerAbsent,
            }
        }
        Situation::OwnOpen | Situation::OwnClosed if known.is_some_and(|o| o != closer) => {
            match visit.arrival.answer {
                Some(OwnerAnswer::Names(named)) if named == closer => ReceptionKind::Delegate,
                _ => return None,
            }
        }
        _ => return None,
    };
    Some(Reception { kind, at })
}
