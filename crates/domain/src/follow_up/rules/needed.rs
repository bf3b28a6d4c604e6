//! Which unset settings follow-up depends on: they must be decided before activation.

use rulebook::{Setting, value::Read};

use super::{Due, Rules, Trigger};
use crate::needed::Needed;

impl Rules {
    /// The unset settings that a rule depends on.
    #[must_use]
    pub fn undecided(&self) -> Vec<Needed> {
        let mut open = Vec::new();
        let asked = self.on.iter().filter(|(_, rules)| rules.task.value() == Some(&true));
        // A festival has a day of its own.
        for (_, rules) in asked.filter(|(trigger, _)| **trigger != Trigger::Holiday) {
            need(&mut open, &rules.due, true, "\"same_day\"");
            let due = rules.due.value().copied();
            let counted = matches!(
                due,
                Some(Due::WithinMinutes | Due::WithinDays | Due::WithinWorkingDays | Due::OnDays)
            );
            let proposal = if due == Some(Due::WithinMinutes) { "[60]" } else { "[3]" };
            need(&mut open, &rules.after, counted, proposal);
            need(&mut open, &rules.grace_minutes, true, "15");
            let shift = due == Some(Due::EndOfShift);
            need(&mut open, &self.calendar.shift_ends, shift, "\"18:00\"");
        }
        for rules in self.rhythm.values().filter(|rules| rules.task.value() == Some(&true)) {
            let other = rules.visits.value().is_some()
                || rules.plan_days.value().is_some_and(|days| !days.is_empty());
            need(&mut open, &rules.interval_days, !other, "30");
        }
        let least = self.new_client.least.value().is_some();
        need(&mut open, &self.new_client.within_days, least, "7");
        let only = self.end.only_on_refusal.value() == Some(&true);
        need(&mut open, &self.end.next_days, only, "7");
        open.dedup_by(|one, other| one.setting == other.setting);
        open
    }
}

fn need<T: Read>(open: &mut Vec<Needed>, setting: &Setting<T>, used: bool, proposal: &'static str) {
    if used && setting.is_unset() {
        open.push(Needed { setting: setting.path.to_string(), proposal });
    }
}
