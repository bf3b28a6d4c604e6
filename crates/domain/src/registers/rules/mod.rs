//! What a rulebook may say about registers 登记表.

mod needed;
mod tables;
mod words;

use std::collections::BTreeMap;

use rulebook::{Document, Problems, Schema};

pub use tables::*;
pub use words::*;

/// The registers rules of a rulebook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rules {
    /// `[registers.<form>]`, a table for each form
    pub forms: BTreeMap<Register, FormRules>,
    /// `[registers.numbering]`
    pub numbering: NumberingRules,
    /// `[registers.exempt]`
    pub exempt: ExemptRules,
    /// `[registers.file]`
    pub file: FileRules,
    /// `[registers.change]`
    pub change: ChangeRules,
    /// `[registers.list]`
    pub list: ListRules,
    /// `[registers.upkeep]`
    pub upkeep: UpkeepRules,
    /// `[registers.card]`
    pub card: CardRules,
    /// `[registers.booking]`
    pub booking: BookingRules,
}

impl Rules {
    /// Reads the registers rules of `document`; what is wrong goes to `problems`.
    #[must_use]
    pub fn read(document: &Document, problems: &mut Problems) -> Self {
        let d = document;
        let form = |register: &Register, problems: &mut Problems| {
            let prefix = format!("registers.{}", register.word());
            (*register, FormRules::read(d, &prefix, problems))
        };
        Self {
            forms: Register::ALL.iter().map(|register| form(register, problems)).collect(),
            numbering: NumberingRules::read(d, "registers.numbering", problems),
            exempt: ExemptRules::read(d, "registers.exempt", problems),
            file: FileRules::read(d, "registers.file", problems),
            change: ChangeRules::read(d, "registers.change", problems),
            list: ListRules::read(d, "registers.list", problems),
            upkeep: UpkeepRules::read(d, "registers.upkeep", problems),
            card: CardRules::read(d, "registers.card", problems),
            booking: BookingRules::read(d, "registers.booking", problems),
        }
    }

    /// Declares every registers setting.
    pub fn declare(schema: &mut Schema) {
        for register in Register::ALL {
            FormRules::declare(schema, &format!("registers.{}", register.word()));
        }
        NumberingRules::declare(schema, "registers.numbering");
        ExemptRules::declare(schema, "registers.exempt");
        FileRules::declare(schema, "registers.file");
        ChangeRules::declare(schema, "registers.change");
        ListRules::declare(schema, "registers.list");
        UpkeepRules::declare(schema, "registers.upkeep");
        CardRules::declare(schema, "registers.card");
        BookingRules::declare(schema, "registers.booking");
    }

    /// What the rulebook says of `register`.
    #[must_use]
    pub fn form(&self, register: Register) -> Option<&FormRules> {
        self.forms.get(&register)
    }

    /// The forms that the rulebook speaks of, in the order of the words.
    #[must_use]
    pub fn kept(&self) -> Vec<Register> {
        let kept = |(register, form): (&Register, &FormRules)| form.is_kept().then_some(*register);
        self.forms.iter().filter_map(kept).collect()
    }
}

impl FormRules {
    /// Whether the rulebook speaks of this form at all.
    #[must_use]
    pub fn is_kept(&self) -> bool {
        let some = |list: &rulebook::Setting<Vec<Item>>| {
            list.value().is_some_and(|items| !items.is_empty())
        };
        let demanded = self.demanded_by.value().is_some_and(|by| !by.is_empty());
        demanded || some(&self.required) || some(&self.recommended)
    }
}
