//! Following up ends: only on a clear refusal, and always on a wish not to be disturbed.

use std::collections::BTreeSet;

use rulebook::facts;

use super::{
    super::{
        command::Outcome,
        events::Event,
        rules::{Field, Occasion, Trigger},
        state::TaskId,
    },
    Desk, Halt,
    due::last_moment,
    open::once,
};
use crate::{
    calendar::{day_of, days_after},
    people::PersonId,
};

impl Desk<'_> {
    pub(super) fn end(
        &mut self,
        by: PersonId,
        refused: Option<bool>,
        fields: &BTreeSet<Field>,
    ) -> Result<Outcome, Halt> {
        if self.tracking.ended.is_some() {
            return Err(Halt::Refused("ended_already"));
        }
        let rules = self.rules.end.clone();
        let quiet = self.tracking.undisturbed.is_some();
        if rules.only_on_refusal.value() == Some(&true) && !quiet {
            self.trail.cite(
                "refused_clearly",
                refused == Some(true),
                &rules.only_on_refusal,
                Vec::new(),
            );
            match refused {
                Some(true) => {}
                None => return Ok(Outcome::AsksForRefusal),
                Some(false) => return self.go_on(by),
            }
        }
        self.require(Occasion::Lost, fields)?;
        let archived = rules.archive.value() == Some(&true);
        self.trail.cite("archived", archived, &rules.archive, Vec::new());
        self.cancel(|_| true);
        self.emit(Event::Ended { archived });
        Ok(Outcome::Ended { archived })
    }

    /// Not refused: the next follow-up is on the list.
    fn go_on(&mut self, by: PersonId) -> Result<Outcome, Halt> {
        let setting = self.rules.end.next_days.clone();
        let days = setting.limit();
        self.trail.cite("next_follow_up", true, &setting, facts![person = by]);
        let days = days?.copied().unwrap_or(0);
        let next = last_moment(self.at, days_after(day_of(self.at), days));
        let mut task =
            self.plain_task(Trigger::Undecided, self.tracking.owner.or(Some(by)), Some(next));
        task.from = super::due::first_moment(self.at, day_of(next)).max(self.at);
        task.remind_at = Some(task.from);
        let only = &self.rules.end.only_on_refusal.clauses;
        task.clauses = once(only.iter().chain(&setting.clauses));
        self.add(task);
        Ok(Outcome::GoesOn { next })
    }

    pub(super) fn ask_for_quiet(&mut self) -> Outcome {
        let setting = &self.rules.end.wish_wins;
        let wins = setting.value() != Some(&false);
        self.trail.cite("wish_wins", wins, setting, Vec::new());
        if wins {
            self.cancel(sells);
            self.emit(Event::AskedForQuiet);
        }
        Outcome::Noted
    }

    fn cancel(&mut self, which: impl Fn(Trigger) -> bool) {
        let open: Vec<TaskId> = self
            .tracking
            .open_tasks()
            .filter(|task| which(task.trigger))
            .map(|task| task.id)
            .collect();
        for task in open {
            self.emit(Event::TaskCancelled { task });
        }
    }
}

/// Whether what follows is for the seller's sake; what the client is owed stays.
const fn sells(trigger: Trigger) -> bool {
    !matches!(
        trigger,
        Trigger::Question
            | Trigger::SpecialQuestion
            | Trigger::UnsureQuestion
            | Trigger::Request
            | Trigger::Concern
            | Trigger::Consent
            | Trigger::Order
            | Trigger::Deal
            | Trigger::Message
            | Trigger::WorkingDay
    )
}
