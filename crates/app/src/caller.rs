//! Who asks for a use case.

use domain::{
    people::{Actor, PersonId},
    rotation::rules::Role,
};
use store::{SiteId, TenantId};

use crate::{
    AppError,
    roles::{Permission, Scope},
};

/// Who asks, and what they may do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caller {
    /// The company.
    pub tenant: TenantId,
    /// The person; nobody for the clock and the command line.
    pub person: Option<PersonId>,
    /// Their roles.
    pub roles: Vec<Role>,
    /// The site they belong to; nothing: all sites of the company.
    pub site: Option<SiteId>,
    /// What the token may do, if they came with one.
    pub scopes: Option<Vec<Scope>>,
}

impl Caller {
    /// The installation itself: jobs, the command line, made-up history. May do everything.
    #[must_use]
    pub const fn system(tenant: TenantId) -> Self {
        Self { tenant, person: None, roles: Vec::new(), site: None, scopes: None }
    }

    /// Whether it is the installation itself.
    #[must_use]
    pub const fn is_system(&self) -> bool {
        self.person.is_none()
    }

    /// Whether the caller has `role`.
    #[must_use]
    pub fn is(&self, role: Role) -> bool {
        self.roles.contains(&role)
    }

    /// Whether the caller may, by role and by scope.
    #[must_use]
    pub fn may(&self, permission: Permission) -> bool {
        let by_role = self.is_system() || permission.roles().iter().any(|role| self.is(*role));
        let scopes = self.scopes.as_ref();
        by_role && scopes.is_none_or(|scopes| scopes.contains(&permission.scope()))
    }

    /// Refuses a caller who may not.
    pub fn require(&self, permission: Permission) -> Result<(), AppError> {
        if self.may(permission) { Ok(()) } else { Err(AppError::NotPermitted(permission)) }
    }

    /// Refuses a caller of another site, without telling that the site exists.
    pub fn at(&self, site: SiteId) -> Result<(), AppError> {
        if self.site.is_none_or(|own| own == site) {
            Ok(())
        } else {
            Err(AppError::NotFound("site"))
        }
    }

    /// Whether the caller is `person`.
    #[must_use]
    pub fn is_person(&self, person: PersonId) -> bool {
        self.person == Some(person)
    }

    /// Who acts on a floor.
    #[must_use]
    pub fn actor(&self) -> Actor {
        Actor { person: self.person, roles: self.roles.clone() }
    }

    /// How the journal spells the caller.
    #[must_use]
    pub(crate) fn spelled(&self) -> String {
        match self.person {
            Some(person) => format!("person:{person}"),
            None => "system".into(),
        }
    }
}
