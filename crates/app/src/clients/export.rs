//! Taking clients out as a file, page by page, so that a million need no memory. Masked unless the caller may
//! see any client in full; the journal says who took what out.

use serde_json::json;
use store::{SiteId, clients as stored, retry};

use super::{Asked, Next, import::layout::LAYOUT, list::places};
use crate::{
    App, AppError, Caller, privacy,
    record::{Write, people_stream, write},
    roles::Permission,
};

/// How many clients one page has.
const PAGE_ROWS: i64 = 500;

/// The most clients of a workbook; longer lists are taken out as CSV.
pub const WORKBOOK_ROWS_MAX: usize = 50_000;

/// The headings of the file, in Chinese or English.
#[must_use]
pub fn headings(chinese: bool) -> Vec<&'static str> {
    let columns = LAYOUT.iter().flat_map(|sheet| sheet.columns);
    columns.map(|column| if chinese { column.zh } else { column.en }).collect()
}

/// Notes in the journal that the caller takes out what `asked` says, before the first page is read; whether
/// it will be in full.
pub async fn begin(
    app: &App,
    caller: &Caller,
    site: SiteId,
    asked: &Asked,
    in_full: bool,
) -> Result<bool, AppError> {
    caller.require(Permission::ExportClients)?;
    caller.at(site)?;
    let in_full = in_full && caller.may(Permission::Reveal);
    // What was typed may be somebody's name.
    let asked = Asked { text: String::new(), ..asked.clone() };
    let asked = serde_json::to_value(&asked).map_err(AppError::unusable("list"))?;
    let (tenant, now) = (caller.tenant, app.clock.now());
    retry!(AppError, async {
        let mut tx = app.db.write().await?;
        let command = json!({ "event": "clients_exported", "asked": asked, "in_full": in_full });
        let entry = Write::new(site, people_stream(tenant), "export_clients", command, now);
        write(&mut tx, caller, &entry).await?;
        Ok::<_, AppError>(tx.commit().await?)
    })?;
    Ok(in_full)
}

/// The next rows of a file that was begun, in the order of [`headings`], and where the page after begins.
pub async fn page(
    app: &App,
    caller: &Caller,
    site: SiteId,
    asked: &Asked,
    after: Option<Next>,
    in_full: bool,
) -> Result<(Vec<Vec<String>>, Option<Next>), AppError> {
    caller.require(Permission::ExportClients)?;
    caller.at(site)?;
    let in_full = in_full && caller.may(Permission::Reveal);
    let mut tx = app.db.read().await?;
    let places = places(app, &mut tx, caller, site, asked, after, PAGE_ROWS).await?;
    let names = crate::people::names(&mut tx, caller.tenant).await?;
    let zone = crate::rotation::zone_of(&mut tx, caller.tenant, site).await?;
    let mut rows = Vec::new();
    for place in &places {
        let found = stored::get(&mut tx, caller.tenant, place.id).await?;
        let shown = privacy::shown(app, &found, in_full)?;
        let client = super::client_of(app, found, &names)?;
        let day = |at: Option<chrono::DateTime<chrono::Utc>>| {
            at.map(|at| at.with_timezone(&zone).format("%Y-%m-%d").to_string())
        };
        let telephone = |place: usize| shown.telephones.get(place).cloned();
        let cells = [
            Some(shown.name.clone()),
            telephone(0),
            telephone(1),
            telephone(2),
            Some(client.kind.zh().to_owned()),
            shown.company.clone(),
            shown.plate.clone(),
            client.grade.map(|grade| grade.word().to_owned()),
            client.source.map(|source| source.zh().to_owned()),
            shown.class.clone(),
            shown.needs.clone(),
            shown.address.clone(),
            client.owner_name.clone(),
            day(client.owner_since),
            day(client.last_contact_at),
            client.closed.then(|| "是".to_owned()),
            shown.notes.clone(),
        ];
        rows.push(cells.into_iter().map(Option::unwrap_or_default).collect());
    }
    let whole = i64::try_from(places.len()).unwrap_or(0) == PAGE_ROWS;
    let next = places.last().filter(|_| whole).map(|place| Next {
        client: domain::people::ClientId(place.id),
        lapses_on: place.lapses_on,
    });
    Ok((rows, next))
}
