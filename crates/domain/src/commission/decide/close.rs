//! A deal moves on, closes, and its parts are worked out.

use rulebook::{ClauseId, Setting, facts};

use super::{
    super::{
        command::Outcome,
        events::Event,
        rules::{Situation, Stage},
        share::{PersonShare, Split},
        state::{Basis, Circumstances, Pending},
    },
    Case, Halt, classify,
};
use crate::calendar::{Moment, after, day_of, days_after};

impl Case<'_> {
    pub(super) fn reach(&mut self, stage: Stage) -> Result<Outcome, Halt> {
        self.emit(Event::StageReached { stage });
        let counts = self.rules.closing.counts.clone();
        let closes = stage >= *counts.decided()?;
        self.trail.cite("counts_as_closed", closes, &counts, facts![stage = stage.word()]);
        if closes && self.deal.closed_at.is_none() {
            return self.close();
        }
        if !closes && self.deal.pending.is_none() {
            self.wait_for_the_day();
        }
        Ok(self.outcome())
    }

    /// The finder of a colleague's client has a part if it closes today.
    fn wait_for_the_day(&mut self) {
        let Some(closer) = self.deal.closer else { return };
        let classified = classify(&self.deal.circumstances, closer, self.at);
        if classified.situation == Situation::SameDayColleague {
            let split = &self.rules.split.same_day_colleague;
            self.trail.cite("if_it_closes_today", true, split, facts![person = closer]);
            let pending = Pending::SameDay { until: end_of_day(self.at, 0) };
            self.emit(Event::LeftOpen { pending });
        }
    }

    fn close(&mut self) -> Result<Outcome, Halt> {
        let Some(closer) = self.deal.closer else { return Err(Halt::Refused("no_such_deal")) };
        let closed_at = self.deal.closed_at.unwrap_or(self.at);
        let known = classify(&self.deal.circumstances, closer, closed_at);
        let owner = known.parties.first().copied().unwrap_or(closer);
        self.trail.holds(
            "deal_situation",
            true,
            facts![situation = known.situation.word(), person = owner, closer],
        );
        self.emit(Event::Closed { situation: known.situation, parties: known.parties });
        self.share_out()
    }

    /// Works the parts out by the rule for this situation.
    fn share_out(&mut self) -> Result<Outcome, Halt> {
        let situation = self.deal.situation.unwrap_or(Situation::Own);
        let Some(setting) = self.rules.split_of(situation).cloned() else {
            self.trail.holds("shares_fixed", true, Vec::new());
            let fixed = self.deal.circumstances.fixed.clone();
            return Ok(self.share(fixed, Basis::Ruling, &[]));
        };
        let said = said(&setting);
        self.trail.cite("share_rule", true, &setting, facts![split = said.as_str()]);
        let Some(split) = setting.value() else {
            return Ok(self.leave_undecided(setting.path.to_string()));
        };
        if *split == Split::Negotiated && self.deal.parties.len() > 1 {
            return self.negotiate();
        }
        match split.among(&self.deal.parties) {
            Some(parts) => Ok(self.share(parts, Basis::Rule, &setting.clauses)),
            None => {
                let parties = self.deal.parties.len();
                self.trail.holds("parts_fit", false, facts![parties]);
                Ok(self.leave_undecided(setting.path.to_string()))
            }
        }
    }

    /// The deal stays on record, and waits for a ruling.
    fn leave_undecided(&mut self, setting: String) -> Outcome {
        self.emit(Event::LeftOpen { pending: Pending::Undecided { setting: setting.clone() } });
        self.post();
        Outcome::Undecided { setting }
    }

    fn negotiate(&mut self) -> Result<Outcome, Halt> {
        let days = &self.rules.negotiation.days;
        let from = self.deal.closed_at.unwrap_or(self.at);
        let until = days.value().map(|days| end_of_day(from, *days));
        self.trail.cite("parties_agree", false, days, Vec::new());
        self.emit(Event::LeftOpen { pending: Pending::Agreement { until } });
        self.post();
        Ok(self.outcome())
    }

    pub(super) fn share(
        &mut self,
        parts: Vec<PersonShare>,
        basis: Basis,
        clauses: &[ClauseId],
    ) -> Outcome {
        for part in &parts {
            let share = part.share.to_string();
            self.trail.holds(
                "has_part",
                true,
                facts![person = part.person, share = share.as_str()],
            );
        }
        self.emit(Event::Shared { parts, basis, clauses: clauses.to_vec() });
        self.post();
        self.outcome()
    }

    pub(super) fn recompute(&mut self, circumstances: &Circumstances) -> Result<Outcome, Halt> {
        if !self.actor.is_clock() {
            self.authority()?;
        }
        self.know(circumstances)?;
        if self.deal.closed_at.is_none() {
            return Ok(self.outcome());
        }
        self.close()
    }

    /// What has fallen due happens; nothing where nothing has.
    pub(super) fn settle(&mut self) -> Result<Option<Outcome>, Halt> {
        let due = |until: &Moment| *until <= self.at;
        match self.deal.pending.clone() {
            Some(Pending::SameDay { until }) if due(&until) => {
                let split = &self.rules.split.later_colleague;
                self.trail.cite("closed_that_day", false, split, Vec::new());
                self.emit(Event::SameDayLapsed);
                Ok(Some(self.outcome()))
            }
            Some(Pending::Agreement { until: Some(until) }) if due(&until) => {
                self.fall_back().map(Some)
            }
            Some(Pending::Undecided { setting }) => {
                let rule = self.deal.situation.and_then(|situation| self.rules.split_of(situation));
                let decided = rule.is_some_and(|rule| {
                    *rule.path == *setting
                        && rule.value().is_some_and(|split| {
                            *split == Split::Negotiated || split.among(&self.deal.parties).is_some()
                        })
                });
                if decided { self.share_out().map(Some) } else { Ok(None) }
            }
            _ => Ok(None),
        }
    }

    /// The parties have not agreed in time.
    fn fall_back(&mut self) -> Result<Outcome, Halt> {
        let rules = self.rules.negotiation.clone();
        self.trail.cite("agreed_in_time", false, &rules.days, Vec::new());
        let fallback = &rules.fallback;
        let said = said(fallback);
        self.trail.cite("without_agreement", true, fallback, facts![split = said.as_str()]);
        match fallback.value().and_then(|split| split.among(&self.deal.parties)) {
            Some(parts) => Ok(self.share(parts, Basis::Fallback, &fallback.clauses)),
            None => Ok(self.leave_undecided(fallback.path.to_string())),
        }
    }
}

/// A split as a fact shows it: the owner's part first.
fn said(split: &Setting<Split>) -> String {
    split.value().map_or_else(|| "unset".to_owned(), |split| split.written().replace('-', " : "))
}

/// The last moment of the day of `at`, or of `days` later: the first of the day after it.
fn end_of_day(at: Moment, days: u32) -> Moment {
    let until = days_after(day_of(at), days.saturating_add(1));
    let whole = until - day_of(at);
    let midnight = crate::calendar::moment_on(at, chrono::NaiveTime::MIN);
    after(midnight, whole)
}
