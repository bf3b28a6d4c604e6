//! What a rulebook may say about attribution 客户归属.

mod fitting;
mod needed;
mod tables;
mod ways;
mod words;

use rulebook::{Document, Problems, Schema};

pub use tables::*;
pub use ways::*;
pub use words::*;

/// The attribution rules of a rulebook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rules {
    /// `[attribution.registration]`
    pub registration: RegistrationRules,
    /// `[attribution.identity]`
    pub identity: IdentityRules,
    /// `[attribution.first]`
    pub first: FirstRules,
    /// `[attribution.validity]`
    pub validity: ValidityRules,
    /// `[attribution.claim]`
    pub claim: ClaimRules,
    /// `[attribution.handover]`
    pub handover: HandoverRules,
    /// `[attribution.origin]`
    pub origin: OriginRules,
    /// `[attribution.returning]`
    pub returning: ReturningRules,
    /// `[attribution.joint]`
    pub joint: JointRules,
    /// `[attribution.distribution]`
    pub distribution: DistributionRules,
    /// `[attribution.filing]`
    pub filing: FilingRules,
    /// `[attribution.pool]`
    pub pool: PoolRules,
}

impl Rules {
    /// Reads the attribution rules of `document`; what is wrong goes to `problems`.
    #[must_use]
    pub fn read(document: &Document, problems: &mut Problems) -> Self {
        let d = document;
        let rules = Self {
            registration: RegistrationRules::read(d, "attribution.registration", problems),
            identity: IdentityRules::read(d, "attribution.identity", problems),
            first: FirstRules::read(d, "attribution.first", problems),
            validity: ValidityRules::read(d, "attribution.validity", problems),
            claim: ClaimRules::read(d, "attribution.claim", problems),
            handover: HandoverRules::read(d, "attribution.handover", problems),
            origin: OriginRules::read(d, "attribution.origin", problems),
            returning: ReturningRules::read(d, "attribution.returning", problems),
            joint: JointRules::read(d, "attribution.joint", problems),
            distribution: DistributionRules::read(d, "attribution.distribution", problems),
            filing: FilingRules::read(d, "attribution.filing", problems),
            pool: PoolRules::read(d, "attribution.pool", problems),
        };
        rules.check_origins(document, problems);
        rules
    }

    /// Declares every attribution setting.
    pub fn declare(schema: &mut Schema) {
        RegistrationRules::declare(schema, "attribution.registration");
        IdentityRules::declare(schema, "attribution.identity");
        FirstRules::declare(schema, "attribution.first");
        ValidityRules::declare(schema, "attribution.validity");
        ClaimRules::declare(schema, "attribution.claim");
        HandoverRules::declare(schema, "attribution.handover");
        OriginRules::declare(schema, "attribution.origin");
        ReturningRules::declare(schema, "attribution.returning");
        JointRules::declare(schema, "attribution.joint");
        DistributionRules::declare(schema, "attribution.distribution");
        FilingRules::declare(schema, "attribution.filing");
        PoolRules::declare(schema, "attribution.pool");
    }
}
