//! What the caller may do about a client now; only what is on this list is offered.

use domain::{
    attribution::{Client, Rules},
    rotation::rules::Role,
};
use rulebook::Setting;
use serde::Serialize;

use crate::{Caller, roles::Permission};

/// Something that is done about a client.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    /// Registering, and completing what is missing.
    Register,
    /// Following up.
    FollowUp,
    /// Closing a deal.
    Close,
    /// Taking a closing back.
    CancelClosing,
    /// Claiming the client.
    Claim,
    /// Ruling whose client it is.
    Rule,
    /// Giving the client to somebody.
    Assign,
    /// Giving a leaver's client to somebody.
    Distribute,
    /// Changing the consultant.
    Change,
}

/// What `caller` may do about `client` by `rules`, in the order in which it is offered.
pub(super) fn of(caller: &Caller, rules: Option<&Rules>, client: &Client) -> Vec<Act> {
    let Some(rules) = rules else { return Vec::new() };
    let closed = client.closing.is_some();
    let mut acts = Vec::new();
    if caller.may(Permission::RegisterClients) {
        acts.extend([Act::FollowUp, Act::Register]);
        if !closed {
            acts.push(Act::Close);
        }
        acts.push(Act::Claim);
    }
    if !caller.may(Permission::SetOwner) {
        return acts;
    }
    let mut by = |setting: &Setting<Vec<Role>>, act: Act| {
        if setting.value().is_some_and(|roles| roles.iter().any(|role| caller.is(*role))) {
            acts.push(act);
        }
    };
    by(&rules.handover.distributed_by, Act::Assign);
    by(&rules.handover.distributed_by, Act::Distribute);
    by(&rules.handover.changed_by, Act::Change);
    by(&rules.claim.decided_by, Act::Rule);
    if closed {
        acts.push(Act::CancelClosing);
    }
    acts
}
