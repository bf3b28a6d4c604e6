//! Whether two records are of one client.

use rulebook::{Setting, Trail, Undecided, facts};
use serde::{Deserialize, Serialize};

use super::super::rules::{Match, Others, Relation, Rules};

/// How one record is like another.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Likeness {
    /// They have a telephone in common.
    pub telephone: bool,
    /// They have the name in common.
    pub name: bool,
    /// How the two people are related, as far as known.
    pub relation: Option<Relation>,
    /// Whether somebody has recorded a proof that they are one person.
    pub proven: bool,
    /// Whether the supervisor has ruled that they are one client.
    #[serde(default)]
    pub ruled: bool,
}

/// What the rulebook says of two records.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sameness {
    /// One client.
    Same,
    /// Different clients.
    Different,
    /// Somebody must say how they are related.
    AskRelation,
    /// Somebody must prove it; until then they are different.
    AskProof,
}

/// Whether two records are of one client; symmetric, since a likeness has no direction.
pub fn sameness(
    rules: &Rules,
    likeness: Likeness,
    trail: &mut Trail,
) -> Result<Sameness, Undecided> {
    let identity = &rules.identity;
    if likeness.telephone && likeness.name {
        trail.holds("same_name_and_telephone", true, Vec::new());
        return Ok(Sameness::Same);
    }
    if likeness.telephone {
        return matched(rules, "same_telephone", &identity.same_telephone, likeness, trail);
    }
    if likeness.name {
        return matched(rules, "same_name", &identity.same_name, likeness, trail);
    }
    match likeness.relation {
        Some(relation) => related(rules, relation, likeness.ruled, trail),
        None => Ok(Sameness::Different),
    }
}

fn matched(
    rules: &Rules,
    condition: &str,
    setting: &Setting<Match>,
    likeness: Likeness,
    trail: &mut Trail,
) -> Result<Sameness, Undecided> {
    let rule = trail.apply(condition, setting, Vec::new())?;
    Ok(match (rule, likeness.relation) {
        (Match::Same, _) => Sameness::Same,
        (Match::Different, _) => Sameness::Different,
        (Match::ByFamily, Some(relation)) => related(rules, relation, likeness.ruled, trail)?,
        (Match::ByFamily, None) => Sameness::AskRelation,
        (Match::IfProven, _) if likeness.proven => {
            trail.holds("proven", true, Vec::new());
            Sameness::Same
        }
        (Match::IfProven, _) => Sameness::AskProof,
    })
}

/// Whether people so related are one client.
pub(super) fn related(
    rules: &Rules,
    relation: Relation,
    ruled: bool,
    trail: &mut Trail,
) -> Result<Sameness, Undecided> {
    let business = matches!(relation, Relation::Shareholder | Relation::Employee);
    let setting = if business { &rules.identity.company } else { &rules.identity.family };
    let counted = trail.apply("relation", setting, facts![relation = relation.word()])?;
    let held = counted.contains(&relation);
    trail.holds("related", held, facts![relation = relation.word()]);
    let others = &rules.identity.others;
    if !held && !business && (ruled || others.value() == Some(&Others::Ruling)) {
        let counts = ruled && *others.decided()? == Others::Ruling;
        trail.cite("ruled_one_client", counts, others, Vec::new());
        return Ok(if counts { Sameness::Same } else { Sameness::Different });
    }
    Ok(if held { Sameness::Same } else { Sameness::Different })
}
