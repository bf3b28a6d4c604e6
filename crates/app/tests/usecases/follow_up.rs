//! Following up, as the product keeps it: a task after a visit, one entry for both, the clock at night.

use std::collections::BTreeSet;

use app::{
    ClientId, PersonId, attribution,
    clients::{self, NewClient},
    follow_up::{self, lists},
    rotation::Command as Floor,
};
use chrono::TimeDelta;
use domain::{
    follow_up::{
        Command, Outcome,
        command::Entry,
        rules::{Field, Means, Occasion, Trigger},
    },
    rotation::state::Arrival,
};
use uuid::Uuid;

use crate::harness::{Gallery, RULEBOOK, at, on_both};

async fn rules(gallery: &Gallery) {
    let text = format!(
        "{RULEBOOK}\n[follow_up.on.visit]\ntask = true\ndue = \"same_day\"\ndone_by = [\"call\"]\n\
         [follow_up.record.call]\nrequired = [\"summary\"]\n\
         [follow_up.rhythm.everyone]\ntask = true\ninterval_days = 7\n"
    );
    gallery.rule_by(&text).await;
}

async fn visited(gallery: &Gallery) -> (ClientId, PersonId) {
    let telephones = vec!["13812345678".to_owned()];
    let new = NewClient { name: "王小明".into(), telephones, ..NewClient::default() };
    let (app, desk) = (&gallery.app, &gallery.desk);
    let id = Uuid::now_v7();
    let wang = clients::register(app, desk, gallery.site, id, &new).await.unwrap().id;
    let (visit, by) = gallery.arrive(Arrival { client: Some(wang), ..Arrival::default() }).await;
    gallery.done(desk, Floor::Finish { visit }).await;
    (wang, by)
}

fn call(by: PersonId, fields: &[Field]) -> Command {
    let fields: BTreeSet<Field> = fields.iter().copied().collect();
    let (means, occasion) = (Means::Call, Occasion::Call);
    Command::Record(Entry { by, means, occasion, fields, class: None, next: None })
}

async fn open(gallery: &Gallery, person: PersonId) -> Vec<Trigger> {
    let caller = gallery.consultants.iter().find(|caller| caller.is_person(person)).unwrap();
    let lists = lists(&gallery.app, caller, gallery.site, Some(person)).await.unwrap();
    lists.today.iter().map(|line| line.task.trigger).collect()
}

on_both! {
    async fn a_visit_that_is_over_opens_a_task_and_a_complete_record_closes_it(gallery: Gallery) {
        gallery.open_day().await;
        rules(gallery).await;
        let (wang, by) = visited(gallery).await;
        assert_eq!(open(gallery, by).await, [Trigger::Visit]);
        let caller = gallery.consultants.iter().find(|caller| caller.is_person(by)).unwrap();
        let give = |command: Command| async move {
            let id = Uuid::now_v7();
            follow_up::carry_out(&gallery.app, caller, wang, id, &command).await.unwrap().outcome
        };
        let lacking = give(call(by, &[])).await;
        assert_eq!(lacking, Outcome::Lacking { missing: vec![Field::Summary] });
        assert_eq!(open(gallery, by).await, [Trigger::Visit]);
        let saved = give(call(by, &[Field::Summary])).await;
        assert!(matches!(saved, Outcome::Recorded { ref completed, .. } if completed.len() == 1));
        assert_eq!(open(gallery, by).await, []);
        let looked = attribution::look(&gallery.app, &gallery.desk, wang).await.unwrap();
        assert!(looked.client.contacts.iter().any(|contact| contact.by == by && contact.complete));
    }

    async fn a_command_is_carried_out_once(gallery: Gallery) {
        gallery.open_day().await;
        rules(gallery).await;
        let (wang, by) = visited(gallery).await;
        let id = Uuid::now_v7();
        let command = call(by, &[Field::Summary]);
        for repeated in [false, true] {
            let carried = follow_up::carry_out(&gallery.app, &gallery.desk, wang, id, &command);
            assert_eq!(carried.await.unwrap().repeated, repeated);
        }
        let seen = follow_up::seen(&gallery.app, &gallery.desk, wang).await.unwrap();
        let calls = seen.tracking.records.iter().filter(|record| record.means == Means::Call);
        assert_eq!(calls.count(), 1);
    }

    async fn the_clock_opens_what_falls_due_after_days_of_silence(gallery: Gallery) {
        gallery.open_day().await;
        rules(gallery).await;
        let (wang, by) = visited(gallery).await;
        let id = Uuid::now_v7();
        let command = call(by, &[Field::Summary]);
        follow_up::carry_out(&gallery.app, &gallery.desk, wang, id, &command).await.unwrap();
        gallery.hand.set(at(0) + TimeDelta::days(6));
        app::jobs::run_due(&gallery.app, "test").await.unwrap();
        assert_eq!(open(gallery, by).await, []);
        gallery.hand.set(at(0) + TimeDelta::days(7));
        app::jobs::run_due(&gallery.app, "test").await.unwrap();
        assert_eq!(open(gallery, by).await, [Trigger::Silence]);
    }

    async fn only_who_leads_sees_the_list_of_others(gallery: Gallery) {
        gallery.open_day().await;
        rules(gallery).await;
        let (app, site) = (&gallery.app, gallery.site);
        let (own, other) = (gallery.person(0), gallery.person(1));
        let caller = &gallery.consultants[0];
        assert!(lists(app, caller, site, Some(own)).await.is_ok());
        assert!(lists(app, caller, site, Some(other)).await.is_err());
        assert!(lists(app, caller, site, None).await.is_err());
    }
}
