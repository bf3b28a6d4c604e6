//! Samples of the rulebooks' pages.

use super::view::{
    Change, ClauseRow, RulebookRow, RulebookView, RulebooksView, ScenarioRow, Scenarios,
    SettingRow, Standing, UnsetRow, Warning,
};
use super::{RulebookPage, RulebooksPage};
use crate::language::Text;
use crate::pages::frame::{Place, Problem};
use crate::pages::sample::{Sample, Viewer, ago, frame, sample};

fn row(slug: &str, zh: &str, en: &str, version: u32, standing: Standing) -> RulebookRow {
    RulebookRow {
        slug: slug.to_owned(),
        title: Text::new(zh, en),
        regulation: "R-001-01".to_owned(),
        version,
        standing,
        clause_count: 27,
        unset_count: if version == 0 { 3 } else { 0 },
        warning_count: 2,
        passed_count: 54,
        failed_count: 0,
    }
}

fn lists() -> RulebooksView {
    let own = |version, standing| {
        row(
            "site",
            "云栖湖畔客户接待制度",
            "Reception regulation of the lakeside gallery",
            version,
            standing,
        )
    };
    let preset = |slug: &str, zh: &str, en: &str| row(slug, zh, en, 0, Standing::Preset);
    RulebooksView {
        own: vec![
            own(4, Standing::Active(ago(60 * 24 * 12))),
            own(5, Standing::Scheduled(ago(-60 * 24 * 8))),
            RulebookRow { failed_count: 2, ..own(6, Standing::Draft) },
            own(3, Standing::Retired(ago(60 * 24 * 12))),
        ],
        presets: vec![
            preset("reception-revised", "客户接待制度（修改版）", "Client reception, revised"),
            preset(
                "reception-rota",
                "营销中心接待轮岗制度",
                "Reception rota of a marketing centre",
            ),
        ],
        may_change: true,
    }
}

fn setting(path: &str, value: Option<&str>) -> SettingRow {
    SettingRow {
        path: path.to_owned(),
        name: Text::new("轮到时不在场", "a turn that comes meanwhile"),
        value: value.map(str::to_owned),
        clauses: vec!["3".to_owned()],
    }
}

fn reading(row: RulebookRow) -> RulebookView {
    let clause = |id: &str, carry: &str, settings, failed_count| ClauseRow {
        id: id.to_owned(),
        text: Text::new(
            "接待顺序以当日签到顺序为准；轮到时未报备离场的，视为轮空，由下一位接待，不予补接。",
            "Visitors are received in the order of the day's sign-in. Whoever is away without notice when their turn comes loses it, with no make-up turn.",
        ),
        carry: carry.to_owned(),
        settings,
        covers: vec!["R-001-01.c03".to_owned(), "R-001-01.c04".to_owned()],
        passed_count: 4,
        failed_count,
    };
    RulebookView {
        row,
        about: Text::new(
            "本制度规定来访客户由谁接待、轮空与补接如何处理。",
            "Who receives a visitor, and what becomes of turns that were missed.",
        ),
        clauses: vec![
            clause(
                "3",
                "enforce",
                vec![
                    setting("rotation.order.source", Some("sign_in")),
                    setting("rotation.absence.unreported.result", Some("lost")),
                    setting("rotation.absence.grace_minutes", None),
                ],
                0,
            ),
            clause("4", "compute", Vec::new(), 1),
            clause("5", "attest", Vec::new(), 0),
        ],
        unset: vec![
            UnsetRow {
                setting: setting("rotation.absence.meal.result", None),
                choices: vec![
                    ("lost".to_owned(), Text::new("轮空不补", "is lost")),
                    ("kept".to_owned(), Text::new("保留名次", "keeps the place")),
                ],
                proposal: "lost".to_owned(),
            },
            UnsetRow {
                setting: setting("rotation.absence.grace_minutes", None),
                choices: Vec::new(),
                proposal: "10".to_owned(),
            },
        ],
        scenarios: Scenarios::Ran(vec![
            ScenarioRow {
                name: "第十分钟返回的保留名次".to_owned(),
                clauses: vec!["3".to_owned()],
                failure: Some((41, "那么 轮到 甲".to_owned(), "乙 is on turn".to_owned())),
            },
            ScenarioRow {
                name: "轮到时不在的轮空".to_owned(),
                clauses: vec!["3".to_owned()],
                failure: None,
            },
        ]),
        warnings: vec![Warning {
            clause: "4".to_owned(),
            text: Text::new(
                "按件罚款可能与劳动法相抵触，请先咨询。",
                "Fines per piece may conflict with labour law; take advice first.",
            ),
        }],
        changes: vec![Change {
            path: "rotation.make_up.expiry_days".to_owned(),
            before: "30".to_owned(),
            after: "7".to_owned(),
            affected_count: 12,
        }],
        hindrances: Vec::new(),
        may_change: true,
        may_activate: true,
        activate_at: "2026-12-01T08:30".to_owned(),
        problems: Vec::new(),
    }
}

/// Every sample.
pub fn all(viewer: Viewer) -> Vec<Sample> {
    let frame = || frame(viewer, Some(Place::Rulebooks), "manager");
    let none = RulebooksView { own: Vec::new(), ..lists() };
    let rows = lists();
    let draft = RulebookView {
        problems: vec![Problem {
            field: "activate_at".to_owned(),
            text: "时间已经过去".to_owned(),
        }],
        ..reading(rows.own[2].clone())
    };
    let active = RulebookView { changes: Vec::new(), ..reading(rows.own[0].clone()) };
    let preset = RulebookView {
        scenarios: Scenarios::Ready("/rulebooks/reception-revised?run=yes#scenarios".to_owned()),
        hindrances: vec!["rotation.absence.grace_minutes".to_owned()],
        ..reading(rows.presets[0].clone())
    };
    vec![
        sample("rulebooks/list", true, &RulebooksPage { frame: frame(), view: rows }),
        sample("rulebooks/none", true, &RulebooksPage { frame: frame(), view: none }),
        sample("rulebooks/draft", true, &RulebookPage { frame: frame(), view: draft }),
        sample("rulebooks/active", true, &RulebookPage { frame: frame(), view: active }),
        sample("rulebooks/preset", true, &RulebookPage { frame: frame(), view: preset }),
    ]
}
