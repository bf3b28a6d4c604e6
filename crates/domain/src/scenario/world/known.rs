//! Who is known to the world of a scenario: clients who have come, and who was in touch with them.

use super::World;
use crate::rotation::state::{Came, Phase};

impl World {
    /// `name` was in touch with `client` before the first visit.
    pub fn in_touch(&mut self, client: &str, came: Came, name: &str) {
        let person = self.person(name);
        self.contacts.insert(client.into(), (came, person));
    }

    /// Whether `client` has come at all.
    #[must_use]
    pub fn has_been(&self, client: &str) -> bool {
        self.visits.contains_key(client)
    }

    /// Whether somebody on the floor is called `name`.
    #[must_use]
    pub fn is_on_floor(&self, name: &str) -> bool {
        self.people.get(name).is_some_and(|person| self.floor.people.contains_key(person))
    }

    /// Whether `client` has come, and is still here.
    #[must_use]
    pub fn has_come(&self, client: &str) -> bool {
        let visit = self.visits.get(client).and_then(|visit| self.floor.visits.get(visit));
        visit.is_some_and(|visit| visit.phase != Phase::Ended)
    }
}
