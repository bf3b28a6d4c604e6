//! Samples of decisions.

use super::DecisionPage;
use super::view::{Clause, DecisionView, Finding, Pending, Why};
use crate::language::{Fact, Text, Value};
use crate::pages::frame::{Place, Tone};
use crate::pages::sample::{Sample, Viewer, ago, frame, now, sample};

/// A decision with a clause and two conditions.
pub fn granted() -> Why {
    Why {
        id: "0193-a1".to_owned(),
        outcome: "receive".to_owned(),
        facts: vec![
            Fact::new("receiver", Value::Text("陈志远".to_owned())),
            Fact::new("visitor", Value::Text("王先生".to_owned())),
        ],
        tone: Tone::Good,
        brief: false,
        needs_clause: true,
        clauses: vec![Clause {
            id: "3".to_owned(),
            text: Text::new(
                "接待顺序以当日签到顺序为准；轮到时未报备离场的，视为轮空，由下一位接待，不予补接。",
                "Visitors are received in the order of the day's sign-in. Whoever is away without notice when their turn comes loses it to the next in order, with no make-up turn.",
            ),
        }],
        findings: vec![
            Finding {
                condition: "first_in_order_absent".to_owned(),
                held: true,
                facts: vec![
                    Fact::new("person", Value::Text("林晓彤".to_owned())),
                    Fact::new("absence", Value::Named("unreported".to_owned())),
                    Fact::new("away_minutes", Value::Minutes(12)),
                ],
            },
            Finding {
                condition: "absence_earns_make_up".to_owned(),
                held: false,
                facts: vec![Fact::new("absence", Value::Named("unreported".to_owned()))],
            },
        ],
        pending: None,
        rulebook: Text::new("客户接待制度（本案场）", "Reception regulation (this site)"),
        rulebook_version: 4,
        by: "沈佳怡".to_owned(),
        override_reason: None,
        happened_at: ago(9),
        recorded_at: ago(9),
    }
}

/// A decision with a pending part, written down late.
pub fn pending() -> Why {
    Why {
        id: "0193-a2".to_owned(),
        outcome: "make_up_granted".to_owned(),
        facts: vec![Fact::new("person", Value::Text("刘洋".to_owned()))],
        tone: Tone::Attention,
        pending: Some(Pending { condition: "client_closes_today".to_owned(), until: ago(-500) }),
        recorded_at: now(),
        happened_at: ago(47),
        clauses: vec![
            Clause {
                id: "8".to_owned(),
                text: Text::new(
                    "轮到时正在接待老客户的，予以补接；该老客户当日成交的，优先补接一次。",
                    "Whoever is with an own client when their turn comes gets a make-up turn, a priority one if that client closes the same day.",
                ),
            },
            Clause {
                id: "11".to_owned(),
                text: Text::new("补接当日有效。", "Make-up turns are good for the day."),
            },
        ],
        ..granted()
    }
}

/// A person decided otherwise, without a clause that allows it.
pub fn overridden() -> Why {
    Why {
        id: "0193-a3".to_owned(),
        outcome: "receive_by_override".to_owned(),
        tone: Tone::Bad,
        clauses: Vec::new(),
        override_reason: Some("客户点名，经理电话同意".to_owned()),
        by: "周建国".to_owned(),
        ..granted()
    }
}

/// A name that this program has no words for yet, from a newer rulebook.
pub fn unknown() -> Why {
    Why {
        id: "0193-a4".to_owned(),
        outcome: "turn_kept_for_tea_break".to_owned(),
        tone: Tone::Plain,
        ..granted()
    }
}

fn view(why: Why) -> DecisionView {
    DecisionView {
        why,
        command: "arrive".to_owned(),
        given: vec![
            Fact::new("people_count", Value::Number(2)),
            Fact::new("purpose", Value::Named("buying".to_owned())),
            Fact::new("first_visit", Value::Flag(true)),
            Fact::new("expected_by", Value::Unknown),
        ],
        stream: "floor".to_owned(),
        version: 1284,
        hash: "9f2c41d07b6a5e0fd3c8a1be7724950e6b1f0a3d5c9e8f7712ab34cd56ef7890".to_owned(),
        hash_before: "11aa41d07b6a5e0fd3c8a1be7724950e6b1f0a3d5c9e8f7712ab34cd56ef7890".to_owned(),
        before: Some("0193-9f".to_owned()),
        after: Some("0193-a5".to_owned()),
    }
}

/// Every sample.
pub fn all(viewer: Viewer) -> Vec<Sample> {
    let page = |why| DecisionPage {
        frame: frame(viewer, Some(Place::Board), "receptionist"),
        view: view(why),
    };
    let first = DecisionPage {
        view: DecisionView {
            hash_before: String::new(),
            before: None,
            after: None,
            ..view(unknown())
        },
        ..page(unknown())
    };
    vec![
        sample("decision/granted", true, &page(granted())),
        sample("decision/pending", true, &page(pending())),
        sample("decision/overridden", true, &page(overridden())),
        sample("decision/first", true, &first),
    ]
}
