//! What a supervisor may do: make-up turns, suspensions, breaches, approvals.

use app::{PersonId, rotation::Command};
use chrono::{DateTime, Utc};
use domain::rotation::rules::{BreachKind, MakeUpKind, Reason, Unfit};
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use super::{
    super::words,
    command::{Plain, commands, noted},
    day::ring,
};
use crate::web::state::Server;

pub fn routes() -> OpenApiRouter<Server> {
    OpenApiRouter::new()
        .routes(routes!(answer_outing))
        .routes(routes!(grant_make_up))
        .routes(routes!(verify_make_up))
        .routes(routes!(take_make_up))
        .routes(routes!(restore_turn))
        .routes(routes!(suspend))
        .routes(routes!(lift_suspension))
        .routes(routes!(note_breach))
        .routes(routes!(set_unfit))
        .routes(routes!(permit_second))
        .routes(routes!(withdraw_second))
}

/// Whether an outing is approved.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Outing {
    /// Yes or no.
    approved: bool,
    /// When it happened, where it is typed in late.
    happened_at: Option<DateTime<Utc>>,
    /// Why; kept sealed beside the journal.
    reason: Option<String>,
}

/// A make-up turn is granted by authority.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Grant {
    /// The ring.
    #[schema(example = "walk_in")]
    ring: String,
    /// Ordinary or priority.
    #[schema(schema_with = words::make_up)]
    kind: MakeUpKind,
    /// When it happened, where it is typed in late.
    happened_at: Option<DateTime<Utc>>,
    /// Why; kept sealed beside the journal.
    reason: Option<String>,
}

/// A turn of this round is given back.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Restore {
    /// The ring.
    #[schema(example = "walk_in")]
    ring: String,
    /// When it happened, where it is typed in late.
    happened_at: Option<DateTime<Utc>>,
    /// Why; kept sealed beside the journal.
    reason: Option<String>,
}

/// A suspension.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Suspend {
    /// For how many days; else until lifted.
    days: Option<u16>,
    /// When it happened, where it is typed in late.
    happened_at: Option<DateTime<Utc>>,
    /// Why; kept sealed beside the journal.
    reason: Option<String>,
}

/// A breach of the order.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Breach {
    /// Which.
    #[schema(schema_with = words::breach)]
    kind: BreachKind,
    /// When it happened, where it is typed in late.
    happened_at: Option<DateTime<Utc>>,
    /// Why; kept sealed beside the journal.
    reason: Option<String>,
}

/// Somebody is taken out of the ring on a ground, or is back in.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Ground {
    /// The ground; nothing: back in.
    #[schema(schema_with = words::unfit)]
    unfit: Option<Unfit>,
    /// When it happened, where it is typed in late.
    happened_at: Option<DateTime<Utc>>,
    /// Why; kept sealed beside the journal.
    reason: Option<String>,
}

noted!(Outing, Grant, Restore, Suspend, Breach, Ground);

commands! { "supervision";
    /// An outing is approved or refused
    answer_outing "/sites/{site}/people/{person}/outing" "person" person: Uuid, Outing, |server, caller, site, said|
        Command::AnswerOuting { person: PersonId(person), approved: said.approved };
    /// A make-up turn is granted by authority
    grant_make_up "/sites/{site}/people/{person}/make-ups" "person" person: Uuid, Grant, |server, caller, site, said|
        Command::GrantMakeUp {
            person: PersonId(person),
            ring: ring("ring", &said.ring)?,
            kind: said.kind,
        };
    /// The reason for a make-up turn is verified
    verify_make_up "/sites/{site}/make-ups/{make_up}/verify" "make_up" id: u64, Plain, |server, caller, site, said|
        Command::VerifyMakeUp { id };
    /// A make-up turn is taken away by authority
    take_make_up "/sites/{site}/make-ups/{make_up}/take" "make_up" id: u64, Plain, |server, caller, site, said|
        Command::TakeMakeUp { id };
    /// A turn of this round is given back by authority, as a correction
    restore_turn "/sites/{site}/people/{person}/restore-turn" "person" person: Uuid, Restore, |server, caller, site, said|
        Command::RestoreTurn { person: PersonId(person), ring: ring("ring", &said.ring)? };
    /// Somebody is suspended by authority
    suspend "/sites/{site}/people/{person}/suspension" "person" person: Uuid, Suspend, |server, caller, site, said|
        Command::Suspend {
            person: PersonId(person),
            days: said.days.map(u32::from),
            reason: said.reason.as_ref().map(|_| Reason::Other),
        };
    /// A suspension, and one turn in two rounds, ends early
    lift_suspension "/sites/{site}/people/{person}/suspension/lift" "person" person: Uuid, Plain, |server, caller, site, said|
        Command::LiftSuspension { person: PersonId(person) };
    /// A breach of the order is confirmed
    note_breach "/sites/{site}/people/{person}/breach" "person" person: Uuid, Breach, |server, caller, site, said|
        Command::NoteBreach { person: PersonId(person), kind: said.kind };
    /// Somebody is taken out of the ring on a ground, or is back in
    set_unfit "/sites/{site}/people/{person}/unfit" "person" person: Uuid, Ground, |server, caller, site, said|
        Command::SetUnfit {
            person: PersonId(person),
            unfit: said.unfit,
            reason: said.reason.as_ref().map(|_| Reason::Other),
        };
    /// Somebody may receive one more new client at once
    permit_second "/sites/{site}/people/{person}/second" "person" person: Uuid, Plain, |server, caller, site, said|
        Command::PermitSecond { person: PersonId(person) };
    /// The permission of one more new client at once is withdrawn
    withdraw_second "/sites/{site}/people/{person}/second/withdraw" "person" person: Uuid, Plain, |server, caller, site, said|
        Command::WithdrawSecond { person: PersonId(person) };
}
