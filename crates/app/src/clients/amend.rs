//! Correcting what is known of a client without seeing it in full: what is left empty stays as it is.

use std::collections::{BTreeMap, BTreeSet};

use domain::people::ClientId;
use serde_json::json;
use store::{clients, retry};

use super::{Client, Grade, Kind, Known, NewClient, Source, change};
use crate::{App, AppError, Caller, privacy, roles::Permission};

/// What is corrected. A text is nothing: it stays; empty: it is taken away.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Amendment {
    /// A person, household or company.
    pub kind: Option<Kind>,
    /// The name.
    pub name: Option<String>,
    /// The company that they come from.
    pub company: Option<String>,
    /// The number plate of their car.
    pub plate: Option<String>,
    /// The grade of intention; none of them.
    pub grade: Option<Option<Grade>>,
    /// Where they come from; not known.
    pub source: Option<Option<Source>>,
    /// The class, by the site's own words.
    pub class: Option<String>,
    /// The address.
    pub address: Option<String>,
    /// What they look for.
    pub needs: Option<String>,
    /// What else is worth knowing.
    pub notes: Option<String>,
    /// The places of telephones that are wrong, from 0.
    pub drop_telephones: BTreeSet<usize>,
    /// What the telephone at a place is.
    pub labels: BTreeMap<usize, String>,
    /// Further telephones, and what each is.
    pub more_telephones: Vec<(String, String)>,
}

impl Amendment {
    /// The client afterwards, and the words of what changes.
    fn applied(&self, before: &NewClient) -> (NewClient, Vec<&'static str>) {
        let mut after = before.clone();
        let text = |to: &mut Option<String>, said: &Option<String>| {
            if let Some(said) = said {
                *to = Some(said.trim().to_owned()).filter(|said| !said.is_empty());
            }
        };
        text(&mut after.company, &self.company);
        text(&mut after.plate, &self.plate);
        text(&mut after.extra.class, &self.class);
        text(&mut after.extra.address, &self.address);
        text(&mut after.extra.needs, &self.needs);
        text(&mut after.extra.notes, &self.notes);
        after.kind = self.kind.unwrap_or(before.kind);
        after.grade = self.grade.unwrap_or(before.grade);
        after.source = self.source.unwrap_or(before.source);
        if let Some(name) = &self.name {
            name.trim().clone_into(&mut after.name);
        }
        let label = |place: usize| before.extra.labels.get(place).cloned().unwrap_or_default();
        let kept = before.telephones.iter().cloned().enumerate();
        let kept = kept.filter(|(place, _)| !self.drop_telephones.contains(place));
        let kept = kept.map(|(place, number)| {
            (number, self.labels.get(&place).cloned().unwrap_or_else(|| label(place)))
        });
        let more = self.more_telephones.iter().filter(|(number, _)| !number.trim().is_empty());
        (after.telephones, after.extra.labels) = kept.chain(more.cloned()).unzip();
        let changed = changed(before, &after);
        (after, changed)
    }
}

/// The words of what differs.
fn changed(before: &NewClient, after: &NewClient) -> Vec<&'static str> {
    let (one, two) = (&before.extra, &after.extra);
    let pairs = [
        ("kind", before.kind != after.kind),
        ("name", before.name != after.name),
        ("telephone", before.telephones != after.telephones || one.labels != two.labels),
        ("company", before.company != after.company),
        ("plate", before.plate != after.plate),
        ("grade", before.grade != after.grade),
        ("source", before.source != after.source),
        ("class", one.class != two.class),
        ("address", one.address != two.address),
        ("needs", one.needs != two.needs),
        ("notes", one.notes != two.notes),
    ];
    pairs.into_iter().filter(|(_, differs)| *differs).map(|(word, _)| word).collect()
}

/// Corrects what is known of `client`; the journal says which parts, not what.
pub async fn amend(
    app: &App,
    caller: &Caller,
    client: ClientId,
    amendment: &Amendment,
) -> Result<Client, AppError> {
    caller.require(Permission::RegisterClients)?;
    retry!(AppError, async {
        let mut tx = app.db.write().await?;
        let row = change::reach(&mut tx, caller, client).await?;
        if row.erased_at.is_some() {
            return Err(store::StoreError::Erased.into());
        }
        if row.merged_into.is_some() {
            return Err(AppError::conflict(
                "this record was merged into another",
                "correct the other record",
            ));
        }
        let (after, changed) = amendment.applied(&privacy::opened(app, &row)?);
        if changed.is_empty() {
            return change::commit(app, tx, &row, app.clock.now()).await;
        }
        let known = Known::of(&after)?;
        clients::identify(&mut tx, &app.keys, row.tenant, row.id, &known.identity()).await?;
        clients::mark(&mut tx, row.tenant, row.id, &known.marks()).await?;
        let command = json!({ "changed": changed });
        change::finish(app, tx, caller, &row, "correct_client", command).await
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clients::Extra;

    #[test]
    fn what_is_not_said_stays_and_what_is_empty_goes() {
        let before = NewClient {
            name: "王小明".into(),
            telephones: vec!["+8613812345678".into(), "+8613912345678".into()],
            company: Some("云山科技".into()),
            extra: Extra { labels: vec!["本人".into(), String::new()], ..Extra::default() },
            ..NewClient::default()
        };
        let amendment = Amendment {
            company: Some(String::new()),
            drop_telephones: BTreeSet::from([0]),
            more_telephones: vec![("13700000000".into(), "配偶".into())],
            ..Amendment::default()
        };
        let (after, changed) = amendment.applied(&before);
        assert_eq!(after.name, "王小明");
        assert_eq!(after.company, None);
        assert_eq!(after.telephones, ["+8613912345678", "13700000000"]);
        assert_eq!(after.extra.labels, ["", "配偶"]);
        assert_eq!(changed, ["telephone", "company"]);
        assert!(Amendment::default().applied(&before).1.is_empty());
    }
}
