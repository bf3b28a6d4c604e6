//! Values that are of no use without the keys.

use std::{fmt, marker::PhantomData, sync::Arc};

use serde::{Serialize, de::DeserializeOwned};

use crate::{
    Keys, StoreError,
    keys::{self, Owner, Secret, Wrapped},
};

/// A value of type `T`, sealed with the key of its client.
///
/// Only `app::privacy` opens one, after it has asked the rulebook whether this role may see it.
#[derive(Clone)]
pub struct Sealed<T> {
    owner: Owner,
    field: &'static str,
    /// None once the client was erased.
    key: Option<Arc<Wrapped>>,
    bytes: Vec<u8>,
    value: PhantomData<fn() -> T>,
}

impl<T> fmt::Debug for Sealed<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Sealed({})", self.field)
    }
}

impl<T> Sealed<T> {
    pub(crate) fn new(
        owner: Owner,
        field: &'static str,
        key: Option<Arc<Wrapped>>,
        bytes: Vec<u8>,
    ) -> Self {
        Self { owner, field, key, bytes, value: PhantomData }
    }

    /// Whether the key was destroyed, so that nobody can open this any more.
    pub fn is_erased(&self) -> bool {
        self.key.is_none()
    }
}

impl<T: DeserializeOwned> Sealed<T> {
    /// Opens the value. [`StoreError::Erased`] if its client was erased.
    pub fn open(&self, keys: &Keys) -> Result<T, StoreError> {
        let wrapped = self.key.as_ref().ok_or(StoreError::Erased)?;
        let data_key = keys.unwrap(self.owner, wrapped)?;
        let text = keys::open(&data_key, &self.owner.context(self.field), &self.bytes)?;
        serde_json::from_slice(&text).map_err(|_| StoreError::Unopenable)
    }
}

/// Seals `value`, for [`Sealed`] to open.
pub(crate) fn seal<T: Serialize + ?Sized>(
    data_key: &Secret,
    owner: Owner,
    field: &'static str,
    value: &T,
) -> Result<Vec<u8>, StoreError> {
    let text = serde_json::to_vec(value).map_err(|error| StoreError::invalid(field, error))?;
    keys::seal(data_key, &owner.context(field), &text)
}
