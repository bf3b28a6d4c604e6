//! The audit: whether the journal is as it was written, and checkpoints to keep elsewhere.

use store::{audit, audit::Report, checkpoint};

use crate::{App, AppError, Caller, roles::Permission};

/// Recomputes every chain of the company's journal.
pub async fn verify(app: &App, caller: &Caller) -> Result<Report, AppError> {
    caller.require(Permission::Audit)?;
    let mut tx = app.db.read().await?;
    Ok(audit::verify(&mut tx, caller.tenant).await?)
}

/// A checkpoint of all streams as JSON, to be kept off the machine. Refused while the journal is not clean.
pub async fn export_checkpoint(app: &App, caller: &Caller) -> Result<String, AppError> {
    caller.require(Permission::Audit)?;
    let mut tx = app.db.read().await?;
    let report = audit::verify(&mut tx, caller.tenant).await?;
    if !report.is_clean() {
        return Err(AppError::conflict(
            "the journal is not as it was written",
            "run `lunpai audit verify` and look into its findings first",
        ));
    }
    Ok(checkpoint::take(&mut tx, caller.tenant, app.clock.now()).await?)
}

/// Compares the journal with a checkpoint that was exported and kept.
pub async fn verify_checkpoint(app: &App, caller: &Caller, json: &str) -> Result<Report, AppError> {
    caller.require(Permission::Audit)?;
    let read = checkpoint::Checkpoint::from_json(json).map_err(|error| {
        AppError::invalid("checkpoint", error.to_string(), "give a file that `lunpai audit` wrote")
    })?;
    if read.tenant != caller.tenant {
        return Err(AppError::NotFound("checkpoint"));
    }
    let mut tx = app.db.read().await?;
    Ok(audit::verify_against(&mut tx, json).await?)
}
