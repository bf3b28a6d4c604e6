//! What a deal is to the rules about its parts, and who the parties are.

use super::super::{
    rules::Situation,
    state::{Circumstances, ReceptionKind},
};
use crate::{
    calendar::{Moment, day_of},
    people::PersonId,
};

/// A deal, classified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Classified {
    /// What it is.
    pub situation: Situation,
    /// Who may have a part, whose client it is named first, each once.
    pub parties: Vec<PersonId>,
}

/// What a deal is that `closer` closes at `at`, as far as `known`.
///
/// Shares that were fixed before go first, then who received jointly, then whose relation helped,
/// then a change of consultant; after these it is whose client it is and how it came to be received.
#[must_use]
pub fn classify(known: &Circumstances, closer: PersonId, at: Moment) -> Classified {
    let owner = known.owner.unwrap_or(closer);
    let of = |situation, parties: &[PersonId]| {
        let mut each: Vec<PersonId> = Vec::new();
        for party in parties {
            if !each.contains(party) {
                each.push(*party);
            }
        }
        Classified { situation, parties: each }
    };
    if !known.fixed.is_empty() {
        let parties: Vec<PersonId> = known.fixed.iter().map(|part| part.person).collect();
        return of(Situation::Fixed, &parties);
    }
    if known.joint_with.iter().any(|other| *other != closer) {
        let mut parties = [&[closer], known.joint_with.as_slice()].concat();
        // The owner's part is named first, if the owner was there.
        parties.sort_by_key(|party| *party != owner);
        return of(Situation::Joint, &parties);
    }
    if let Some(through) = known.related_through.filter(|through| *through != owner) {
        return of(Situation::ThirdPartyRelation, &[owner, through]);
    }
    if let Some(former) = known.former.filter(|former| *former != owner) {
        return of(Situation::ChangedForCause, &[former, owner]);
    }
    if owner == closer {
        return of(Situation::Own, &[owner]);
    }
    let situation = match known.reception {
        None => Situation::Colleague,
        Some(reception) => match reception.kind {
            ReceptionKind::Unreachable if day_of(reception.at) == day_of(at) => {
                Situation::SameDayColleague
            }
            ReceptionKind::Unreachable => Situation::LaterColleague,
            ReceptionKind::Delegate => Situation::Delegate,
            ReceptionKind::ReferralAway => Situation::ReferralAway,
            ReceptionKind::OwnerAbsent if known.followed_up => Situation::OwnerAbsentFollowed,
            ReceptionKind::OwnerAbsent => Situation::OwnerAbsentUnfollowed,
        },
    };
    of(situation, &[owner, closer])
}
