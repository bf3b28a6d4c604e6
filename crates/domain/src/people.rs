//! Who people, teams, clients and visits are: ids, and who acts.

use std::fmt;

use rulebook::Fact;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

pub use crate::rotation::rules::Role;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident $(=> $fact:ident)?;)+) => {
        $($(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        $(impl From<$name> for Fact {
            fn from(id: $name) -> Self { Self::$fact(id.0) }
        })?)+
    };
}

ids! {
    /// A person of the company.
    PersonId => Person;
    /// A team of a site.
    TeamId;
    /// A client.
    ClientId => Client;
    /// A visit or a call that is dealt by rotation.
    VisitId => Visit;
}

/// Who gives a command, and what they may do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actor {
    /// The person; nobody for the clock.
    pub person: Option<PersonId>,
    /// Their roles at the site.
    pub roles: Vec<Role>,
}

impl Actor {
    /// The clock: time passed.
    #[must_use]
    pub const fn clock() -> Self {
        Self { person: None, roles: Vec::new() }
    }

    /// A person with one role.
    #[must_use]
    pub fn new(person: PersonId, roles: impl Into<Vec<Role>>) -> Self {
        Self { person: Some(person), roles: roles.into() }
    }

    /// Whether they have one of `roles`.
    #[must_use]
    pub fn is_any(&self, roles: &[Role]) -> bool {
        self.roles.iter().any(|role| roles.contains(role))
    }

    /// Whether it is the clock.
    #[must_use]
    pub const fn is_clock(&self) -> bool {
        self.person.is_none()
    }
}
