//! Samples of the rulebooks' pages.

use super::edit::{
    ActivationView, AffectedView, ClauseChange, ClauseForm, ClausesView, DifferenceView, FieldRow,
    Head, KindRows, Overtaken, ResultsView, ScenariosView, SettingChange, SettingsView, StepRow,
    Tab, TableRow, TextProblem, TextView,
};
use super::view::{
    ClauseRow, RulebookRow, RulebookView, RulebooksView, ScenarioRow, Scenarios, SettingRow,
    Standing, UnsetRow, Warning,
};
use super::{
    ActivationPage, Affected, ClausesPage, DifferencePage, RulebookPage, RulebooksPage,
    ScenariosPage, SettingsPage, TextPage,
};
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

fn undecided() -> Vec<UnsetRow> {
    vec![
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
    ]
}

fn reading(row: RulebookRow) -> RulebookView {
    let clause = |id: &str, carry: &str, settings, failed_count| ClauseRow {
        id: id.to_owned(),
        kind: "rotation".to_owned(),
        text: Text::new(
            "接待顺序以当日签到顺序为准；轮到时未报备离场的，视为轮空，由下一位接待，不予补接。",
            "Visitors are received in the order of the day's sign-in. Whoever is away without notice when their turn comes loses it, with no make-up turn.",
        ),
        carry: carry.to_owned(),
        settings,
        covers: vec!["R-001-01.c03".to_owned(), "R-001-01.c04".to_owned()],
        passed_count: 4,
        failed_count,
        shown_by: vec!["轮到时不在的轮空".to_owned()],
        warning: (id == "4").then(|| Text::new("按件罚款请先咨询。", "Fines: take advice first.")),
    };
    RulebookView {
        head: head(Tab::Read, row.version, row.standing),
        contents: vec![("rotation".to_owned(), vec!["3".into(), "4".into(), "5".into()])],
        look: String::new(),
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
        unset: undecided(),
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
        may_change: true,
    }
}

fn head(tab: Tab, version: u32, standing: Standing) -> Head {
    Head {
        slug: "site".to_owned(),
        title: Text::new("云栖湖畔客户接待制度", "Reception regulation of the lakeside gallery"),
        version,
        revision: 7,
        standing,
        saved: (version > 0).then(|| ("周建国".to_owned(), ago(35))),
        tab,
        may_change: version > 0 && standing.can_be_activated(),
    }
}

fn draft(tab: Tab) -> Head {
    head(tab, 6, Standing::Draft)
}

fn field(path: &str, zh: &str, en: &str) -> FieldRow {
    FieldRow {
        path: path.to_owned(),
        name: Text::new(zh, en),
        choices: Vec::new(),
        value: "30".to_owned(),
        was: "30".to_owned(),
        allowed: Text::new("0 到 1000000 之间的整数", "a whole number from 0 to 1000000"),
        default: Text::new("未定", "unset"),
        preset: Some(Text::new("未定", "unset")),
        proposal: Some(Text::new("30", "30")),
        needed: false,
        clauses: vec!["12".to_owned()],
        problem: None,
        now: None,
    }
}

fn settings() -> SettingsView {
    let choice = FieldRow {
        choices: vec![
            (String::new(), Text::new("（不写）", "(not written)")),
            ("unset".to_owned(), Text::new("未定", "unset")),
            ("pointer".to_owned(), Text::new("接着前一日", "goes on where the day before ended")),
        ],
        value: "unset".to_owned(),
        needed: true,
        clauses: Vec::new(),
        ..field("rotation.order.carry_over", "隔日衔接", "from one day to the next")
    };
    let wrong = FieldRow {
        value: "三十".to_owned(),
        problem: Some("“三十”不可用：请写 0 到 1000000 之间的整数或未定".to_owned()),
        ..field("attribution.validity.days", "有效天数", "days a right lives")
    };
    let other = FieldRow {
        now: Some("7".to_owned()),
        ..field("attribution.claim.window_days", "成交后可追溯天数", "days after a closing")
    };
    let tables = vec![
        TableRow { path: "rotation.order".to_owned(), written_count: 3, count: 9 },
        TableRow { path: "rotation.situation.new".to_owned(), written_count: 4, count: 12 },
    ];
    SettingsView {
        head: draft(Tab::Settings),
        kinds: vec![KindRows { kind: "rotation".to_owned(), tables }],
        table: "needed".to_owned(),
        look: String::new(),
        needed_count: 2,
        fields: vec![choice, wrong, other],
        problems: Vec::new(),
        overtaken: Some(Overtaken { by: "欧阳明慧".to_owned(), at: ago(2) }),
    }
}

fn wrong() -> Vec<TextProblem> {
    let problem = |line, severity, zh: &str, en: &str| TextProblem {
        line,
        severity,
        message: Text::new(zh, en),
        hint: Text::new("请改正这一行", "correct the line"),
    };
    vec![
        problem(3, "error", "不是有效的 TOML", "this is not valid TOML"),
        problem(0, "undecided", "`a.b` 未定，而有规则要用到它", "`a.b` is not decided"),
        problem(9, "warning", "没有条款由 `a.b` 执行", "no clause is carried by `a.b`"),
    ]
}

fn trying() -> ScenariosView {
    let step = |zh: &str, en: &str| StepRow { example: Text::new(zh, en), kind: String::new() };
    let failed = ScenarioRow {
        name: "轮到时不在的轮空".to_owned(),
        clauses: vec!["3".to_owned()],
        failure: Some((7, "那么 由 \"甲\" 接待".to_owned(), "乙 receives".to_owned())),
    };
    ScenariosView {
        head: draft(Tab::Scenarios),
        files: vec!["gallery.feature".to_owned(), "own.feature".to_owned()],
        file: "own.feature".to_owned(),
        text: "# language: zh-CN\n功能: 轮排\n".to_owned(),
        results: Some(ResultsView {
            problems: Vec::new(),
            rows: vec![failed],
            passed_count: 3,
            failed_count: 1,
        }),
        steps: vec![step("接待顺序表为 \"甲, 乙, 丙\"", "the order is \"A, B, C\"")],
        problems: Vec::new(),
        overtaken: None,
    }
}

fn differing() -> DifferenceView {
    DifferenceView {
        head: draft(Tab::Difference),
        others: vec![("preset".to_owned(), Text::new("范本", "the preset"))],
        before: "preset".to_owned(),
        settings: vec![SettingChange {
            path: "attribution.validity.days".to_owned(),
            name: Text::new("有效天数", "days a right lives"),
            before: Text::new("30", "30"),
            after: Text::new("7", "7"),
            clauses: vec!["12".to_owned()],
        }],
        clauses: vec![
            ClauseChange {
                id: "12".to_owned(),
                before: Some(Text::new("三十日内有效。", "Valid for thirty days.")),
                after: Some(Text::new("七日内有效。", "Valid for seven days.")),
            },
            ClauseChange {
                id: "13".to_owned(),
                before: None,
                after: Some(Text::new("失效前提醒。", "A warning before the lapse.")),
            },
        ],
    }
}

fn activation(standing: Standing) -> ActivationView {
    let is_draft = standing.can_be_activated();
    ActivationView {
        head: head(Tab::Activation, 6, standing),
        hindrances: if standing == Standing::Draft { wrong() } else { Vec::new() },
        submitted: (standing != Standing::Draft).then(|| ("周建国".to_owned(), ago(30))),
        approved: (!is_draft).then(|| ("欧阳明慧".to_owned(), ago(20))),
        change_count: 3,
        may_hand_in: standing == Standing::Draft,
        may_approve: is_draft && standing != Standing::Draft,
        may_activate: is_draft && standing != Standing::Draft,
        may_withdraw: !is_draft,
        eyes: Some(crate::language::Key("rulebook-eyes-author")),
        activate_at: "2026-12-01T08:30".to_owned(),
        problems: Vec::new(),
    }
}

/// Every sample.
pub fn all(viewer: Viewer) -> Vec<Sample> {
    let frame = || frame(viewer, Some(Place::Rulebooks), "manager");
    let none = RulebooksView { own: Vec::new(), ..lists() };
    let rows = lists();
    let draft_read = reading(rows.own[2].clone());
    let active = reading(rows.own[0].clone());
    let form = ClauseForm {
        before: "12".to_owned(),
        id: "12".to_owned(),
        carry: "enforce".to_owned(),
        zh: "三十日内有效。".to_owned(),
        en: "Valid for thirty days.".to_owned(),
        carried_by: "attribution.validity.days".to_owned(),
        ..ClauseForm::default()
    };
    let clauses = ClausesView {
        head: draft(Tab::Clauses),
        clauses: vec![("12".to_owned(), Text::new("三十日内有效。", "Valid for thirty days."))],
        form,
        carries: vec!["enforce".to_owned(), "record".to_owned()],
        settings: vec!["attribution.validity.days".to_owned()],
        problems: vec![Problem {
            field: String::new(), text: "条款 `12` 出现两次".to_owned()
        }],
        overtaken: None,
    };
    let text = TextView {
        head: draft(Tab::Text),
        text: "[about]\ntitle = { zh = \"甲\", en = \"A\" }\n".to_owned(),
        problems: wrong(),
        overtaken: None,
    };
    let preset = RulebookView {
        scenarios: Scenarios::Ready("/rulebooks/reception-revised?run=yes#scenarios".to_owned()),
        ..reading(rows.presets[0].clone())
    };
    vec![
        sample("rulebooks/list", true, &RulebooksPage { frame: frame(), view: rows }),
        sample("rulebooks/none", true, &RulebooksPage { frame: frame(), view: none }),
        sample("rulebooks/draft", true, &RulebookPage { frame: frame(), view: draft_read }),
        sample("rulebooks/active", true, &RulebookPage { frame: frame(), view: active }),
        sample("rulebooks/preset", true, &RulebookPage { frame: frame(), view: preset }),
        sample("rulebooks/settings", true, &SettingsPage { frame: frame(), view: settings() }),
        sample("rulebooks/clauses", true, &ClausesPage { frame: frame(), view: clauses }),
        sample("rulebooks/text", true, &TextPage { frame: frame(), view: text }),
        sample("rulebooks/scenarios", true, &ScenariosPage { frame: frame(), view: trying() }),
        sample("rulebooks/difference", true, &DifferencePage { frame: frame(), view: differing() }),
        sample(
            "rulebooks/hindered",
            true,
            &ActivationPage { frame: frame(), view: activation(Standing::Draft) },
        ),
        sample(
            "rulebooks/approval",
            true,
            &ActivationPage { frame: frame(), view: activation(Standing::HandedIn) },
        ),
        sample(
            "rulebooks/withdraw",
            true,
            &ActivationPage { frame: frame(), view: activation(Standing::Scheduled(ago(-600))) },
        ),
        sample("rulebooks/affected", false, &Affected { w: frame().words, affected: affected() }),
    ]
}

/// Seven days instead of thirty.
fn affected() -> AffectedView {
    let days =
        ("attribution.validity.days".to_owned(), Text::new("有效天数", "days a right lives"));
    AffectedView {
        convertible: vec![days],
        rights: true,
        client_count: 512,
        kept: [0, 0, 0],
        converted: [37, 512, 0],
        make_up_count: Some(2),
        suspension_count: Some(1),
    }
}
