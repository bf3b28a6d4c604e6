//! From one stage of an import to the next: the columns chosen, checked anew, confirmed, gone on with, given up.

use domain::attribution::rules::Match;
use serde_json::json;
use store::{SiteId, StoreError, TenantId, Tx, imports, retry};
use uuid::Uuid;

use super::{Duplicates, Import, Plan, Stage, get, import_of, layout, parsed, write, written};
use crate::{
    App, AppError, Caller,
    record::{Write, write as record},
};

/// A part that waits to be checked.
pub(super) const READ: &str = "read";
/// A part that was checked.
pub(super) const JUDGED: &str = "judged";
/// A part whose rows were written.
pub(super) const WRITTEN: &str = "written";

/// What may be done with clients who are here already, by the rulebook in effect: what it makes one client
/// can be no second one.
pub(super) async fn duplicates(
    app: &App,
    tx: &mut Tx,
    tenant: TenantId,
    site: SiteId,
) -> Result<Vec<Duplicates>, AppError> {
    let now = app.clock.now();
    let ruling = crate::rulebooks::ruling_at(app, tx, tenant, site, now).await?;
    let same = ruling.as_ref().and_then(|r| r.attribution.identity.same_telephone.value().copied());
    Ok(match same {
        None | Some(Match::Same) => vec![Duplicates::Fill, Duplicates::Skip],
        Some(Match::Different) => vec![Duplicates::Add, Duplicates::Skip, Duplicates::Fill],
        Some(Match::ByFamily | Match::IfProven) => vec![Duplicates::Skip, Duplicates::Fill],
    })
}

async fn changed(
    app: &App,
    caller: &Caller,
    id: Uuid,
    from: &[Stage],
    change: impl Fn(&mut imports::Import, &mut Plan) -> Result<(), AppError> + Send + Sync,
) -> Result<Import, AppError> {
    let before = get(app, caller, id).await?;
    if !from.contains(&before.stage) {
        let hint = format!("it is {} now; look at it again", before.stage.en());
        return Err(AppError::conflict("the import has moved on", hint));
    }
    let now = app.clock.now();
    retry!(AppError, async {
        let mut tx = app.db.write().await?;
        let mut row = imports::get(&mut tx, caller.tenant, id).await?;
        let stage = row.stage.clone();
        if Stage::of_word(&stage) != Some(before.stage) {
            return Err(StoreError::Conflict("import").into());
        }
        let mut plan: Plan = parsed(&row.plan)?;
        change(&mut row, &mut plan)?;
        row.plan = written(&plan)?;
        row.changed_at = now;
        imports::save(&mut tx, &row, &stage).await?;
        let tenant = caller.tenant;
        match Stage::of_word(&row.stage) {
            Some(Stage::Judging) => {
                imports::move_parts(&mut tx, tenant, id, JUDGED, READ).await?;
                write::enqueue(&mut tx, tenant, row.site, id, now).await?;
            }
            Some(Stage::Writing) => write::enqueue(&mut tx, tenant, row.site, id, now).await?,
            Some(Stage::Discarded) => imports::drop_parts(&mut tx, tenant, id).await?,
            _ => {}
        }
        let command = json!({ "event": "client_import", "import": id, "stage": row.stage,
            "rows": row.rows_count, "good": row.good_count, "bad": row.bad_count,
            "duplicates": plan.duplicates });
        let stream = crate::record::people_stream(tenant);
        record(&mut tx, caller, &Write::new(row.site, stream, "client_import", command, now))
            .await?;
        tx.commit().await?;
        import_of(row)
    })
}

/// Chooses what each heading is understood as, and has every row checked anew.
pub async fn judge_anew(
    app: &App,
    caller: &Caller,
    id: Uuid,
    columns: &[Option<String>],
) -> Result<Import, AppError> {
    for (place, key) in columns.iter().enumerate() {
        let Some(key) = key else { continue };
        if layout::column_of(key).is_none()
            || columns.iter().take(place).flatten().any(|k| k == key)
        {
            return Err(AppError::invalid(
                "columns",
                format!("`{key}` is no column, or is chosen twice"),
                "choose each column once",
            ));
        }
    }
    changed(app, caller, id, &[Stage::Judged, Stage::Stopped], |row, plan| {
        plan.columns = columns.to_vec();
        plan.columns.resize(plan.headings.len(), None);
        row.stage = Stage::Judging.word().to_owned();
        (row.done_count, row.good_count, row.bad_count, row.known_count) = (0, 0, 0, 0);
        row.last_error = None;
        Ok(())
    })
    .await
}

/// Chooses what happens to clients who are here already.
pub async fn choose(
    app: &App,
    caller: &Caller,
    id: Uuid,
    duplicates: Duplicates,
) -> Result<Import, AppError> {
    let before = get(app, caller, id).await?;
    let mut tx = app.db.read().await?;
    let possible = self::duplicates(app, &mut tx, caller.tenant, before.site).await?;
    drop(tx);
    if !possible.contains(&duplicates) {
        return Err(AppError::invalid(
            "duplicates",
            "by the rulebook one telephone is one client",
            "fill in what is missing, or leave the rows out",
        ));
    }
    changed(app, caller, id, &[Stage::Judged], |_, plan| {
        plan.duplicates = duplicates;
        Ok(())
    })
    .await
}

/// Has the good rows written in the background. Bad ones stay listed.
pub async fn confirm(app: &App, caller: &Caller, id: Uuid) -> Result<Import, AppError> {
    changed(app, caller, id, &[Stage::Judged], |row, _| {
        if row.good_count + row.known_count == 0 {
            return Err(AppError::conflict("no row can be written", "correct the file"));
        }
        row.stage = Stage::Writing.word().to_owned();
        row.done_count = 0;
        Ok(())
    })
    .await
}

/// Goes on with an import that stopped, or whose process ended.
pub async fn go_on(app: &App, caller: &Caller, id: Uuid) -> Result<Import, AppError> {
    changed(app, caller, id, &[Stage::Stopped, Stage::Writing, Stage::Judging], |row, _| {
        let judging = row.stage == Stage::Judging.word();
        row.stage = if judging { Stage::Judging } else { Stage::Writing }.word().to_owned();
        row.last_error = None;
        Ok(())
    })
    .await
}

/// Gives an import up, or clears the list of one that is done. What was written stays.
pub async fn discard(app: &App, caller: &Caller, id: Uuid) -> Result<Import, AppError> {
    let from = [Stage::Reading, Stage::Judged, Stage::Stopped, Stage::Done];
    changed(app, caller, id, &from, |row, _| {
        row.stage = Stage::Discarded.word().to_owned();
        Ok(())
    })
    .await
}
