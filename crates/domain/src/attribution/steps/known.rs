//! What a scenario knows of leads, leavers and the pool.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::{attribution::decide::Lead, people::PersonId};

/// What a scenario knows besides the clients themselves.
#[derive(Debug, Default)]
pub struct Known {
    /// The leads, by name, in the order in which they came.
    pub leads: Vec<(String, Lead)>,
    /// What people are good with.
    pub skills: BTreeMap<PersonId, Vec<String>>,
    /// How many deals they have closed.
    pub closed: BTreeMap<PersonId, u32>,
    /// How many leads they were given.
    pub given: BTreeMap<PersonId, u32>,
    /// Who was given a lead last.
    pub last_given: Option<PersonId>,
    /// What the lead asks for that is to be distributed.
    pub needs: Option<String>,
    /// How many clients people claimed from the pool on a day.
    pub taken: BTreeMap<(NaiveDate, PersonId), u32>,
    /// Clients without a name, by whose they were.
    pub clients: Vec<(String, String)>,
    /// Who is leaving.
    pub leaving: Vec<PersonId>,
    /// The department to which the last enquiry went.
    pub department: Option<String>,
}

impl Known {
    /// How many leads `person` was given.
    #[must_use]
    pub fn given(&self, person: PersonId) -> u32 {
        self.given.get(&person).copied().unwrap_or(0)
    }

    /// `person` is given a lead.
    pub fn give(&mut self, person: PersonId) {
        *self.given.entry(person).or_default() += 1;
    }

    /// How many clients `person` claimed on `day`.
    #[must_use]
    pub fn taken_on(&self, day: NaiveDate, person: PersonId) -> u32 {
        self.taken.get(&(day, person)).copied().unwrap_or(0)
    }

    /// `person` claims a client.
    pub fn took(&mut self, day: NaiveDate, person: PersonId) {
        *self.taken.entry((day, person)).or_default() += 1;
    }
}
