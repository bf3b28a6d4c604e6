//! People on the floor: signing in, stepping out, being busy, at the post.

use app::{PersonId, SiteId, rotation::Command, sites};
use chrono::{DateTime, Utc};
use domain::rotation::rules::{AbsenceKind, BusyKind};
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use super::{
    super::{said::sensible, words},
    command::{Plain, commands, known, noted},
    day::ring,
};
use crate::web::state::Server;

pub fn routes() -> OpenApiRouter<Server> {
    OpenApiRouter::new()
        .routes(routes!(sign_in))
        .routes(routes!(sign_out))
        .routes(routes!(step_out))
        .routes(routes!(come_back))
        .routes(routes!(become_busy))
        .routes(routes!(become_free))
        .routes(routes!(give_notice))
        .routes(routes!(check_in))
        .routes(routes!(entrust))
        .routes(routes!(give_up))
}

/// Somebody leaves the floor.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StepOut {
    /// Why.
    #[schema(schema_with = words::absence)]
    kind: AbsenceKind,
    /// Until when.
    until: Option<DateTime<Utc>>,
    /// Whether it is approved, where who says so may approve.
    approved: Option<bool>,
    /// When it happened, where it is typed in late.
    happened_at: Option<DateTime<Utc>>,
    /// Why; kept sealed beside the journal.
    reason: Option<String>,
}

/// Somebody is busy with something else than a visit.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Busy {
    /// With what.
    #[schema(schema_with = words::busy)]
    kind: BusyKind,
    /// When it happened, where it is typed in late.
    happened_at: Option<DateTime<Utc>>,
    /// Why; kept sealed beside the journal.
    reason: Option<String>,
}

/// Somebody entrusts their clients to a colleague.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Delegate {
    /// The colleague; nobody ends it.
    delegate: Option<Uuid>,
    /// When it happened, where it is typed in late.
    happened_at: Option<DateTime<Utc>>,
    /// Why; kept sealed beside the journal.
    reason: Option<String>,
}

/// Who is on turn gives it up.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct GiveUp {
    /// The ring.
    #[schema(example = "walk_in")]
    ring: String,
    /// Whether it is excused, by whoever may.
    #[serde(default)]
    excused: bool,
    /// When it happened, where it is typed in late.
    happened_at: Option<DateTime<Utc>>,
    /// Why; kept sealed beside the journal.
    reason: Option<String>,
}

noted!(StepOut, Busy, Delegate, GiveUp);

commands! { "presence";
    /// Somebody signs in
    sign_in "/sites/{site}/people/{person}/sign-in" "person" person: Uuid, Plain, |server, caller, site, said|
        Command::SignIn { person: PersonId(person) };
    /// Somebody signs out
    sign_out "/sites/{site}/people/{person}/sign-out" "person" person: Uuid, Plain, |server, caller, site, said|
        Command::SignOut { person: PersonId(person) };
    /// Somebody leaves the floor
    step_out "/sites/{site}/people/{person}/step-out" "person" person: Uuid, StepOut, |server, caller, site, said| {
        let until = match sensible("until", said.until)? {
            Some(until) => {
                Some(sites::site(&server.app, &caller, SiteId(site)).await?.moment(until))
            }
            None => None,
        };
        let (kind, approved) = (said.kind, said.approved);
        Command::StepOut { person: PersonId(person), kind, until, approved }
    };
    /// Somebody is back
    come_back "/sites/{site}/people/{person}/return" "person" person: Uuid, Plain, |server, caller, site, said|
        Command::Return { person: PersonId(person) };
    /// Somebody is busy with something else than a visit
    become_busy "/sites/{site}/people/{person}/busy" "person" person: Uuid, Busy, |server, caller, site, said|
        Command::BecomeBusy { person: PersonId(person), kind: said.kind };
    /// Somebody is free again
    become_free "/sites/{site}/people/{person}/free" "person" person: Uuid, Plain, |server, caller, site, said|
        Command::BecomeFree { person: PersonId(person) };
    /// Somebody tells the desk to be free, so that a make-up turn opens
    give_notice "/sites/{site}/people/{person}/notice" "person" person: Uuid, Plain, |server, caller, site, said|
        Command::GiveNotice { person: PersonId(person) };
    /// Who is on turn is at the post
    check_in "/sites/{site}/people/{person}/check-in" "person" person: Uuid, Plain, |server, caller, site, said|
        Command::CheckIn { person: PersonId(person) };
    /// Somebody entrusts their clients to a colleague
    entrust "/sites/{site}/people/{person}/delegate" "person" person: Uuid, Delegate, |server, caller, site, said| {
        let delegate = known(&server, &caller, "delegate", said.delegate).await?;
        Command::Entrust { person: PersonId(person), delegate }
    };
    /// Who is on turn gives it up
    give_up "/sites/{site}/people/{person}/give-up" "person" person: Uuid, GiveUp, |server, caller, site, said|
        Command::GiveUp {
            person: PersonId(person),
            ring: ring("ring", &said.ring)?,
            excused: said.excused,
        };
}
