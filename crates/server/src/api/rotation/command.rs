//! How a request becomes a command: once for each key, with its time and the reason that was typed.

use app::{
    AppError, Caller, PersonId, SiteId, people,
    rotation::{self, Command},
};
use axum::Json;
use chrono::{DateTime, Utc};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    super::{
        problem::Problem,
        said::{Key, sensible},
    },
    Answer,
};
use crate::web::state::Server;

/// What every command may say besides what it is about.
pub(super) trait Noted {
    /// When it happened, where it is typed in late.
    fn happened_at(&self) -> Option<DateTime<Utc>>;
    /// Why.
    fn reason(&self) -> Option<&str>;
}

macro_rules! noted {
    ($($name:ident),+ $(,)?) => {$(
        impl $crate::api::rotation::command::Noted for $name {
            fn happened_at(&self) -> Option<chrono::DateTime<chrono::Utc>> { self.happened_at }
            fn reason(&self) -> Option<&str> { self.reason.as_deref() }
        }
    )+};
}
pub(super) use noted;

/// A command that needs no more to be said.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Plain {
    /// When it happened, where it is typed in late.
    happened_at: Option<DateTime<Utc>>,
    /// Why; kept sealed beside the journal.
    reason: Option<String>,
}
noted!(Plain);

/// Carries out `command` at `site`; a refusal is a problem with the decision.
pub(super) async fn give(
    server: &Server,
    caller: &Caller,
    site: Uuid,
    Key(key): Key,
    command: Command,
    said: &impl Noted,
) -> Result<Json<Answer>, Problem> {
    let (app, site) = (&server.app, SiteId(site));
    let happened_at = sensible("happened_at", said.happened_at())?;
    let carried = match (said.reason(), happened_at) {
        (Some(_), Some(_)) => {
            let detail = "there is a reason, and a time that has passed";
            return Err(Problem::field("reason", detail, "give one of them"));
        }
        (Some(reason), None) => {
            rotation::carry_out_because(app, caller, site, key, command, reason).await?
        }
        (None, at) => rotation::carry_out(app, caller, site, key, command, at).await?,
    };
    Ok(Json(carried.accepted()?.into()))
}

/// The person `id`, who must be somebody the caller may know of.
pub(super) async fn known(
    server: &Server,
    caller: &Caller,
    field: &str,
    id: Option<Uuid>,
) -> Result<Option<PersonId>, Problem> {
    let Some(id) = id.map(PersonId) else { return Ok(None) };
    match people::get(&server.app, caller, id).await {
        Ok(_) => Ok(Some(id)),
        Err(AppError::NotFound(_)) => Err(Problem::field(
            field,
            format!("there is no person `{id}`"),
            "GET /people lists them",
        )),
        Err(error) => Err(error.into()),
    }
}

/// Handlers of commands: all alike, but for the path, what is said, and the command it makes.
macro_rules! commands {
    ($tag:literal; $($(#[$doc:meta])* $name:ident $path:literal $param:literal $id:ident: $raw:ty,
        $body:ty,
        |$server:ident, $caller:ident, $site:ident, $said:ident| $command:expr;)+) => {$(
        $(#[$doc])*
        #[utoipa::path(post, path = $path, tag = $tag,
            params(("site" = uuid::Uuid, Path), ($param = $raw, Path), $crate::api::said::Key),
            request_body = $body,
            responses(
                (status = 200, body = $crate::api::rotation::Answer),
                (status = 409, body = $crate::api::Problem, content_type = "application/problem+json",
                    description = "refused by the rulebook, with the decision; or a conflict"),
                (status = "4XX", body = $crate::api::Problem, content_type = "application/problem+json")))]
        async fn $name(
            axum::extract::State($server): axum::extract::State<$crate::web::state::Server>,
            $crate::api::bearer::Bearer($caller): $crate::api::bearer::Bearer,
            $crate::api::said::At(($site, $id)): $crate::api::said::At<(uuid::Uuid, $raw)>,
            key: $crate::api::said::Key,
            $crate::api::said::Said($said): $crate::api::said::Said<$body>,
        ) -> Result<axum::Json<$crate::api::rotation::Answer>, $crate::api::Problem> {
            let command = $command;
            $crate::api::rotation::command::give(&$server, &$caller, $site, key, command, &$said)
                .await
        }
    )+};
}
pub(super) use commands;
