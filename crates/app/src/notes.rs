//! Notes: reasons as somebody typed them. Free text never stands in the journal; it is sealed beside it.

use chrono::{DateTime, Utc};
use store::{SiteId, Tx, notes};
use uuid::Uuid;

use crate::{App, AppError, Caller};

/// The longest note, in characters.
const LENGTH_MAX: usize = 500;

/// Keeps `text`; entries refer to it by the id that this returns.
pub(crate) async fn add(
    app: &App,
    tx: &mut Tx,
    caller: &Caller,
    site: SiteId,
    text: &str,
    now: DateTime<Utc>,
) -> Result<Uuid, AppError> {
    let text = text.trim();
    if text.chars().count() > LENGTH_MAX {
        return Err(AppError::invalid(
            "reason",
            "the reason is too long",
            format!("give at most {LENGTH_MAX} characters"),
        ));
    }
    let id = Uuid::now_v7();
    let written_by = caller.person.map(|person| person.0);
    let new = notes::NewNote { tenant: caller.tenant, site, id, text, written_by, written_at: now };
    notes::add(tx, &app.keys, &new).await?;
    Ok(id)
}
