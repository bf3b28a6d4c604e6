//! The kinds of rule 制度: pure decisions from state, command and rules.
//!
//! No database, clock, network or language of display here.

pub mod attribution;
pub mod calendar;
pub mod commission;
pub mod follow_up;
pub mod journeys;
pub mod kinds;
pub mod money;
pub mod needed;
pub mod people;
pub mod registers;
pub mod rotation;
pub mod scenario;

/// Declares every setting of every kind of rule.
pub fn declare(schema: &mut rulebook::Schema) {
    kinds::Kinds::declare(schema);
}

/// Checks `document` and reads every kind of rule; what is wrong or undecided goes to `problems`.
///
/// A rulebook can be activated when `problems` are [activatable](rulebook::Problems::is_activatable).
pub fn check(document: &rulebook::Document, problems: &mut rulebook::Problems) {
    let mut schema = rulebook::Schema::default();
    declare(&mut schema);
    rulebook::check::check(document, &schema, problems);
    for needed in undecided(document, problems) {
        let written = document.setting(&needed.setting);
        let slug = document.about.slug.clone();
        let place =
            written.map_or(rulebook::problem::Place { rulebook: slug, line: 0 }, |w| w.place());
        problems.note(
            rulebook::Severity::Undecided,
            place,
            [
                format!("`{}` 未定，而有规则要用到它", needed.setting),
                format!("`{}` is not decided, and a rule depends on it", needed.setting),
            ],
            [
                format!("多数案场写 {}", needed.proposal),
                format!("most sites write {}", needed.proposal),
            ],
        );
    }
}

/// Reads every kind of rule of `document`; the unset settings that a rule depends on.
pub fn undecided(
    document: &rulebook::Document,
    problems: &mut rulebook::Problems,
) -> Vec<needed::Needed> {
    kinds::Kinds::read(document, problems).undecided()
}
