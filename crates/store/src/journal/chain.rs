//! The hash that chains an entry to the one before it.

use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::Entry;

/// What the first entry of a stream is chained to.
pub(crate) const FIRST: [u8; 32] = [0; 32];

/// Names the encoding. A new one gets a new name, and the old one stays readable.
const ENCODING: &str = "lunpai journal 1";

/// SHA-256 over every field of `entry` but the hash itself.
///
/// Each field is preceded by its length in bytes (8 bytes, big end first), so that no two entries have
/// the same encoding; an absent field has the length `u64::MAX`. Times count microseconds since 1970.
pub(crate) fn hash_of(entry: &Entry) -> Vec<u8> {
    let mut hash = Fields(Sha256::new());
    hash.text(ENCODING);
    hash.id(entry.tenant.0);
    hash.id(entry.site.0);
    hash.text(entry.stream.kind.as_str());
    hash.id(entry.stream.id);
    hash.number(entry.version);
    hash.id(entry.command_id);
    hash.number(entry.part);
    hash.text(&entry.actor);
    hash.text(&entry.command_kind);
    hash.text(&entry.command);
    hash.text(&entry.events);
    hash.text(&entry.because);
    hash.text(&entry.outcome);
    match entry.rulebook_version {
        Some(version) => hash.id(version),
        None => hash.absent(),
    }
    hash.number(entry.happened_at.timestamp_micros());
    hash.number(entry.recorded_at.timestamp_micros());
    hash.bytes(&entry.previous_hash);
    hash.0.finalize().to_vec()
}

struct Fields(Sha256);

impl Fields {
    fn bytes(&mut self, field: &[u8]) {
        self.0.update((field.len() as u64).to_be_bytes());
        self.0.update(field);
    }

    fn text(&mut self, field: &str) {
        self.bytes(field.as_bytes());
    }

    fn id(&mut self, field: Uuid) {
        self.bytes(field.as_bytes());
    }

    fn number(&mut self, field: i64) {
        self.bytes(&field.to_be_bytes());
    }

    fn absent(&mut self) {
        self.0.update(u64::MAX.to_be_bytes());
    }
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use expect_test::expect;

    use super::*;
    use crate::{SiteId, StreamId, StreamKind, TenantId, hex};

    fn entry() -> Entry {
        let id = Uuid::from_u128;
        let at = |us| DateTime::from_timestamp_micros(us).unwrap();
        Entry {
            tenant: TenantId(id(1)),
            site: SiteId(id(2)),
            stream: StreamId { kind: StreamKind::Floor, id: id(2) },
            version: 1,
            command_id: id(3),
            part: 0,
            actor: "person".to_owned(),
            command_kind: "arrive".to_owned(),
            command: "{}".to_owned(),
            events: "[]".to_owned(),
            because: "[]".to_owned(),
            outcome: "null".to_owned(),
            rulebook_version: None,
            happened_at: at(1_000_000),
            recorded_at: at(1_000_001),
            previous_hash: FIRST.to_vec(),
            hash: Vec::new(),
        }
    }

    #[test]
    fn the_encoding_stays_as_it_is_because_old_entries_must_verify() {
        expect!["5667175d4d48bde4a431126e6bbe75f62dfe24fbca301b755651d61dd0613755"]
            .assert_eq(&hex::encode(&hash_of(&entry())));
    }

    #[test]
    fn text_cannot_move_from_one_field_to_the_next_unnoticed() {
        let mut moved = entry();
        moved.actor = "perso".to_owned();
        moved.command_kind = "narrive".to_owned();
        assert_ne!(hash_of(&moved), hash_of(&entry()));
    }

    #[test]
    fn no_rulebook_is_not_the_same_as_an_empty_one() {
        let mut other = entry();
        other.rulebook_version = Some(Uuid::nil());
        assert_ne!(hash_of(&other), hash_of(&entry()));
    }
}
