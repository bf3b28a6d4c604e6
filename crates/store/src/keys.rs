//! The keys of an installation: they seal what clients could be known by, and hash what they are found by.
//!
//! Each client has a data key of its own, stored wrapped by a master key whose id stands beside it. So a
//! master key is replaced by wrapping the data keys again ([`clients::rewrap`](crate::clients::rewrap)),
//! and a client is erased by destroying one row. The index key cannot be replaced that way: the terms
//! would have to be made again from the open texts.

use std::{collections::BTreeMap, fmt};

use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead, Payload},
};
use hmac::{Hmac, Mac};
use sha2::Sha256;
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::{StoreError, TenantId, Tx, db::on, hex, settings};

/// A key of 256 bits, wiped from memory when dropped.
pub(crate) type Secret = Zeroizing<[u8; 32]>;

/// How many bytes of a nonce precede a sealed text.
const NONCE_BYTES: usize = 24;

/// The setting that tells whether the index key is the one that the terms were made with.
const CHECK: &str = "index_key_check";

/// The keys of an installation, kept outside the database and backed up apart from it.
#[derive(Clone)]
pub struct Keys {
    current: String,
    masters: BTreeMap<String, Secret>,
    index: Secret,
}

/// A client's data key, wrapped by a master key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Wrapped {
    /// Which master key opens it.
    pub(crate) key_id: String,
    /// Nonce and sealed key.
    pub(crate) bytes: Vec<u8>,
}

impl fmt::Debug for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let known: Vec<&String> = self.masters.keys().collect();
        f.debug_struct("Keys").field("current", &self.current).field("known", &known).finish()
    }
}

impl Keys {
    /// The master key that wraps from now on, under an id that was never given to another, and the index
    /// key. Both must be 32 bytes of chance.
    pub fn new(current_id: &str, master: [u8; 32], index: [u8; 32]) -> Self {
        let masters = BTreeMap::from([(current_id.to_owned(), Zeroizing::new(master))]);
        Self { current: current_id.to_owned(), masters, index: Zeroizing::new(index) }
    }

    /// Knows also a former master key, which still opens what it wrapped.
    pub fn with_former(mut self, id: &str, master: [u8; 32]) -> Self {
        self.masters.entry(id.to_owned()).or_insert(Zeroizing::new(master));
        self
    }

    /// The id of the master key that wraps from now on.
    pub fn current_id(&self) -> &str {
        &self.current
    }

    /// Wraps a client's data key.
    pub(crate) fn wrap(&self, owner: Owner, data_key: &Secret) -> Result<Wrapped, StoreError> {
        let master = self.master(&self.current)?;
        let bytes = seal(master, &owner.context("data key"), data_key.as_slice())?;
        Ok(Wrapped { key_id: self.current.clone(), bytes })
    }

    /// Unwraps a client's data key.
    pub(crate) fn unwrap(&self, owner: Owner, wrapped: &Wrapped) -> Result<Secret, StoreError> {
        let master = self.master(&wrapped.key_id)?;
        let opened = open(master, &owner.context("data key"), &wrapped.bytes)?;
        let key: [u8; 32] = opened.as_slice().try_into().map_err(|_| StoreError::Unopenable)?;
        Ok(Zeroizing::new(key))
    }

    fn master(&self, id: &str) -> Result<&Secret, StoreError> {
        self.masters.get(id).ok_or_else(|| StoreError::KeyMissing(id.to_owned()))
    }

    /// A keyed hash of `text`, which is of the sort `label`: 32 bytes.
    pub(crate) fn index_hash(&self, label: &str, scope: &[u8], text: &str) -> [u8; 32] {
        // HMAC fills a short key with zeros up to the block of its hash.
        let mut block = Zeroizing::new([0; 64]);
        let (key, _) = block.split_at_mut(32);
        key.copy_from_slice(self.index.as_slice());
        let mut mac = <Hmac<Sha256> as KeyInit>::new(&(*block).into());
        for field in [label.as_bytes(), scope, text.as_bytes()] {
            mac.update(&(field.len() as u64).to_be_bytes());
            mac.update(field);
        }
        mac.finalize().into_bytes().into()
    }
}

/// Whose data a sealed text is; sealed in with it, so that texts cannot change places.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Owner {
    pub(crate) tenant: TenantId,
    pub(crate) client: Uuid,
}

impl Owner {
    /// What is authenticated beside the text.
    pub(crate) fn context(self, field: &str) -> Vec<u8> {
        let mut context = Vec::with_capacity(32 + field.len());
        context.extend_from_slice(self.tenant.0.as_bytes());
        context.extend_from_slice(self.client.as_bytes());
        context.extend_from_slice(field.as_bytes());
        context
    }
}

/// A new data key.
pub(crate) fn new_data_key() -> Result<Secret, StoreError> {
    let mut key = Zeroizing::new([0; 32]);
    fill(key.as_mut_slice())?;
    Ok(key)
}

/// Seals `text` with XChaCha20-Poly1305: 24 bytes of nonce, then text and tag.
pub(crate) fn seal(key: &Secret, context: &[u8], text: &[u8]) -> Result<Vec<u8>, StoreError> {
    let mut nonce = [0; NONCE_BYTES];
    fill(&mut nonce)?;
    let cipher = XChaCha20Poly1305::new(&(**key).into());
    let sealed = cipher
        .encrypt(&XNonce::from(nonce), Payload { msg: text, aad: context })
        .map_err(|_| StoreError::invalid("text to be sealed", "it is too long"))?;
    Ok([nonce.as_slice(), &sealed].concat())
}

/// Opens what [`seal`] sealed with the same key and context.
pub(crate) fn open(
    key: &Secret,
    context: &[u8],
    sealed: &[u8],
) -> Result<Zeroizing<Vec<u8>>, StoreError> {
    let (nonce, sealed) =
        sealed.split_first_chunk::<NONCE_BYTES>().ok_or(StoreError::Unopenable)?;
    XChaCha20Poly1305::new(&(**key).into())
        .decrypt(&XNonce::from(*nonce), Payload { msg: sealed, aad: context })
        .map(Zeroizing::new)
        .map_err(|_| StoreError::Unopenable)
}

fn fill(bytes: &mut [u8]) -> Result<(), StoreError> {
    getrandom::fill(bytes).map_err(|error| StoreError::invalid("source of chance", error))
}

/// Checks that `keys` belong to this database: the index key by a hash that the first call of a tenant
/// leaves there, the master keys by opening one data key of each id that is in use. To be called in a
/// write transaction at every start and after every restore.
pub async fn check(tx: &mut Tx, tenant: TenantId, keys: &Keys) -> Result<(), StoreError> {
    const IDS: &str = "SELECT DISTINCT key_id FROM client_key WHERE tenant = $1 ORDER BY key_id";
    const ONE: &str =
        "SELECT client, wrapped FROM client_key WHERE tenant = $1 AND key_id = $2 LIMIT 1";
    let own = hex::encode(&keys.index_hash(CHECK, tenant.0.as_bytes(), ""));
    if settings::set_first(tx, tenant, CHECK, &own).await? != own {
        return Err(StoreError::KeyMissing("index".to_owned()));
    }
    let ids: Vec<String> =
        on!(tx, conn => sqlx::query_scalar(IDS).bind(tenant).fetch_all(conn).await?);
    for key_id in ids {
        let (client, bytes): (Uuid, Vec<u8>) = on!(tx, conn => sqlx::query_as(ONE)
            .bind(tenant)
            .bind(&key_id)
            .fetch_one(conn)
            .await?);
        keys.unwrap(Owner { tenant, client }, &Wrapped { key_id, bytes })?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn owner(client: u128) -> Owner {
        Owner { tenant: TenantId(Uuid::from_u128(1)), client: Uuid::from_u128(client) }
    }

    #[test]
    fn what_is_sealed_opens_only_with_its_key_and_for_its_owner() {
        let (key, other) = (new_data_key().unwrap(), new_data_key().unwrap());
        let context = owner(2).context("name");
        let sealed = seal(&key, &context, "王先生".as_bytes()).unwrap();
        assert_eq!(open(&key, &context, &sealed).unwrap().as_slice(), "王先生".as_bytes());
        assert!(matches!(open(&other, &context, &sealed), Err(StoreError::Unopenable)));
        assert!(open(&key, &owner(3).context("name"), &sealed).is_err());
        assert!(open(&key, &owner(2).context("plate"), &sealed).is_err());
        assert!(open(&key, &context, &sealed[..23]).is_err());
        let mut changed = sealed.clone();
        *changed.last_mut().unwrap() ^= 1;
        assert!(open(&key, &context, &changed).is_err());
    }

    #[test]
    fn a_former_master_key_still_opens_and_a_missing_one_is_named() {
        let old = Keys::new("2025", [1; 32], [9; 32]);
        let data_key = new_data_key().unwrap();
        let wrapped = old.wrap(owner(2), &data_key).unwrap();
        let new = Keys::new("2026", [2; 32], [9; 32]);
        let missing = new.unwrap(owner(2), &wrapped);
        assert!(matches!(missing, Err(StoreError::KeyMissing(id)) if id == "2025"));
        let both = new.with_former("2025", [1; 32]);
        assert_eq!(*both.unwrap(owner(2), &wrapped).unwrap(), *data_key);
    }

    #[test]
    fn keys_do_not_show_themselves() {
        let shown = format!("{:?}", Keys::new("2026", [77; 32], [88; 32]));
        assert!(!shown.contains("77") && !shown.contains("88"));
    }
}
