//! Rulebooks of a site.

use app::{
    AppError, Role,
    clients::NewClient,
    rulebooks::{self, Activation, Change, Changed, MayApprove, Rights},
};
use chrono::TimeDelta;
use rulebook::{Carry, ClauseId, Words, edit::ClauseText};
use uuid::Uuid;

use crate::harness::{Gallery, RULEBOOK, details, on_both};

/// The rulebook of the tests, with a period for rights.
fn with_days(days: &str) -> String {
    format!(
        "{RULEBOOK}\n[[clause]]\nid = \"days\"\ntext = {{ zh = \"期\", en = \"days\" }}\n\
         carried_by = [\"attribution.*\"]\n[attribution.first]\nprinciple = \"reception\"\n\
         [attribution.validity]\ndays = {days}\n[attribution.identity]\nfamily = []\n[attribution.claim]\nwindow_days = 7\n"
    )
}

fn saved(changed: Changed) -> rulebooks::Version {
    match changed {
        Changed::Saved(version) => *version,
        other => panic!("not saved: {other:?}"),
    }
}

fn settings(path: &str, typed: &str) -> Change {
    Change::Settings(vec![(path.to_owned(), typed.to_owned())])
}

/// A draft that the supervisor wrote.
async fn draft(gallery: &Gallery, text: &str) -> rulebooks::Version {
    rulebooks::submit(&gallery.app, &gallery.supervisor, gallery.site, "test", text).await.unwrap()
}

on_both! {
    async fn what_is_undecided_cannot_be_activated(gallery: Gallery) {
        let text = RULEBOOK.replace("carry_over = \"reset\"", "carry_over = \"unset\"");
        let draft =
            rulebooks::submit(&gallery.app, &gallery.supervisor, gallery.site, "test", &text)
                .await
                .unwrap();
        assert_eq!((draft.number, draft.effective_at), (2, None));
        let by_supervisor =
            rulebooks::activate(&gallery.app, &gallery.supervisor, draft.id, None).await;
        assert!(matches!(by_supervisor, Err(AppError::NotPermitted(_))));
        let undecided = rulebooks::activate(&gallery.app, &gallery.manager, draft.id, None).await;
        let Err(AppError::Invalid { message, .. }) = undecided else { panic!("{undecided:?}") };
        assert!(message.contains("rotation.order.carry_over"), "{message}");
    }

    async fn what_cannot_be_read_is_not_taken(gallery: Gallery) {
        for text in ["nonsense", "[rotation.order]\nsauce = \"sign_in\"\n"] {
            let refused =
                rulebooks::submit(&gallery.app, &gallery.manager, gallery.site, "test", text).await;
            assert!(matches!(refused, Err(AppError::Invalid { field: "text", .. })), "{text}");
        }
    }

    async fn a_version_rules_from_its_time_on(gallery: Gallery) {
        let now = gallery.app.clock.now();
        let text = RULEBOOK.replace("carry_over = \"reset\"", "carry_over = \"pointer\"");
        let draft = rulebooks::submit(&gallery.app, &gallery.manager, gallery.site, "test", &text)
            .await
            .unwrap();
        let from = now + TimeDelta::days(1);
        let version = rulebooks::activate(&gallery.app, &gallery.manager, draft.id, Some(from))
            .await
            .unwrap();
        assert!(!version.active);
        let active = |at| rulebooks::active(&gallery.app, &gallery.manager, gallery.site, at);
        assert_eq!(active(from - TimeDelta::microseconds(1)).await.unwrap().unwrap().number, 1);
        assert_eq!(active(from).await.unwrap().unwrap().number, 2);
        let versions =
            rulebooks::versions(&gallery.app, &gallery.manager, gallery.site).await.unwrap();
        let difference =
            rulebooks::difference(&gallery.app, &gallery.manager, versions[1].id, versions[0].id)
                .await
                .unwrap();
        assert_eq!(difference.settings.len(), 1);
        assert_eq!(difference.settings[0].setting, "rotation.order.carry_over");
        let past = rulebooks::activate(
            &gallery.app,
            &gallery.manager,
            draft.id,
            Some(now - TimeDelta::days(1)),
        )
        .await;
        assert!(matches!(past, Err(AppError::Invalid { field: "effective_at", .. })));
    }

    async fn a_form_changes_a_setting_and_keeps_everything_else(gallery: Gallery) {
        let text = format!("# ours\n{RULEBOOK}");
        let draft = draft(gallery, &text).await;
        let carry_over = settings("rotation.order.carry_over", "接着前一日");
        let (app, lead) = (&gallery.app, &gallery.supervisor);
        let version = rulebooks::change(app, lead, draft.id, 1, &carry_over).await.unwrap();
        let version = saved(version);
        assert_eq!(version.text, text.replace("carry_over = \"reset\"", "carry_over = \"pointer\""));
        assert_eq!((version.revision, version.changed_by), (2, lead.person));
        let wrong = settings("rotation.order.carry_over", "sometimes");
        let wrong = rulebooks::change(app, lead, draft.id, 2, &wrong).await.unwrap();
        let Changed::Wrong(problems) = wrong else { panic!("{wrong:?}") };
        assert_eq!(problems[0].0, "rotation.order.carry_over");
        assert!(problems[0].1.message.zh.contains("接着前一日"), "{problems:?}");
        let unknown = settings("rotation.order.carry_offer", "pointer");
        let unknown = rulebooks::change(app, lead, draft.id, 2, &unknown).await.unwrap();
        let Changed::Wrong(problems) = unknown else { panic!("{unknown:?}") };
        assert!(problems[0].1.hint.en.contains("rotation.order.carry_over"), "{problems:?}");
    }

    async fn the_second_of_two_authors_is_told_and_loses_nothing(gallery: Gallery) {
        let draft = draft(gallery, RULEBOOK).await;
        let (app, lead, manager) = (&gallery.app, &gallery.supervisor, &gallery.manager);
        let first = settings("rotation.order.carry_over", "pointer");
        saved(rulebooks::change(app, lead, draft.id, 1, &first).await.unwrap());
        let second = settings("rotation.order.carry_over", "reset");
        let told = rulebooks::change(app, manager, draft.id, 1, &second).await.unwrap();
        let Changed::Overtaken(now) = told else { panic!("{told:?}") };
        assert_eq!((now.revision, now.changed_by), (2, lead.person));
        assert!(now.text.contains("carry_over = \"pointer\""));
        let again = rulebooks::change(app, manager, draft.id, now.revision, &second).await.unwrap();
        assert!(saved(again).text.contains("carry_over = \"reset\""));
    }

    async fn clauses_and_scenarios_are_kept_with_the_draft(gallery: Gallery) {
        let draft = draft(gallery, RULEBOOK).await;
        let (app, lead) = (&gallery.app, &gallery.supervisor);
        let clause = ClauseText {
            id: ClauseId("99".into()),
            covers: Vec::new(),
            carry: Carry::Enforce,
            text: Words { zh: "新".into(), en: "New".into() },
            warning: None,
            carried_by: vec!["rotation.order.carry_over".into()],
        };
        let put = Change::Clause { before: None, clause };
        saved(rulebooks::change(app, lead, draft.id, 1, &put).await.unwrap());
        let text = "# language: zh-CN\n功能: 例\n  @99\n  场景: 无人\n    那么 没有这一步\n";
        let file = |name: &str| Change::Scenario { file: name.into(), text: Some(text.into()) };
        saved(rulebooks::change(app, lead, draft.id, 2, &file("own.feature")).await.unwrap());
        let refused = rulebooks::change(app, lead, draft.id, 3, &file("../own")).await;
        assert!(matches!(refused, Err(AppError::Invalid { field: "file", .. })), "{refused:?}");
        let files = rulebooks::scenario_files(app, lead, draft.id).await.unwrap();
        assert_eq!(files, [("own.feature".to_owned(), text.to_owned())]);
        let (version, checked) = rulebooks::version(app, lead, draft.id).await.unwrap();
        assert_eq!((version.revision, checked.document.clauses.last().unwrap().id.0.as_str()), (3, "99"));
        let tried = rulebooks::try_scenarios(lead, files, &checked.document).await.unwrap();
        assert_eq!(tried.ran[0].failure.as_ref().unwrap().line, 5);
        let copy = rulebooks::copy_version(app, lead, draft.id).await.unwrap();
        assert_eq!(rulebooks::scenario_files(app, lead, copy.id).await.unwrap().len(), 1);
    }

    async fn nobody_approves_what_they_wrote_unless_they_are_alone(gallery: Gallery) {
        let (app, lead, manager) = (&gallery.app, &gallery.supervisor, &gallery.manager);
        let by_lead = draft(gallery, RULEBOOK).await;
        let early = rulebooks::approve(app, manager, by_lead.id, 1).await;
        assert!(matches!(early, Err(AppError::Conflict { .. })), "not handed in: {early:?}");
        rulebooks::hand_in(app, lead, by_lead.id).await.unwrap();
        assert_eq!(rulebooks::may_approve(app, lead, by_lead.id).await.unwrap(), MayApprove::No);
        let approved = rulebooks::approve(app, manager, by_lead.id, 1).await.unwrap();
        assert_eq!((approved.submitted_by, approved.approved_by), (lead.person, manager.person));

        let own = rulebooks::submit(app, manager, gallery.site, "test", RULEBOOK).await.unwrap();
        assert_eq!(rulebooks::may_approve(app, manager, own.id).await.unwrap(), MayApprove::Alone);
        let system = app::Caller::system(gallery.tenant);
        let head = details(None, "总办", "head", Role::HeadOffice);
        app::people::create(app, &system, &head).await.unwrap();
        assert_eq!(rulebooks::may_approve(app, manager, own.id).await.unwrap(), MayApprove::Author);
        rulebooks::hand_in(app, manager, own.id).await.unwrap();
        let refused = rulebooks::approve(app, manager, own.id, 1).await;
        let Err(AppError::Conflict { message, .. }) = refused else { panic!("{refused:?}") };
        assert!(message.contains("does not approve"), "{message}");
        let refused = rulebooks::activate(app, manager, own.id, None).await;
        assert!(matches!(refused, Err(AppError::Conflict { .. })), "{refused:?}");
        rulebooks::activate(app, manager, by_lead.id, None).await.unwrap();
    }

    async fn a_change_after_the_approval_needs_another(gallery: Gallery) {
        let (app, lead, manager) = (&gallery.app, &gallery.supervisor, &gallery.manager);
        let draft = draft(gallery, RULEBOOK).await;
        rulebooks::hand_in(app, lead, draft.id).await.unwrap();
        rulebooks::approve(app, manager, draft.id, 1).await.unwrap();
        let change = settings("rotation.order.carry_over", "pointer");
        let changed = saved(rulebooks::change(app, lead, draft.id, 1, &change).await.unwrap());
        assert_eq!((changed.submitted_at, changed.approved_at), (None, None));
        let refused = rulebooks::activate(app, manager, draft.id, None).await;
        let Err(AppError::Conflict { message, .. }) = refused else { panic!("{refused:?}") };
        assert!(message.contains("not handed in"), "{message}");
    }

    async fn a_scheduled_version_can_be_taken_back_until_it_rules(gallery: Gallery) {
        let (app, lead, manager) = (&gallery.app, &gallery.supervisor, &gallery.manager);
        let from = app.clock.now() + TimeDelta::hours(1);
        let draft = draft(gallery, RULEBOOK).await;
        rulebooks::hand_in(app, lead, draft.id).await.unwrap();
        rulebooks::activate(app, manager, draft.id, Some(from)).await.unwrap();
        let taken = rulebooks::withdraw(app, manager, draft.id).await.unwrap();
        assert!(taken.is_withdrawn());
        gallery.hand.set(from + TimeDelta::minutes(1));
        let active = rulebooks::active(app, manager, gallery.site, app.clock.now()).await.unwrap();
        assert_eq!(active.unwrap().number, 1);
        let twice = rulebooks::withdraw(app, manager, draft.id).await;
        assert!(matches!(twice, Err(AppError::Conflict { .. })), "{twice:?}");
    }

    async fn thirty_days_become_seven_and_nobody_lapses_unless_converted(gallery: Gallery) {
        let (app, manager) = (&gallery.app, &gallery.manager);
        gallery.rule_by(&with_days("30")).await;
        let mut clients = Vec::new();
        for (telephone, days_ago) in [("13800000001", 20), ("13800000002", 2)] {
            gallery.hand.set(crate::harness::at(-60 * 24 * days_ago));
            let new = NewClient {
                name: "王".to_owned(),
                telephones: vec![telephone.to_owned()],
                ..NewClient::default()
            };
            let id = Uuid::now_v7();
            let client = app::clients::register(app, manager, gallery.site, id, &new).await.unwrap();
            let owner = Some(gallery.person(0));
            app::clients::set_owner(app, manager, client.id, owner, "from before").await.unwrap();
            clients.push(client.id);
        }
        gallery.hand.set(crate::harness::at(0));
        let draft = draft(gallery, &with_days("7")).await;
        let affected = rulebooks::affected(app, manager, draft.id).await.unwrap();
        assert_eq!(affected.client_count, 2, "{affected:?}");
        assert_eq!(affected.kept, Rights::default());
        let converted = Rights { lapse_count: 1, shortened_count: 1, extended_count: 0 };
        assert_eq!(affected.converted, converted);
        assert!(affected.living.iter().any(|living| living.convertible), "{affected:?}");

        rulebooks::hand_in(app, &gallery.supervisor, draft.id).await.unwrap();
        let from = app.clock.now() + TimeDelta::minutes(5);
        let bad = ["rotation.order.unit".to_owned()].into();
        let bad = Activation { from: Some(from), convert: bad };
        let refused = rulebooks::activate_over(app, manager, draft.id, &bad).await;
        assert!(matches!(refused, Err(AppError::Invalid { field: "convert", .. })), "{refused:?}");
        let convert = ["attribution.validity.days".to_owned()].into();
        let activation = Activation { from: Some(from), convert };
        rulebooks::activate_over(app, manager, draft.id, &activation).await.unwrap();
        app::jobs::run_due(app, "test").await.unwrap();
        assert_eq!(owners(gallery, &clients).await, [true, true], "not before it rules");
        gallery.hand.set(from);
        assert_eq!(app::jobs::run_due(app, "test").await.unwrap(), 1);
        assert_eq!(owners(gallery, &clients).await, [false, true]);
        let mut tx = app.db.read().await.unwrap();
        for client in &clients {
            let id = store::StreamId { kind: store::StreamKind::Client, id: client.0 };
            let last = store::journal::of_stream(&mut tx, gallery.tenant, id, 1, 50).await.unwrap();
            let last = last.last().unwrap();
            assert_eq!(last.command_kind, "convert_right");
            assert!(last.because.contains("\"days\""), "{}", last.because);
            assert_eq!(last.rulebook_version, Some(draft.id));
        }
    }

    async fn thirty_days_become_seven_and_everybody_keeps_theirs(gallery: Gallery) {
        let (app, manager) = (&gallery.app, &gallery.manager);
        gallery.rule_by(&with_days("30")).await;
        gallery.hand.set(crate::harness::at(-60 * 24 * 20));
        let telephones = vec!["13800000001".to_owned()];
        let new = NewClient { name: "王".to_owned(), telephones, ..NewClient::default() };
        let client =
            app::clients::register(app, manager, gallery.site, Uuid::now_v7(), &new).await.unwrap();
        let owner = Some(gallery.person(0));
        app::clients::set_owner(app, manager, client.id, owner, "from before").await.unwrap();
        gallery.hand.set(crate::harness::at(0));
        gallery.rule_by(&with_days("7")).await;
        app::jobs::run_due(app, "test").await.unwrap();
        assert_eq!(owners(gallery, &[client.id]).await, [true]);
    }
}

/// Whether each of `clients` has an owner.
async fn owners(gallery: &Gallery, clients: &[app::ClientId]) -> Vec<bool> {
    let mut tx = gallery.app.db.read().await.unwrap();
    let mut owned = Vec::new();
    for client in clients {
        let row = store::clients::get(&mut tx, gallery.tenant, client.0).await.unwrap();
        owned.push(row.owner.is_some());
    }
    owned
}
