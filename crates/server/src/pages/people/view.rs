//! What the administrator sees of the people.

use crate::pages::frame::Problem;
use crate::pages::person::Person;

/// Everybody who may sign in, or once could.
#[derive(Debug, Clone)]
pub struct PeopleView {
    /// What was looked for.
    pub look: String,
    /// Those found.
    pub rows: Vec<PersonRow>,
    /// How many there are in all.
    pub total: u32,
}

/// One of them.
#[derive(Debug, Clone)]
pub struct PersonRow {
    /// Who.
    pub person: Person,
    /// Name for signing in.
    pub sign_in: String,
    /// Roles by name.
    pub roles: Vec<String>,
    /// Whether certified to receive.
    pub certified: bool,
    /// Whether they may sign in.
    pub active: bool,
    /// Whether they still have their first password.
    pub first_password: bool,
}

impl PersonRow {
    /// Whether there is nothing to say of their standing.
    pub fn unremarkable(&self) -> bool {
        !self.certified && self.active && !self.first_password
    }
}

/// The form for one person.
#[derive(Debug, Clone)]
pub struct PersonView {
    /// Id; `None` for somebody new.
    pub id: Option<String>,
    /// Name.
    pub name: String,
    /// Name for signing in.
    pub sign_in: String,
    /// Roles by name.
    pub roles: Vec<String>,
    /// Every role that may be given, by name.
    pub all_roles: Vec<String>,
    /// Team.
    pub team: String,
    /// Teams there are, for suggestions.
    pub teams: Vec<String>,
    /// Fixed number or badge.
    pub number: String,
    /// Whether certified to receive.
    pub certified: bool,
    /// Whether they may sign in.
    pub active: bool,
    /// What the floor knows of them; nothing where they do not take part in the rotation.
    pub profile: Option<ProfileForm>,
    /// A password that was just made: shown once, never again.
    pub new_password: Option<String>,
    /// What is wrong with the form.
    pub problems: Vec<Problem>,
}

/// What the floor knows of a person.
#[derive(Debug, Clone)]
pub struct ProfileForm {
    /// Their batch, from 1.
    pub batch: u32,
    /// The most batches.
    pub batches_most: u32,
    /// Last month's rank; empty for none.
    pub rank: String,
    /// The result of the last working day, in deals.
    pub result: u32,
    /// Whether they are on trial.
    pub trial: bool,
    /// Whether they are on duty outside the hours of rotation.
    pub duty: bool,
}
