//! Agents and channels file clients 渠道报备: protected for how long, against whom, confirmed when.

use rulebook::facts;

use super::{
    super::{
        command::Outcome,
        events::Event,
        rules::FilingClash,
        state::{Basis, Filing, FilingId, Right},
    },
    Case, Halt,
};
use crate::{
    calendar::{Moment, day_of, days_after},
    people::PersonId,
};

impl Case<'_> {
    pub(super) fn file(&mut self, id: FilingId, by: PersonId) -> Result<Outcome, Halt> {
        if self.client.filing(id).is_some() {
            return Err(Halt::Refused("filed_already"));
        }
        let rules = &self.rules.filing;
        let days = rules.protected_days.limit()?.copied();
        let before = self.standing()?.filter(|before| before.owner != by);
        let filing = Filing { id, by, at: self.at, confirmed_at: None, void: false };
        if let Some(before) = before {
            let facts = facts![person = before.owner, since = before.since];
            match self.trail.apply("filing_clash", &rules.clash, facts)? {
                FilingClash::Void => {
                    self.emit(Event::Filed { filing: Filing { void: true, ..filing } });
                    return Ok(Outcome::Filed { protected_until: None, counts: false });
                }
                FilingClash::Dispute => {
                    self.emit(Event::Filed { filing: Filing { void: true, ..filing } });
                    let between = vec![before.owner, by];
                    self.emit(Event::Disputed { between: between.clone() });
                    return Ok(Outcome::Disputed { between });
                }
                FilingClash::Wins => {
                    self.end_rights(&rules.clash.clauses);
                }
            }
        }
        self.trail.cite("filing_protects", true, &rules.protected_days, facts![person = by]);
        self.emit(Event::Filed { filing });
        self.found_filing(id, by, self.at, days);
        let protected_until = days.map(|days| days_after(day_of(self.at), days));
        Ok(Outcome::Filed { protected_until, counts: true })
    }

    pub(super) fn confirm_filing(
        &mut self,
        id: FilingId,
        came_at: Moment,
    ) -> Result<Outcome, Halt> {
        let Some(filing) = self.client.filing(id).copied() else {
            return Err(Halt::Refused("no_such_filing"));
        };
        if filing.void || filing.confirmed_at.is_some() {
            return Err(Halt::Refused(if filing.void {
                "filing_void"
            } else {
                "filing_confirmed"
            }));
        }
        let rules = &self.rules.filing;
        let setting = rules.confirmed_by.clone();
        self.authority(&setting)?;
        if came_at > self.at {
            return Err(Halt::Refused("recorded_in_future"));
        }
        let protected = self.standing()?.is_some_and(|standing| standing.owner == filing.by);
        self.trail.holds("filing_lives", protected, facts![person = filing.by]);
        if !protected {
            return Err(Halt::Refused("filing_lapsed"));
        }
        if let Some(least) = rules.ahead_minutes.limit()?.copied() {
            let ahead = came_at.signed_duration_since(filing.at).num_minutes();
            let held = ahead >= i64::from(least);
            let minutes = ahead;
            self.trail.cite("filed_ahead", held, &rules.ahead_minutes, facts![minutes, least]);
            if !held {
                return Err(Halt::Refused("filed_too_late"));
            }
        }
        let days = rules.confirmed_days.limit()?.copied();
        self.trail.cite(
            "filing_confirmed",
            true,
            &rules.confirmed_days,
            facts![person = filing.by],
        );
        self.emit(Event::FilingConfirmed { id });
        self.emit(Event::RightEnded {
            by: filing.by,
            clauses: rules.confirmed_days.clauses.clone(),
        });
        self.found_filing(id, filing.by, self.at, days);
        let protected_until = days.map(|days| days_after(day_of(self.at), days));
        Ok(Outcome::Filed { protected_until, counts: true })
    }

    fn found_filing(&mut self, id: FilingId, by: PersonId, from: Moment, days: Option<u32>) {
        let basis = Basis::Filing(id);
        self.emit(Event::RightFounded { right: Right { by, basis, from, days, ended: None } });
    }
}
