//! Every kind of rule of one rulebook, read.

use rulebook::{Document, Problems, Schema};

use crate::{attribution, commission, follow_up, needed::Needed, registers, rotation};

/// The rules of a rulebook, kind by kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kinds {
    /// `[rotation]`
    pub rotation: rotation::Rules,
    /// `[attribution]`
    pub attribution: attribution::Rules,
    /// `[follow_up]`
    pub follow_up: follow_up::Rules,
    /// `[commission]`
    pub commission: commission::Rules,
    /// `[registers]`
    pub registers: registers::Rules,
}

impl Kinds {
    /// Reads every kind of rule of `document`; what is wrong goes to `problems`.
    #[must_use]
    pub fn read(document: &Document, problems: &mut Problems) -> Self {
        Self {
            rotation: rotation::Rules::read(document, problems),
            attribution: attribution::Rules::read(document, problems),
            follow_up: follow_up::Rules::read(document, problems),
            commission: commission::Rules::read(document, problems),
            registers: registers::Rules::read(document, problems),
        }
    }

    /// Declares every setting of every kind of rule.
    pub fn declare(schema: &mut Schema) {
        rotation::Rules::declare(schema);
        attribution::Rules::declare(schema);
        follow_up::Rules::declare(schema);
        commission::Rules::declare(schema);
        registers::Rules::declare(schema);
    }

    /// The unset settings that an enforced rule depends on.
    #[must_use]
    pub fn undecided(&self) -> Vec<Needed> {
        [
            self.rotation.undecided(),
            self.attribution.undecided(),
            self.follow_up.undecided(),
            self.commission.undecided(),
            self.registers.undecided(),
        ]
        .concat()
    }
}
