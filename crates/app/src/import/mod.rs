//! Import 导入 of people, sign-in sheets and visits: read, shown with every mistake, written when confirmed.
//!
//! Between reading and confirming the sheet is kept sealed; its id, and with it the id of every command,
//! follows from the file's content, so that a file taken twice does not enter twice.

mod fault;
mod people;
mod row;
mod sign_in;
mod visits;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use store::{SiteId, StoreError, notes, retry};
use uuid::Uuid;

use crate::{
    App, AppError, Caller, CommandId,
    roles::Permission,
    workbook::{self, Layout, SheetLayout},
};

pub use fault::{Fault, What};

/// The longest file, in bytes.
pub const FILE_MAX: usize = 20 * 1024 * 1024;

/// The most rows of a sheet.
const ROWS_MAX: usize = 20_000;

/// What a sheet is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// People who are to be entered.
    People,
    /// Who signed in today, and when.
    SignInSheet,
    /// The visitor register of today.
    Visits,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::People, Self::SignInSheet, Self::Visits];

    /// Its word on the wire.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::People => "people",
            Self::SignInSheet => "sign_in_sheet",
            Self::Visits => "visits",
        }
    }

    /// The kind that a word means.
    #[must_use]
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }

    /// What is needed to write such a sheet.
    #[must_use]
    pub const fn permission(self) -> Permission {
        match self {
            Self::People => Permission::EditPeople,
            Self::SignInSheet => Permission::AttendForOthers,
            Self::Visits => Permission::RecordPast,
        }
    }

    /// The sheet as it is laid out.
    #[must_use]
    pub fn layout(self) -> Layout {
        let of_day = |key: &str| {
            let place = workbook::day::LAYOUT.iter().position(|sheet| sheet.key == key);
            place.and_then(|at| workbook::day::LAYOUT.get(at..=at)).unwrap_or_default()
        };
        match self {
            Self::People => people::LAYOUT,
            Self::SignInSheet => of_day("sign_in"),
            Self::Visits => of_day("visits"),
        }
    }
}

/// A sheet that was read, and not yet written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Preview {
    /// Its id, for confirming.
    pub id: Uuid,
    /// What it is.
    pub kind: Kind,
    /// The name of the file.
    pub file: String,
    /// Its headings, as written.
    pub headings: Vec<String>,
    /// Its rows.
    pub rows: Vec<Judged>,
    /// What is wrong with the sheet as a whole.
    pub faults: Vec<Fault>,
}

impl Preview {
    /// How many rows can be written.
    #[must_use]
    pub fn good_count(&self) -> usize {
        self.rows.iter().filter(|row| row.faults.is_empty()).count()
    }

    /// How many cannot.
    #[must_use]
    pub fn bad_count(&self) -> usize {
        self.rows.len() - self.good_count()
    }
}

/// A row, and what is wrong with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Judged {
    /// Its number as the program that wrote it counts, from 1.
    pub number: u32,
    /// Its cells.
    pub cells: Vec<String>,
    /// What is wrong; nothing: it can be written.
    pub faults: Vec<Fault>,
}

/// What came of an import.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Written {
    /// Rows that were written now.
    pub written_count: usize,
    /// Rows that had been written before.
    pub known_count: usize,
    /// Rows that were left out because something is wrong with them.
    pub left_out_count: usize,
    /// Rows that were refused while writing: number, and why.
    pub refused: Vec<(u32, String)>,
    /// First passwords of people who were entered: name, login, password. Shown once.
    pub passwords: Vec<(String, String, String)>,
}

/// Whether bad rows are left out, or stop the import.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BadRows {
    /// Nothing is written while one row is bad.
    Stop,
    /// The good ones are written.
    LeaveOut,
}

/// A sheet as it is kept until it is confirmed.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Kept {
    kind: Kind,
    file: String,
    sheet: workbook::Sheet,
}

/// Reads the file `name` and judges every row. Nothing is written.
pub async fn read(
    app: &App,
    caller: &Caller,
    site: SiteId,
    kind: Kind,
    name: &str,
    bytes: &[u8],
) -> Result<Preview, AppError> {
    caller.at(site)?;
    caller.require(kind.permission())?;
    if bytes.len() > FILE_MAX {
        return Err(AppError::invalid("file", "the file is too large", "give at most 20 MB"));
    }
    let sheets = workbook::read(name, bytes)
        .map_err(|mistake| AppError::invalid("file", mistake.message.clone(), mistake.hint))?;
    let sheet = chosen(sheets, kind.layout())
        .ok_or_else(|| AppError::invalid("file", "the file is empty", "choose another one"))?;
    if sheet.rows.len() > ROWS_MAX {
        let most = format!("give at most {ROWS_MAX} rows");
        return Err(AppError::invalid("file", "the sheet has too many rows", most));
    }
    let kept = Kept { kind, file: name.to_owned(), sheet };
    let id = id_of(caller, site, kind, bytes);
    let text = serde_json::to_string(&kept).map_err(AppError::unusable("sheet"))?;
    let now = app.clock.now();
    retry!(AppError, async {
        let mut tx = app.db.write().await?;
        let written_by = caller.person.map(|person| person.0);
        let note = notes::NewNote {
            tenant: caller.tenant,
            site,
            id,
            text: &text,
            written_by,
            written_at: now,
        };
        match notes::add(&mut tx, &app.keys, &note).await {
            // The same file, read before and not confirmed.
            Ok(()) | Err(StoreError::Duplicate(_)) => Ok::<_, AppError>(tx.commit().await?),
            Err(error) => Err(error.into()),
        }
    })?;
    preview_of(app, caller, site, id, &kept).await
}

/// The sheet that was read as `id`, judged anew.
pub async fn preview(
    app: &App,
    caller: &Caller,
    site: SiteId,
    id: Uuid,
) -> Result<Preview, AppError> {
    let kept = kept(app, caller, site, id).await?;
    preview_of(app, caller, site, id, &kept).await
}

/// Writes the rows of the sheet `id`.
pub async fn confirm(
    app: &App,
    caller: &Caller,
    site: SiteId,
    id: Uuid,
    bad_rows: BadRows,
) -> Result<(Kind, Written), AppError> {
    let kept = kept(app, caller, site, id).await?;
    let preview = preview_of(app, caller, site, id, &kept).await?;
    if preview.bad_count() > 0 && bad_rows == BadRows::Stop {
        return Err(AppError::conflict(
            "some rows cannot be written",
            "correct the file, or choose to leave them out",
        ));
    }
    let mut written = match kept.kind {
        Kind::People => people::write(app, caller, site, &kept.sheet).await?,
        Kind::SignInSheet => sign_in::write(app, caller, site, id, &kept.sheet).await?,
        Kind::Visits => visits::write(app, caller, site, id, &kept.sheet).await?,
    };
    written.left_out_count = preview.bad_count();
    retry!(AppError, async {
        let mut tx = app.db.write().await?;
        notes::erase(&mut tx, caller.tenant, id).await?;
        Ok::<_, AppError>(tx.commit().await?)
    })?;
    Ok((kept.kind, written))
}

async fn kept(app: &App, caller: &Caller, site: SiteId, id: Uuid) -> Result<Kept, AppError> {
    caller.at(site)?;
    let mut tx = app.db.read().await?;
    let text = crate::privacy::note(app, &mut tx, caller.tenant, id).await?;
    let kept: Kept = text
        .and_then(|text| serde_json::from_str(&text).ok())
        .ok_or(AppError::NotFound("import"))?;
    caller.require(kept.kind.permission())?;
    Ok(kept)
}

async fn preview_of(
    app: &App,
    caller: &Caller,
    site: SiteId,
    id: Uuid,
    kept: &Kept,
) -> Result<Preview, AppError> {
    let mut faults = Vec::new();
    for heading in kept.sheet.headings.iter().filter(|heading| !heading.is_empty()) {
        if kept.kind.layout().iter().all(|layout| layout.column(heading).is_none()) {
            faults.push(Fault::heading(heading));
        }
    }
    let found: Vec<Vec<Fault>> = match kept.kind {
        Kind::People => people::judge(app, caller, site, &kept.sheet).await?,
        Kind::SignInSheet => sign_in::judge(app, caller, site, &kept.sheet).await?,
        Kind::Visits => visits::judge(app, caller, site, &kept.sheet).await?,
    };
    let rows = kept.sheet.rows.iter().zip(found).map(|(row, faults)| Judged {
        number: row.number,
        cells: row.cells.clone(),
        faults,
    });
    Ok(Preview {
        id,
        kind: kept.kind,
        file: kept.file.clone(),
        headings: kept.sheet.headings.clone(),
        rows: rows.collect(),
        faults,
    })
}

/// The sheet by its name, else the first that has rows.
fn chosen(mut sheets: Vec<workbook::Sheet>, layout: &[SheetLayout]) -> Option<workbook::Sheet> {
    let named = |sheet: &workbook::Sheet| layout.iter().any(|layout| layout.is_named(&sheet.name));
    let at = sheets.iter().position(named);
    let at = at.or_else(|| sheets.iter().position(|sheet| !sheet.rows.is_empty()))?;
    Some(sheets.swap_remove(at))
}

/// The id of an import: the same for the same file.
fn id_of(caller: &Caller, site: SiteId, kind: Kind, bytes: &[u8]) -> Uuid {
    let mut hash = Sha256::new();
    hash.update(caller.tenant.0.as_bytes());
    hash.update(site.0.as_bytes());
    hash.update(kind.word());
    hash.update(bytes);
    short(hash)
}

/// The id of a command of row `number` of the import `id`.
fn command_id(id: Uuid, number: u32, part: &str) -> CommandId {
    let mut hash = Sha256::new();
    hash.update(id.as_bytes());
    hash.update(number.to_be_bytes());
    hash.update(part);
    short(hash)
}

fn short(hash: Sha256) -> Uuid {
    let digest: [u8; 32] = hash.finalize().into();
    let (id, _) = digest.split_at(16);
    uuid::Builder::from_custom_bytes(id.try_into().unwrap_or_default()).into_uuid()
}
