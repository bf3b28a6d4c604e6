//! Lists that somebody keeps for themselves: a name and what it asks for, sealed.

use serde::{Deserialize, Serialize};
use serde_json::json;
use store::{SiteId, lists, notes, retry};
use uuid::Uuid;

use super::Asked;
use crate::{
    App, AppError, Caller,
    record::{Write, people_stream, write},
    roles::Permission,
};

/// The most lists of one person.
const LISTS_MAX: usize = 20;

/// A list that somebody keeps.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Kept {
    /// Its id.
    pub id: Uuid,
    /// What its owner calls it.
    pub name: String,
    /// What it asks for.
    pub asked: Asked,
}

#[derive(Serialize, Deserialize)]
struct Text {
    name: String,
    asked: Asked,
}

/// The lists of the caller, the oldest first.
pub async fn kept(app: &App, caller: &Caller) -> Result<Vec<Kept>, AppError> {
    caller.require(Permission::SeeClients)?;
    let Some(person) = caller.person else { return Ok(Vec::new()) };
    let mut tx = app.db.read().await?;
    let mut kept = Vec::new();
    for id in lists::of_person(&mut tx, caller.tenant, person.0).await? {
        let text = crate::privacy::note(app, &mut tx, caller.tenant, id).await?;
        // One that is no longer understood is left out, and can be kept anew.
        let text = text.and_then(|text| serde_json::from_str::<Text>(&text).ok());
        kept.extend(text.map(|text| Kept { id, name: text.name, asked: text.asked }));
    }
    Ok(kept)
}

/// Keeps `asked` as a list called `name`, for the caller alone.
pub async fn keep(
    app: &App,
    caller: &Caller,
    site: SiteId,
    name: &str,
    asked: &Asked,
) -> Result<Uuid, AppError> {
    caller.require(Permission::SeeClients)?;
    caller.at(site)?;
    let person = caller.person.ok_or(AppError::NotFound("person"))?;
    let name = name.trim();
    if name.is_empty() || name.chars().count() > 20 {
        return Err(AppError::invalid(
            "name",
            "a list needs a name of at most 20 characters",
            "give it a short name",
        ));
    }
    if kept(app, caller).await?.len() >= LISTS_MAX {
        return Err(AppError::conflict("there are twenty lists already", "remove one first"));
    }
    let (id, now) = (Uuid::now_v7(), app.clock.now());
    let text = Text { name: name.to_owned(), asked: asked.clone() };
    let text = serde_json::to_string(&text).map_err(AppError::unusable("list"))?;
    let tenant = caller.tenant;
    retry!(AppError, async {
        let mut tx = app.db.write().await?;
        let command = json!({ "event": "list_kept", "list": id });
        let entry = Write::new(site, people_stream(tenant), "keep_list", command, now);
        write(&mut tx, caller, &entry).await?;
        let written_by = Some(person.0);
        let note = notes::NewNote { tenant, site, id, text: &text, written_by, written_at: now };
        notes::add(&mut tx, &app.keys, &note).await?;
        lists::add(&mut tx, tenant, person.0, id, now).await?;
        Ok::<_, AppError>(tx.commit().await?)
    })?;
    Ok(id)
}

/// Keeps the list `id` of the caller no longer.
pub async fn drop_kept(app: &App, caller: &Caller, site: SiteId, id: Uuid) -> Result<(), AppError> {
    caller.require(Permission::SeeClients)?;
    caller.at(site)?;
    let person = caller.person.ok_or(AppError::NotFound("person"))?;
    let (tenant, now) = (caller.tenant, app.clock.now());
    retry!(AppError, async {
        let mut tx = app.db.write().await?;
        let command = json!({ "event": "list_dropped", "list": id });
        let entry = Write::new(site, people_stream(tenant), "drop_list", command, now);
        write(&mut tx, caller, &entry).await?;
        if !lists::remove(&mut tx, tenant, person.0, id).await? {
            return Err(AppError::NotFound("list"));
        }
        notes::erase(&mut tx, tenant, id).await?;
        Ok::<_, AppError>(tx.commit().await?)
    })
}
