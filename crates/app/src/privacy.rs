//! Personal data: the only place that opens what is sealed. Masked for everybody; in full only for who may,
//! and then the journal says so.

use domain::people::ClientId;
use serde::Serialize;
use serde_json::json;
use store::{Sealed, StoreError, TenantId, Tx, clients, retry};
use uuid::Uuid;

use crate::{
    App, AppError, Caller,
    clients::{Extra, Grade, Kind, NewClient, Source},
    record::{Write, client_stream, write},
    roles::Permission,
};

/// Who a client is, as the caller may see it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Shown {
    /// The name: `王**`, or in full.
    pub name: String,
    /// The telephones: `138****5678`, or in full.
    pub telephones: Vec<String>,
    /// The company that they come from.
    pub company: Option<String>,
    /// The number plate of their car.
    pub plate: Option<String>,
    /// What each telephone is; may have fewer than there are telephones.
    pub labels: Vec<String>,
    /// The class, by the site's own words.
    pub class: Option<String>,
    /// The address; masked, its beginning.
    pub address: Option<String>,
    /// What they look for.
    pub needs: Option<String>,
    /// What else is worth knowing; masked, only that there is something.
    pub notes: Option<String>,
    /// Whether it is in full.
    pub in_full: bool,
    /// Whether the client's data was erased.
    pub erased: bool,
}

/// What can be shown in full by itself.
const FIELDS: [&str; 7] = ["name", "telephone", "company", "plate", "address", "notes", "all"];

/// Shows one `field` of a client in full, the telephone at `place` from 0, and writes into the journal who
/// looked at what.
pub async fn reveal_field(
    app: &App,
    caller: &Caller,
    client: ClientId,
    field: &str,
    place: usize,
) -> Result<String, AppError> {
    caller.require(Permission::SeeClients)?;
    if !FIELDS.contains(&field) {
        let message = format!("`{field}` cannot be shown by itself");
        return Err(AppError::invalid("field", message, FIELDS.join(", ")));
    }
    let shown = reveal_noting(app, caller, client, field).await?;
    let text = match field {
        "name" => Some(shown.name),
        "telephone" => shown.telephones.into_iter().nth(place),
        "company" => shown.company,
        "plate" => shown.plate,
        "address" => shown.address,
        _ => shown.notes,
    };
    text.ok_or(AppError::NotFound("field"))
}

/// Shows a client in full, and writes into the journal who looked.
pub async fn reveal(app: &App, caller: &Caller, client: ClientId) -> Result<Shown, AppError> {
    reveal_noting(app, caller, client, "all").await
}

async fn reveal_noting(
    app: &App,
    caller: &Caller,
    client: ClientId,
    field: &str,
) -> Result<Shown, AppError> {
    caller.require(Permission::SeeClients)?;
    let now = app.clock.now();
    retry!(AppError, async {
        let mut tx = app.db.write().await?;
        let found = clients::get(&mut tx, caller.tenant, client.0).await?;
        caller.at(found.site).map_err(|_| AppError::NotFound("client"))?;
        let own = caller.person.is_some_and(|person| found.owner == Some(person.0));
        if !own {
            caller.require(Permission::Reveal)?;
        }
        let shown = shown(app, &found, true)?;
        let command = json!({ "event": "revealed", "client": client, "field": field });
        let stream = client_stream(client.0);
        write(&mut tx, caller, &Write::new(found.site, stream, "reveal", command, now)).await?;
        tx.commit().await?;
        Ok::<_, AppError>(shown)
    })
}

/// The client, masked or in full; in full only where the journal says so.
pub(crate) fn shown(app: &App, client: &clients::Client, in_full: bool) -> Result<Shown, AppError> {
    if client.erased_at.is_some() || client.name.is_erased() {
        return Ok(Shown { name: "**".to_owned(), in_full, erased: true, ..Shown::default() });
    }
    let text = |sealed: &Sealed<String>, mask: fn(&str) -> String| {
        let open = sealed.open(&app.keys)?;
        Ok::<_, StoreError>(if in_full { open } else { mask(&open) })
    };
    let some = |sealed: &Option<Sealed<String>>, mask| {
        sealed.as_ref().map(|sealed| text(sealed, mask)).transpose()
    };
    let telephones = client.telephones.iter().map(|sealed| text(sealed, mask_telephone));
    let extra = extra(app, client)?;
    let hidden = |text: Option<String>, mask: fn(&str) -> String| {
        text.map(|text| if in_full { text } else { mask(&text) })
    };
    Ok(Shown {
        name: text(&client.name, mask_name)?,
        telephones: telephones.collect::<Result<_, _>>()?,
        company: some(&client.company, mask_name)?,
        plate: some(&client.plate, mask_plate)?,
        labels: extra.labels,
        class: extra.class,
        address: hidden(extra.address, mask_address),
        needs: extra.needs,
        notes: hidden(extra.notes, |_| "***".to_owned()),
        in_full,
        erased: false,
    })
}

/// Everything that is known of a client, for writing it back changed; shown to nobody.
pub(crate) fn opened(app: &App, client: &clients::Client) -> Result<NewClient, AppError> {
    let open = |sealed: &Sealed<String>| sealed.open(&app.keys);
    Ok(NewClient {
        kind: Kind::of_word(&client.kind).unwrap_or(Kind::Person),
        name: open(&client.name)?,
        telephones: client.telephones.iter().map(open).collect::<Result<_, _>>()?,
        company: client.company.as_ref().map(open).transpose()?,
        plate: client.plate.as_ref().map(open).transpose()?,
        grade: client.grade.as_deref().and_then(Grade::of_word),
        source: client.source.as_deref().and_then(Source::of_word),
        extra: extra(app, client)?,
    })
}

/// What else is known of a client; nothing once they were erased.
pub(crate) fn extra(app: &App, client: &clients::Client) -> Result<Extra, AppError> {
    let Some(details) = client.details.as_ref().filter(|details| !details.is_erased()) else {
        return Ok(Extra::default());
    };
    serde_json::from_str(&details.open(&app.keys)?).map_err(AppError::unusable("details"))
}

/// The masked name of a client, for boards; nothing once the client was erased.
pub(crate) async fn masked_name(
    app: &App,
    tx: &mut Tx,
    tenant: TenantId,
    client: ClientId,
) -> Result<Option<String>, AppError> {
    let found = clients::get(tx, tenant, client.0).await?;
    Ok(Some(shown(app, &found, false)?).filter(|shown| !shown.erased).map(|shown| shown.name))
}

/// The text of a note, as it was typed; nothing once it was erased.
pub(crate) async fn note(
    app: &App,
    tx: &mut Tx,
    tenant: TenantId,
    id: Uuid,
) -> Result<Option<String>, AppError> {
    match store::notes::get(tx, tenant, id).await {
        Ok(sealed) => Ok(Some(sealed.open(&app.keys)?)),
        Err(StoreError::NotFound(_)) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// `王小明` to `王**`, `Tom Lee` to `T**`.
pub(crate) fn mask_name(name: &str) -> String {
    name.trim().chars().next().map_or_else(String::new, |first| format!("{first}**"))
}

/// `+8613812345678` to `138****5678`; of short numbers only the last two digits are shown.
pub(crate) fn mask_telephone(number: &str) -> String {
    let digits: Vec<char> = number.chars().filter(char::is_ascii_digit).collect();
    let home = number.strip_prefix("+86").is_some();
    let digits = if home { digits.get(2..).unwrap_or_default() } else { &digits[..] };
    let show = |from: usize, to: usize| digits.get(from..to).unwrap_or_default().iter().collect();
    if digits.len() < 8 {
        let last: String = show(digits.len().saturating_sub(2), digits.len());
        return format!("****{last}");
    }
    let first: String = show(0, 3);
    let last: String = show(digits.len() - 4, digits.len());
    format!("{first}{}{last}", "*".repeat(digits.len() - 7))
}

/// `云山区翠湖路 8 号` to `云山区***`.
fn mask_address(address: &str) -> String {
    let first: String = address.chars().take(3).collect();
    format!("{first}***")
}

/// `粤B12345` to `粤B***45`.
fn mask_plate(plate: &str) -> String {
    let chars: Vec<char> = plate.chars().collect();
    let first: String = chars.iter().take(2).collect();
    let last: String = chars.iter().skip(chars.len().saturating_sub(2).max(2)).collect();
    format!("{first}***{last}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_show_their_first_character() {
        assert_eq!(mask_name("王小明"), "王**");
        assert_eq!(mask_name(" Tom "), "T**");
        assert_eq!(mask_name(""), "");
    }

    #[test]
    fn telephones_show_three_and_four_digits() {
        assert_eq!(mask_telephone("+8613812345678"), "138****5678");
        assert_eq!(mask_telephone("+862081234567"), "208***4567");
        assert_eq!(mask_telephone("+8612345"), "****45");
    }

    #[test]
    fn plates_show_their_ends() {
        assert_eq!(mask_plate("粤B12345"), "粤B***45");
    }
}
