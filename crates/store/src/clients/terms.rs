//! What a client is found by, as keyed hashes.
//!
//! Names are personal data, so no part of them stands open in the database, and still "any part" must be
//! found at once among a million clients. Each text is cut into all parts that begin where a person would
//! begin to type (at every Chinese character, at every syllable or word, at every letter of initials and
//! plates) and are at most [`PART_MAX`] characters long; for each part one row holds a keyed hash of 64
//! bits. A search is then one look at the primary key `(tenant, site, term, client)`, read from the newest
//! client down, however many there are. A name of three characters makes some forty rows.
//!
//! What this gives away: who can read the database, but not the keys, sees which clients of a site share
//! some part, and how frequent it is, not what it is. The key of the hash is bound to tenant and site, so
//! that frequencies cannot be compared across sites. Two parts share a hash of 64 bits so rarely that a
//! stray result is harmless; telephones, which identify, have 128 bits.

use std::collections::BTreeSet;

use super::{Identity, Telephone};
use crate::{
    Keys, SiteId, TenantId, fold,
    fold::{half_width, is_separator},
};

/// The longest part that is told apart; a longer search text counts by its beginning.
pub(super) const PART_MAX: usize = 16;

/// How much of one text is cut up, in characters.
const TEXT_MAX: usize = 32;

/// Where parts of a text may begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Begin {
    /// At each word, and at each character that is a word of its own.
    Words,
    /// At each letter.
    Letters,
}

/// The terms of everything that `identity` is found by, each once.
pub(super) fn terms_of(
    keys: &Keys,
    tenant: TenantId,
    site: SiteId,
    identity: &Identity<'_>,
) -> Vec<i64> {
    let mut parts = BTreeSet::new();
    add_parts(&mut parts, identity.name, Begin::Words);
    for pinyin in identity.pinyin {
        add_parts(&mut parts, pinyin, Begin::Words);
    }
    for initials in identity.initials {
        add_parts(&mut parts, initials, Begin::Letters);
    }
    if let Some(company) = identity.company {
        add_parts(&mut parts, company, Begin::Words);
    }
    if let Some(plate) = identity.plate {
        add_parts(&mut parts, plate, Begin::Letters);
    }
    let terms: BTreeSet<i64> = parts.iter().map(|part| hash(keys, tenant, site, part)).collect();
    terms.into_iter().collect()
}

/// The term that a search for `part` looks for; none for an empty one.
pub(super) fn term_for(keys: &Keys, tenant: TenantId, site: SiteId, part: &str) -> Option<i64> {
    let part: String = fold(part).chars().take(PART_MAX).collect();
    (!part.is_empty()).then(|| hash(keys, tenant, site, &part))
}

fn hash(keys: &Keys, tenant: TenantId, site: SiteId, part: &str) -> i64 {
    let scope = [tenant.0.into_bytes(), site.0.into_bytes()].concat();
    let [a, b, c, d, e, f, g, h, ..] = keys.index_hash("part", &scope, part);
    i64::from_be_bytes([a, b, c, d, e, f, g, h])
}

/// The hash that a telephone is found by: 16 bytes.
pub(super) fn telephone_hash(
    keys: &Keys,
    tenant: TenantId,
    by: Telephone<'_>,
    number: &str,
) -> Vec<u8> {
    let digits: String = number.chars().map(half_width).filter(char::is_ascii_digit).collect();
    let last = |count: usize| digits.get(digits.len().saturating_sub(count)..).unwrap_or_default();
    let (label, digits) = match by {
        Telephone::Whole(_) => ("whole", digits.as_str()),
        Telephone::Last8(_) => ("last8", last(8)),
        Telephone::Last4(_) => ("last4", last(4)),
    };
    let [hash, _] = halves(keys.index_hash(label, tenant.0.as_bytes(), digits));
    hash
}

fn halves(hash: [u8; 32]) -> [Vec<u8>; 2] {
    let (first, second) = hash.split_at(16);
    [first.to_vec(), second.to_vec()]
}

/// Adds all parts of `text`, folded.
fn add_parts(parts: &mut BTreeSet<String>, text: &str, begin: Begin) {
    let mut letters: Vec<char> = Vec::new();
    let mut begins: Vec<usize> = Vec::new();
    let mut after_separator = true;
    for char in text.chars().map(half_width).take(TEXT_MAX) {
        if is_separator(char) {
            after_separator = true;
            continue;
        }
        if after_separator || begin == Begin::Letters || is_word(char) {
            begins.push(letters.len());
        }
        letters.extend(char.to_lowercase());
        // After a character that is a word, the next begins another.
        after_separator = is_word(char);
    }
    for from in begins {
        let tail = letters.get(from..).unwrap_or_default();
        for length in 1..=tail.len().min(PART_MAX) {
            parts.insert(tail.iter().take(length).collect());
        }
    }
}

/// Whether `char` is a word of its own, as Chinese characters are; not so letters and digits.
fn is_word(char: char) -> bool {
    char.is_alphanumeric() && u32::from(char) >= 0x2e80
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;

    fn check(text: &str, begin: Begin, parts: Expect) {
        let mut found = BTreeSet::new();
        add_parts(&mut found, text, begin);
        parts.assert_eq(&found.into_iter().collect::<Vec<_>>().join(" "));
    }

    #[test]
    fn a_chinese_name_is_cut_at_every_character() {
        check("王小明", Begin::Words, expect!["小 小明 明 王 王小 王小明"]);
    }

    #[test]
    fn pinyin_is_cut_at_every_syllable() {
        check("li an", Begin::Words, expect!["a an l li lia lian"]);
    }

    #[test]
    fn initials_and_plates_are_cut_at_every_letter() {
        check("WXM", Begin::Letters, expect!["m w wx wxm x xm"]);
    }

    #[test]
    fn a_word_after_a_chinese_character_is_a_word() {
        check("老Tom", Begin::Words, expect!["t to tom 老 老t 老to 老tom"]);
    }

    #[test]
    fn a_long_word_counts_by_its_first_sixteen_letters() {
        let mut parts = BTreeSet::new();
        add_parts(&mut parts, "abcdefghijklmnopqrst", Begin::Words);
        assert!(parts.contains("abcdefghijklmnop"));
        assert!(!parts.contains("abcdefghijklmnopq"));
    }
}
