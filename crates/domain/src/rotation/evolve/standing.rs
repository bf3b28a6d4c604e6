//! What events do to standing duty.

use super::super::{
    events::Event,
    state::{Floor, Slot},
};
use crate::calendar::Moment;

impl Floor {
    pub(super) fn evolve_standing(&mut self, event: &Event, at: Moment) {
        match event {
            Event::StandingBegan { person, until } => {
                if let Some(before) = self.standing.now.filter(|before| before.since < at) {
                    self.standing.past.push(Slot { until: Some(at), ..before });
                }
                self.standing.now = Some(Slot { person: *person, since: at, until: *until });
                self.standing.owed_seconds.remove(person);
            }
            Event::StandingEnded { person, owed_seconds, .. } => {
                if let Some(now) = self.standing.now.take() {
                    self.standing.past.push(Slot { until: Some(at), ..now });
                }
                if !self.standing.stood.contains(person) {
                    self.standing.stood.push(*person);
                }
                if *owed_seconds > 0 {
                    *self.standing.owed_seconds.entry(*person).or_default() += owed_seconds;
                }
            }
            Event::StandingMissed { person, owed_seconds, .. } => {
                self.standing.stood.push(*person);
                *self.standing.owed_seconds.entry(*person).or_default() += owed_seconds;
            }
            Event::StandingRoundBegan => self.standing.stood.clear(),
            Event::StandingWakes { at } => self.standing.wakes_at = *at,
            _ => {}
        }
    }
}
