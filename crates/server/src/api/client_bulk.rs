//! One thing about many clients 批量操作: what would come of it, and doing it.

use app::{
    ClientId, PersonId, SiteId,
    clients::{
        Grade,
        bulk::{self, Act, Came},
    },
    sites,
};
use axum::{Json, extract::State};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use super::{
    bearer::Bearer,
    client_book::word,
    problem::Problem,
    said::{At, Key, Said},
};
use crate::web::state::Server;

pub fn routes() -> OpenApiRouter<Server> {
    OpenApiRouter::new().routes(routes!(carry_out))
}

/// One thing about many clients.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Many {
    /// `grade`, `assign` or `distribute`.
    act: String,
    /// At most 500.
    clients: Vec<Uuid>,
    /// Who gets them, one after another.
    #[serde(default)]
    to: Vec<Uuid>,
    /// The grade; nothing takes it away.
    grade: Option<String>,
    /// Whether it is done; else it is told what would come of it.
    #[serde(default)]
    confirmed: bool,
}

/// What comes, or would come, of it for one client.
#[derive(Debug, Serialize, ToSchema)]
pub struct CameOf {
    client: Uuid,
    to: Option<Uuid>,
    done: bool,
    /// The rulebook's decision, or why it failed.
    came: serde_json::Value,
}

/// Does one thing about many clients, each by a decision of its own, or tells what would come of it
#[utoipa::path(post, operation_id = "many_clients", path = "/sites/{site}/clients/many", tag = "clients",
    params(("site" = Uuid, Path), Key), request_body = Many, responses(
    (status = 200, body = Vec<CameOf>),
    (status = "4XX", body = Problem, content_type = "application/problem+json")))]
async fn carry_out(
    State(server): State<Server>,
    Bearer(caller): Bearer,
    At(site): At<Uuid>,
    Key(key): Key,
    Said(said): Said<Many>,
) -> Result<Json<Vec<CameOf>>, Problem> {
    sites::site(&server.app, &caller, SiteId(site)).await?;
    let people = said.to.into_iter().map(PersonId).collect();
    let act = match said.act.as_str() {
        "grade" => Act::Grade(word("grade", said.grade.as_deref(), Grade::of_word)?),
        "assign" => Act::Assign(people),
        "distribute" => Act::Distribute(people),
        other => {
            let detail = format!("`{other}` is no such act");
            return Err(Problem::field("act", detail, "one of grade, assign, distribute"));
        }
    };
    let chosen: Vec<ClientId> = said.clients.into_iter().map(ClientId).collect();
    let came = if said.confirmed {
        bulk::carry_out(&server.app, &caller, key, &act, &chosen).await?
    } else {
        bulk::preview(&server.app, &caller, &act, &chosen).await?
    };
    let told = |one: bulk::Planned| CameOf {
        client: one.client.id.0,
        to: one.to.map(|to| to.0),
        done: said.confirmed && one.came.is_done(),
        came: match &one.came {
            Came::Decided(outcome) => serde_json::to_value(outcome).unwrap_or_default(),
            Came::Done => "possible".into(),
            Came::Failed(why) => why.as_str().into(),
        },
    };
    Ok(Json(came.into_iter().map(told).collect()))
}
