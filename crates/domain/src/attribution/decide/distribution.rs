//! Leads that somebody in authority distributes: who is suggested, in which order they wait, who is told.

use std::cmp::Reverse;

use rulebook::{Trail, Undecided, facts};
use serde::{Deserialize, Serialize};

use super::{
    super::{
        command::Outcome,
        events::Event,
        rules::{Criterion, EnquiryClass, EnquiryGoes, Method, Prevails, QueueOrder, Rules},
    },
    Case, Halt,
};
use crate::{
    calendar::Moment,
    people::{ClientId, PersonId},
};

/// A client who waits to be distributed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lead {
    /// Who.
    pub client: ClientId,
    /// Since when.
    pub since: Moment,
    /// How strong the intention is; more is stronger.
    pub intention: u32,
}

/// Somebody to whom a lead could go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Candidate {
    /// Who.
    pub person: PersonId,
    /// How many of the skills that the lead asks for they have.
    pub skills: u32,
    /// How many deals they have closed.
    pub closed: u32,
    /// How many leads they were given in the period.
    pub given: u32,
}

/// Somebody who is suggested for a lead.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suggested {
    /// Who.
    pub person: PersonId,
    /// How many more leads they were given than whoever has the fewest.
    pub ahead: u32,
    /// Whether one more would leave the tolerance of the rulebook.
    pub unbalanced: bool,
}

/// The `leads` in the order in which they are distributed.
pub fn queue(rules: &Rules, leads: &[Lead], trail: &mut Trail) -> Result<Vec<Lead>, Undecided> {
    let order =
        trail.apply("queue_order", &rules.distribution.queue, facts![leads = leads.len()])?;
    let mut sorted = leads.to_vec();
    match order {
        QueueOrder::Arrival => sorted.sort_by_key(|lead| lead.since),
        QueueOrder::Intention => sorted.sort_by_key(|lead| (Reverse(lead.intention), lead.since)),
    }
    Ok(sorted)
}

/// The `candidates`, the most suitable first, each with how balanced the distribution is.
///
/// Where nothing tells two apart, they stay in the order in which they were given.
pub fn suggest(
    rules: &Rules,
    candidates: &[Candidate],
    trail: &mut Trail,
) -> Result<Vec<Suggested>, Undecided> {
    let rules = &rules.distribution;
    let by = trail.apply("suggested_by", &rules.suggest_by, facts![people = candidates.len()])?;
    let suits = |candidate: &Candidate| -> Vec<Reverse<u32>> {
        by.iter()
            .map(|criterion| match criterion {
                Criterion::Ability => Reverse(candidate.skills),
                Criterion::Experience => Reverse(candidate.closed),
            })
            .collect()
    };
    let mut sorted = candidates.to_vec();
    let balance_first =
        by.is_empty() || trail.apply("prevails", &rules.prevails, Vec::new())? == Prevails::Balance;
    if balance_first {
        sorted.sort_by_key(|candidate| (candidate.given, suits(candidate)));
    } else {
        sorted.sort_by_key(|candidate| (suits(candidate), candidate.given));
    }
    let fewest = candidates.iter().map(|candidate| candidate.given).min().unwrap_or(0);
    let tolerance = rules.tolerance.value().copied();
    trail.cite("balance", true, &rules.tolerance, facts![fewest]);
    let suggested = sorted.into_iter().map(|candidate| {
        let ahead = candidate.given.saturating_sub(fewest);
        let unbalanced = tolerance.is_some_and(|most| ahead >= most.max(1));
        Suggested { person: candidate.person, ahead, unbalanced }
    });
    Ok(suggested.collect())
}

/// Who has the next lead, where the rulebook has a method; nobody where somebody says so by hand.
///
/// `candidates` are in the order of the ring; `last` was given a lead last.
pub fn next_by_method(
    rules: &Rules,
    candidates: &[Candidate],
    last: Option<PersonId>,
    trail: &mut Trail,
) -> Result<Option<PersonId>, Undecided> {
    let method = trail.apply("method", &rules.distribution.method, Vec::new())?;
    let people = candidates.iter();
    Ok(match method {
        Method::ByHand => None,
        Method::Equally => {
            people.min_by_key(|candidate| candidate.given).map(|candidate| candidate.person)
        }
        Method::ByRing => {
            let after = people.clone().skip_while(|c| Some(c.person) != last).nth(1);
            after.or_else(|| candidates.first()).map(|candidate| candidate.person)
        }
    })
}

/// Where an enquiry of a class goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Goes {
    /// To the answerer, as any call.
    Answerer,
    /// To the rotation of the department that answers such enquiries.
    DepartmentRing,
    /// To the supervisor, who distributes it.
    Supervisor,
}

/// Where an enquiry about `class` goes.
pub fn enquiry_goes(
    rules: &Rules,
    class: EnquiryClass,
    trail: &mut Trail,
) -> Result<Goes, Undecided> {
    let rules = &rules.distribution;
    let listed = rules.departments.decided()?.contains(&class);
    trail.cite("departments_enquiry", listed, &rules.departments, facts![class = class.word()]);
    if !listed {
        return Ok(Goes::Answerer);
    }
    Ok(match trail.apply("enquiry_goes", &rules.enquiry_goes, Vec::new())? {
        EnquiryGoes::Answerer => Goes::Answerer,
        EnquiryGoes::DepartmentRing => Goes::DepartmentRing,
        EnquiryGoes::Supervisor => Goes::Supervisor,
    })
}

impl Case<'_> {
    /// Tells the new owner, with what the rulebook wants them to be told.
    pub(super) fn notify(&mut self, to: PersonId) {
        let setting = &self.rules.distribution.notice;
        let Some(holds) = setting.value().filter(|holds| !holds.is_empty()).cloned() else {
            return;
        };
        self.trail.cite("new_owner_told", true, setting, facts![person = to]);
        self.emit(Event::Notified { to, holds });
    }

    pub(super) fn acknowledge(&mut self, by: PersonId) -> Result<Outcome, Halt> {
        let open = self.client.notice.as_ref().filter(|notice| notice.acknowledged_at.is_none());
        if open.is_none_or(|notice| notice.to != by) {
            return Err(Halt::Refused("nothing_to_acknowledge"));
        }
        let setting = &self.rules.distribution.acknowledged;
        self.trail.cite("acknowledged", true, setting, facts![person = by]);
        self.emit(Event::Acknowledged { by });
        Ok(Outcome::Recorded)
    }
}
