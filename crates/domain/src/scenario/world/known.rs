//! Who is known to the world of a scenario: clients who have come, and who was in touch with them.

use super::World;
use crate::rotation::state::{Came, Phase};

impl World {
    /// `name` was in touch with `client` before the first visit.
    pub fn in_touch(&mut self, client: &str, came: Came, name: &str) {
        let person = self.person(name);
        self.contacts.insert(client.into(), (came, person));
    }

    /// Whether a reception ends only after the registration.
    #[must_use]
    pub fn must_register(&self) -> bool {
        self.rules.posts.registered_first.value() == Some(&true)
    }

    /// The day that it is, opened or not.
    #[must_use]
    pub const fn today(&self) -> chrono::NaiveDate {
        self.day
    }

    /// Notes on the floor that `client`, if they are here, are registered.
    pub(super) fn note_registered(&mut self, client: &str) {
        let visit = self.visits.get(client).copied().filter(|_| self.must_register());
        if let Some(visit) = visit.filter(|visit| self.floor.visits.contains_key(visit)) {
            let command = crate::rotation::Command::NoteRegistered { visit };
            self.run_as(&command, &crate::people::Actor::clock());
        }
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
