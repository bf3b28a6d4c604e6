//! Whether somebody could receive a new visitor now.

use rulebook::facts;

use super::{
    super::{
        rules::{BusyKind, Situation, Unfit},
        state::{Away, BarCause, Member, Phase, RingId, Visit},
    },
    desk::Desk,
};
use crate::{calendar::day_of, people::PersonId};

/// Whether somebody could receive a new visitor now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Readiness {
    /// Yes.
    Free,
    /// Not in the ring at the moment; a word for the reason.
    NotIn(&'static str),
    /// A turn used ahead of time, or one turn in two rounds, takes this one off.
    Owes {
        /// One turn in two rounds.
        half_rate: bool,
    },
    /// Not on the floor.
    Away(Away),
    /// On the floor, and busy.
    Busy(BusyKind),
}

impl Desk<'_> {
    /// Why `person` is left out of `ring` at the moment, if so.
    #[must_use]
    pub fn left_out(&self, ring: RingId, person: PersonId) -> Option<&'static str> {
        self.not_in(ring, person)
    }

    /// Why `person` is not in `ring` at the moment, if so.
    pub(super) fn not_in(&self, ring: RingId, person: PersonId) -> Option<&'static str> {
        let Some(member) = self.floor.people.get(&person) else { return Some("not_on_floor") };
        let profile = &member.profile;
        let members = &self.rules.members;
        let is = |setting: &rulebook::Setting<bool>| setting.value() == Some(&true);
        if !profile.rotates {
            return Some("not_rotating");
        }
        if is(&members.certified_only) && !profile.certified {
            return Some("not_certified");
        }
        let leaving = profile.leaving || member.unfit == Some(Unfit::Leaving);
        if is(&members.leaving_excluded) && leaving {
            return Some("leaving");
        }
        match member.unfit {
            Some(Unfit::Training) => return Some("in_training"),
            Some(Unfit::Other) => return Some("other_ground"),
            Some(Unfit::Unwell) if is(&members.unwell_excluded) => return Some("unwell"),
            Some(Unfit::OtherWork) if is(&members.other_work_excluded) => {
                return Some("other_work");
            }
            _ => {}
        }
        if ring.team.is_some_and(|team| profile.team != Some(team)) {
            return Some("other_team");
        }
        let batches = self.rules.batches.count.value().copied().unwrap_or(1);
        if batches > 1 && self.floor.day.is_some_and(|day| day.batch != profile.batch) {
            return Some("other_batch");
        }
        if self.is_suspended(member) {
            return Some("suspended");
        }
        let today = day_of(self.at);
        if member.bars.iter().any(|bar| bar.holds_on(today)) {
            return Some("barred");
        }
        let listed =
            || self.roster_for(today).is_some_and(|roster| roster.people.contains(&person));
        if is(&members.rostered_only) && !listed() {
            return Some("not_rostered");
        }
        member.signed_in.is_none().then_some("not_signed_in")
    }

    pub(super) fn is_suspended(&self, member: &Member) -> bool {
        let today = day_of(self.at);
        member.suspended.as_ref().is_some_and(|suspension| {
            suspension.from <= today && suspension.until.is_none_or(|until| today <= until)
        })
    }

    /// Whether `person` could receive from `ring` now, turns owed aside.
    pub(super) fn readiness(&self, ring: RingId, person: PersonId) -> Readiness {
        if let Some(reason) = self.not_in(ring, person) {
            return Readiness::NotIn(reason);
        }
        self.availability(person)
    }

    /// Whether `person` is present and free, whatever the ring.
    pub(super) fn availability(&self, person: PersonId) -> Readiness {
        let Some(member) = self.floor.people.get(&person) else {
            return Readiness::NotIn("not_on_floor");
        };
        if member.signed_in.is_none() {
            return Readiness::NotIn("not_signed_in");
        }
        if let Some(away) = member.away {
            return Readiness::Away(away);
        }
        if self.let_go_by.contains(&person) {
            return Readiness::NotIn("was_called_before");
        }
        self.busy_with(person).map_or(Readiness::Free, Readiness::Busy)
    }

    pub(super) fn is_free(&self, person: PersonId) -> bool {
        self.availability(person) == Readiness::Free
    }

    pub(super) fn is_present(&self, person: PersonId) -> bool {
        matches!(self.availability(person), Readiness::Free | Readiness::Busy(_))
    }

    /// What keeps `person` from receiving a new client, if anything.
    pub(super) fn busy_with(&self, person: PersonId) -> Option<BusyKind> {
        let member = self.floor.people.get(&person)?;
        if let Some(occupied) = member.busy {
            return Some(occupied.kind);
        }
        let helping = self
            .floor
            .visits
            .values()
            .any(|visit| visit.phase != Phase::Ended && visit.helpers.contains(&person));
        let kinds: Vec<BusyKind> =
            self.floor.open_visits_of(person).map(|(_, visit)| kind_of(visit, person)).collect();
        if let Some(kind) = kinds.iter().find(|kind| **kind != BusyKind::NewClient) {
            return Some(*kind);
        }
        if helping && kinds.is_empty() {
            return Some(BusyKind::Helping);
        }
        let at_once = match self.rules.concurrent.new_clients_most.limit() {
            Ok(Some(most)) => *most,
            Ok(None) => u32::MAX,
            Err(_) => 1,
        };
        let open = u32::try_from(kinds.len()).unwrap_or(u32::MAX);
        (open >= at_once && !member.permitted).then_some(BusyKind::NewClient)
    }

    /// Notes why somebody is not in the ring, with the setting that says so.
    pub(super) fn note_not_in(&mut self, person: PersonId, reason: &'static str) {
        let members = &self.rules.members;
        let rules = self.rules;
        match reason {
            "not_certified" => {
                self.trail.cite(reason, true, &members.certified_only, facts![person]);
            }
            "leaving" => {
                self.trail.cite(reason, true, &members.leaving_excluded, facts![person]);
            }
            "unwell" => {
                self.trail.cite(reason, true, &members.unwell_excluded, facts![person]);
            }
            "other_work" => {
                self.trail.cite(reason, true, &members.other_work_excluded, facts![person]);
            }
            "other_batch" => {
                self.trail.cite(reason, true, &rules.batches.count, facts![person]);
            }
            "in_training" | "other_ground" => {
                self.trail.cite(reason, true, &members.grounds, facts![person]);
            }
            "not_rostered" => {
                self.trail.cite(reason, true, &members.rostered_only, facts![person]);
            }
            "barred" => self.note_barred(person),
            "suspended" => self.note_suspended(person),
            _ => {
                self.trail.holds(reason, true, facts![person]);
            }
        }
    }

    /// Whether `person` meets the requirements of the post and is not on trial.
    pub(super) fn is_ready_for(&self, person: PersonId) -> bool {
        let profile = self.floor.people.get(&person).map(|member| &member.profile);
        profile.is_some_and(|profile| profile.certified && !profile.trial)
    }

    fn note_barred(&mut self, person: PersonId) {
        let rules = &self.rules.assessment;
        let today = day_of(self.at);
        let bars = self.floor.people.get(&person).map(|member| member.bars.clone());
        for bar in bars.unwrap_or_default().iter().filter(|bar| bar.holds_on(today)) {
            let facts = facts![person];
            match bar.cause {
                BarCause::ShortMonth => {
                    self.trail.cite("barred", true, &rules.short_month, facts);
                    if bar.until.is_some_and(|until| until < today) {
                        let lacks = bar.lacks.first().map_or("none", |lacks| lacks.word());
                        self.trail.cite("lacks", true, &rules.returns_after, facts![lacks]);
                    }
                }
                BarCause::LowestRate => {
                    self.trail.cite("barred", true, &rules.lowest_rate, facts);
                }
                BarCause::LowestResult => {
                    self.trail.cite("barred", true, &rules.lowest_result, facts);
                }
            }
        }
    }

    fn note_suspended(&mut self, person: PersonId) {
        use super::super::state::SuspensionCause as Cause;
        let rules = self.rules;
        let cause =
            self.floor.people.get(&person).and_then(|m| m.suspended.as_ref()).map(|s| s.cause);
        match cause {
            Some(Cause::Breach(kind)) => {
                if let Some(breach) = rules.breach.get(&kind) {
                    self.trail.cite("suspended", true, &breach.result, facts![person]);
                }
            }
            Some(Cause::GivenUp) => {
                self.trail.cite("suspended", true, &rules.forfeit.voluntary_most, facts![person]);
            }
            Some(Cause::Absent(kind)) => {
                if let Some(absence) = rules.absence.get(&kind) {
                    self.trail.cite("suspended", true, &absence.result, facts![person]);
                }
            }
            Some(Cause::Supervisor) | None => {
                self.trail.holds("suspended", true, facts![person]);
            }
        }
    }
}

/// What a visit that `person` receives keeps them busy with.
fn kind_of(visit: &Visit, person: PersonId) -> BusyKind {
    use super::super::state::Purpose;
    match visit.arrival.ownership {
        Some(ownership) if ownership.owner == person && ownership.closed => BusyKind::OwnClosed,
        Some(ownership) if ownership.owner == person => BusyKind::OwnOpen,
        Some(_) => BusyKind::StandIn,
        None if visit.turn.is_some() => BusyKind::NewClient,
        None if visit.situation == Some(Situation::Contacted) => BusyKind::OwnOpen,
        None if visit.arrival.purpose != Purpose::Buying || visit.arrival.assigned.is_some() => {
            BusyKind::OtherVisit
        }
        None => BusyKind::NewClient,
    }
}
