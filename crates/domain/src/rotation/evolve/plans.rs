//! What events do to bars, rosters, planned receptions and the period.

use chrono::NaiveDate;

use super::super::{events::Event, state::Floor};
use crate::people::PersonId;

impl Floor {
    pub(super) fn evolve_plans(&mut self, event: &Event) {
        match event {
            Event::PeriodBegan { from } => self.begin_period(*from),
            Event::Barred { person, bar } => self.member(*person).bars.push(bar.clone()),
            Event::RequirementNoted { person, requirement, met } => {
                for bar in &mut self.member(*person).bars {
                    if *met {
                        bar.lacks.retain(|other| other != requirement);
                    } else if bar.lacks.contains(requirement) {
                        bar.attempts_left = bar.attempts_left.map(|left| left.saturating_sub(1));
                        bar.closed |= bar.attempts_left == Some(0);
                    }
                }
            }
            Event::BarsLifted { person } => self.member(*person).bars.clear(),
            Event::RosterPublished { roster } => {
                self.rosters.retain(|other| other.to < roster.from || roster.to < other.from);
                self.rosters.push(roster.clone());
            }
            Event::ReceptionPlanned { planned } => {
                self.next_planned = self.next_planned.max(planned.id + 1);
                self.planned.push(planned.clone());
            }
            Event::PlannedReminded { id } => {
                let of = self.planned.iter_mut().filter(|planned| planned.id == *id);
                of.for_each(|planned| planned.remind = false);
            }
            Event::PlannedCancelled { id } => self.planned.retain(|planned| planned.id != *id),
            Event::Registered { visit } => {
                if let Some(visit) = self.visits.get_mut(visit) {
                    visit.registered = true;
                }
            }
            _ => {}
        }
    }

    /// Nobody has had a turn in the period that begins on `from`.
    fn begin_period(&mut self, from: NaiveDate) {
        self.period = Some(from);
        for ring in self.rings.values_mut() {
            ring.counts.clear();
            ring.done.clear();
            ring.ahead.clear();
            (ring.kept, ring.kept_over) = (Vec::new(), Vec::new());
        }
    }

    /// What was planned for days before `day` is over.
    pub(super) fn forget_plans_before(&mut self, day: NaiveDate) {
        self.rosters.retain(|roster| roster.to >= day);
        self.planned.retain(|planned| planned.date >= day);
        for member in self.people.values_mut() {
            member.bars.retain(|bar| !bar.is_over_on(day));
        }
    }

    /// Nobody is on a roster, or plans to receive, who is not there any more.
    pub(super) fn forget_plans_of(&mut self, person: PersonId) {
        for roster in &mut self.rosters {
            roster.people.retain(|other| *other != person);
        }
        self.planned.retain(|planned| planned.host != person);
    }
}
