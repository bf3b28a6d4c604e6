//! Which unset settings the registers depend on: they must be decided before activation.

use rulebook::Setting;

use super::{Due, Edit, FormRules, Overdue, Rules};
use crate::needed::Needed;

impl Rules {
    /// The unset settings that an enforced rule depends on.
    #[must_use]
    pub fn undecided(&self) -> Vec<Needed> {
        let mut open = Vec::new();
        for form in self.forms.values() {
            form.needs(&mut open);
        }
        let change = &self.change;
        let guarded = matches!(change.edit.value(), Some(Edit::Permission | Edit::Approval));
        need(&mut open, &change.edit_by, guarded, "[\"supervisor\", \"manager\"]");
        let backup = self.upkeep.backup.value() == Some(&true);
        need(&mut open, &self.upkeep.backup_alarm_time, backup, "\"09:00\"");
        open
    }
}

impl FormRules {
    fn needs(&self, open: &mut Vec<Needed>) {
        let late = self.overdue.value().is_some_and(|overdue| !overdue.is_empty());
        need(open, &self.due, late, "\"departure\"");
        // What must be filled in is nothing unless somebody says so; "unset" says that it is something.
        need(open, &self.required, true, "[\"name\", \"telephone\"]");
        let due = self.due.value();
        need(open, &self.due_minutes, due == Some(&Due::Minutes), "30");
        need(open, &self.due_time, due == Some(&Due::Time), "\"18:30\"");
        need(open, &self.past_time, due == Some(&Due::Time), "\"next_day\"");
        let fined = self.overdue.value().is_some_and(|o| o.contains(&Overdue::Fine));
        need(open, &self.fine_yuan, fined, "50");
    }
}

fn need<T>(open: &mut Vec<Needed>, setting: &Setting<T>, used: bool, proposal: &'static str)
where
    T: rulebook::value::Read,
{
    if used && setting.is_unset() {
        open.push(Needed { setting: setting.path.to_string(), proposal });
    }
}
