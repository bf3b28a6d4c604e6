//! A contact is entered once: what attribution hears of a follow-up, and follow-up of all else.

use std::collections::BTreeSet;

use crate::{
    attribution::{self, state::ContactKind},
    follow_up::{
        Command, Outcome,
        rules::{Means, Trigger},
    },
    people::PersonId,
};

/// What follow-up hears of `command`, which attribution has carried out.
#[must_use]
pub fn after_attribution(command: &attribution::Command) -> Option<Command> {
    use attribution::Command as Known;
    match command {
        Known::Register { by, .. } => Some(happened(Trigger::Registration, *by)),
        Known::Contact { by, kind: ContactKind::FollowUp, .. } => {
            Some(Command::Contacted { by: *by, means: Means::Call })
        }
        Known::Contact { by, kind: ContactKind::Visit, .. } | Known::Received { by, .. } => {
            Some(happened(Trigger::Visit, *by))
        }
        Known::Contact { by, kind: ContactKind::Call, .. } => Some(happened(Trigger::Call, *by)),
        Known::Assign { to, .. } | Known::Distribute { to, .. } | Known::Change { to, .. } => {
            Some(happened(Trigger::Allotment, *to))
        }
        Known::Close { by, .. } => Some(happened(Trigger::Deal, *by)),
        _ => None,
    }
}

/// What follow-up hears of a visit or a call that is over, received by `by`.
#[must_use]
pub fn after_visit(by: PersonId, called: bool) -> Command {
    happened(if called { Trigger::Call } else { Trigger::Visit }, by)
}

/// The contact that attribution hears of, where a follow-up was saved.
#[must_use]
pub fn after_follow_up(command: &Command, outcome: &Outcome) -> Option<attribution::Command> {
    match (command, outcome) {
        (Command::Record(entry), Outcome::Recorded { asked, .. }) if entry.means.is_contact() => {
            let (by, kind) = (entry.by, ContactKind::FollowUp);
            Some(attribution::Command::Contact { by, kind, complete: asked.is_empty() })
        }
        _ => None,
    }
}

/// `trigger` happened, and `by` handled it.
#[must_use]
pub fn happened(trigger: Trigger, by: PersonId) -> Command {
    Command::Happened { trigger, by, agreed: None, fields: BTreeSet::new() }
}

/// Who gave a command to follow-up, where somebody did.
#[must_use]
pub const fn who(command: &Command) -> Option<PersonId> {
    match command {
        Command::Happened { by, .. }
        | Command::Contacted { by, .. }
        | Command::End { by, .. }
        | Command::Advance { by, .. } => Some(*by),
        Command::Record(entry) => Some(entry.by),
        _ => None,
    }
}
