//! What a visit is to the rotation.

use rulebook::facts;

use super::{
    super::{
        rules::{Receiver, Situation, SituationRules},
        state::{Arrival, Came, Channel, Phase, Purpose},
    },
    Halt,
    desk::Desk,
    readiness::Readiness,
};
use crate::{attribution::Ownership, calendar::time_of, people::VisitId};

/// How often a situation may be treated like another.
const LIKE_MAX: usize = 4;

impl Desk<'_> {
    /// What `arrival` is.
    pub(super) fn classify(&mut self, visit: VisitId, arrival: &Arrival) -> Situation {
        let situation = self.plain_situation(visit, arrival);
        self.trail.holds("situation", true, facts![kind = situation.word()]);
        situation
    }

    fn plain_situation(&mut self, visit: VisitId, arrival: &Arrival) -> Situation {
        if arrival.assigned.is_some() {
            return Situation::SupervisorAssigned;
        }
        match arrival.purpose {
            Purpose::NonViewing => return Situation::NonViewing,
            Purpose::NonBuyer => return Situation::NonBuyer,
            Purpose::Material => return Situation::MaterialOnly,
            Purpose::Enquiry => return Situation::Enquiry,
            Purpose::Buying => {}
        }
        if arrival.channel == Channel::Phone {
            return self.call_situation(arrival);
        }
        let repeat = self.was_new_today(visit, arrival);
        if repeat && !self.unset(Situation::SameDayRepeat) {
            return Situation::SameDayRepeat;
        }
        let received_by = self.received_today_by(arrival).filter(|_| repeat);
        let received_by = received_by.map(|owner| Ownership { owner, closed: false });
        if let Some(ownership) = arrival.ownership.or(received_by) {
            let owner = ownership.owner;
            let other = arrival.named.is_some_and(|named| named != owner);
            if other && !self.unset(Situation::OwnNamed) {
                return Situation::OwnNamed;
            }
            return match self.availability(owner) {
                Readiness::Away(_) | Readiness::NotIn(_) => {
                    self.trail.holds("owner_absent", true, facts![person = owner]);
                    Situation::OwnerAbsent
                }
                Readiness::Busy(kind) => {
                    self.trail.holds(
                        "owner_busy",
                        true,
                        facts![person = owner, kind = kind.word()],
                    );
                    Situation::OwnerBusy
                }
                _ if ownership.closed => Situation::OwnClosed,
                _ => Situation::OwnOpen,
            };
        }
        if let Some(introducer) = arrival.introduced_by {
            if arrival.named.is_none() && !self.unset(Situation::ReferralUnnamed) {
                return Situation::ReferralUnnamed;
            }
            if self.unset(Situation::ReferralAway) || self.is_free(introducer.owner) {
                return if introducer.closed {
                    Situation::ReferralClosed
                } else {
                    Situation::ReferralOpen
                };
            }
            self.trail.holds("introducers_owner_away", true, facts![person = introducer.owner]);
            return Situation::ReferralAway;
        }
        if arrival.property_owner {
            return Situation::PropertyOwner;
        }
        // A relative of staff was in touch with that person, where the rulebook speaks of such.
        if arrival.relative_of.is_some() && !self.unset(Situation::Contacted) {
            return Situation::Contacted;
        }
        self.by_contact(arrival)
    }

    /// What a call is. Naming somebody, or having been contacted by somebody, makes a difference
    /// only where the rulebook speaks of it.
    fn call_situation(&self, arrival: &Arrival) -> Situation {
        let (named, contact) = (arrival.named.is_some(), arrival.contact.is_some());
        if named && !self.unset(Situation::CallNamed) {
            return Situation::CallNamed;
        }
        if arrival.ownership.is_some() {
            return Situation::CallKnown;
        }
        if contact && !self.unset(Situation::CallContacted) {
            return Situation::CallContacted;
        }
        match arrival.introduced_by {
            Some(_) => Situation::CallReferral,
            None => Situation::CallNew,
        }
    }

    /// What a visitor is who is nobody's client, by what brought them.
    ///
    /// Where the rulebook does not speak of callers or of outreach but of people who were
    /// contacted before, they are such people if it is known by whom, and new if it is not.
    fn by_contact(&self, arrival: &Arrival) -> Situation {
        let named = arrival.named.is_some();
        let own = match (arrival.came, named) {
            (Came::Phoned, true) => Situation::PhoneNamed,
            (Came::Phoned, false) => Situation::PhoneUnnamed,
            (Came::Outreach, true) => Situation::OutreachNamed,
            (Came::Outreach, false) => Situation::OutreachUnnamed,
            (Came::Contacted, _) => Situation::Contacted,
            (Came::Naturally, true) => return Situation::Named,
            (Came::Naturally, false) => return Situation::New,
        };
        let contacted = own == Situation::Contacted || self.unset(own);
        if !contacted || self.unset(Situation::Contacted) {
            return own;
        }
        if named || arrival.contact.is_some() { Situation::Contacted } else { Situation::New }
    }

    fn unset(&self, situation: Situation) -> bool {
        self.rules
            .situation
            .get(&situation)
            .is_none_or(|rules| rules.like.is_unset() && rules.receiver.is_unset())
    }

    /// Whether the same client was already received as new today.
    fn was_new_today(&self, visit: VisitId, arrival: &Arrival) -> bool {
        let Some(client) = arrival.client else { return false };
        self.floor.visits.iter().any(|(id, earlier)| {
            *id != visit
                && earlier.arrival.channel == arrival.channel
                && earlier.arrival.client == Some(client)
                && earlier.arrival.ownership.is_none()
                && earlier.turn.is_some()
                && earlier.phase == Phase::Ended
        })
    }

    /// The rules of `situation`, those that it is treated like included.
    ///
    /// Where it would be dealt by the ring outside the hours of rotation, those of
    /// [`Situation::OutsideHours`].
    pub(super) fn rules_of(
        &mut self,
        situation: Situation,
    ) -> Result<(Situation, SituationRules), Halt> {
        let (mut found, mut rules) = self.resolve(situation)?;
        let first = rules.receiver.value().and_then(|chain| chain.first());
        if first == Some(&Receiver::OnTurn) && self.outside_hours() {
            (found, rules) = self.resolve(Situation::OutsideHours)?;
        }
        Ok((found, rules))
    }

    fn resolve(&mut self, situation: Situation) -> Result<(Situation, SituationRules), Halt> {
        let mut current = situation;
        for _ in 0..LIKE_MAX {
            let rules = self.rules.situation.get(&current).ok_or(Halt::Refused("no_situation"))?;
            let Some(like) = rules.like.value().copied() else {
                return Ok((current, rules.clone()));
            };
            let like_setting = rules.like.clone();
            self.trail.cite("treated_like", true, &like_setting, facts![kind = like.word()]);
            current = like;
        }
        Err(Halt::Refused("situations_go_in_circles"))
    }

    /// Whether it is outside the hours of rotation; both ends belong to them.
    fn outside_hours(&mut self) -> bool {
        let now = time_of(self.at);
        let hours = &self.rules.hours;
        let early = hours.start.value().is_some_and(|start| now < *start);
        let late = hours
            .end
            .value()
            .is_some_and(|end| now > *end && now.signed_duration_since(*end).num_seconds() >= 60);
        if early {
            self.trail.cite("before_hours", true, &self.rules.hours.start, facts![at = self.at]);
        }
        if late {
            self.trail.cite("after_hours", true, &self.rules.hours.end, facts![at = self.at]);
        }
        early || late
    }
}
