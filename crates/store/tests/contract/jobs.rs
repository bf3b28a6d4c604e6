//! Jobs are claimed once, tried again, and given up in the end.

use std::collections::BTreeSet;

use store::{
    Db, StoreError, TenantId,
    jobs::{self, Job, NewJob},
};
use uuid::Uuid;

use crate::harness::{at, on_both, site};

fn job(tenant: TenantId) -> NewJob<'static> {
    NewJob {
        tenant,
        site: None,
        id: Uuid::now_v7(),
        kind: "report",
        payload: "{}",
        run_at: at(10),
        dedupe_key: None,
        created_at: at(0),
    }
}

async fn claim(db: &Db, worker: &str, seconds: i64) -> Result<Option<Job>, StoreError> {
    let mut tx = db.write().await?;
    let job = jobs::claim(&mut tx, worker, at(seconds), at(seconds + 60)).await?;
    tx.commit().await?;
    Ok(job)
}

on_both! {
    async fn a_job_is_claimed_when_it_is_due_and_not_again_before_its_lease_ends(db: Db) {
        let (tenant, site) = site(&db).await;
        let mut tx = db.write().await.unwrap();
        let new = NewJob { site: Some(site), ..job(tenant) };
        assert!(jobs::enqueue(&mut tx, &new).await.unwrap());
        tx.commit().await.unwrap();
        assert_eq!(claim(&db, "a", 9).await.unwrap(), None);
        let first = claim(&db, "a", 10).await.unwrap().unwrap();
        assert_eq!((first.id, first.site, first.attempts), (new.id, Some(site), 1));
        assert_eq!((first.kind.as_str(), first.payload.as_str()), ("report", "{}"));
        assert_eq!(claim(&db, "b", 69).await.unwrap(), None);
        let second = claim(&db, "b", 70).await.unwrap().unwrap();
        assert_eq!((second.attempts, second.claimed_by.as_deref()), (2, Some("b")));
        // The first worker comes too late.
        let mut tx = db.write().await.unwrap();
        assert!(matches!(jobs::complete(&mut tx, &first, at(71)).await, Err(StoreError::Conflict("job"))));
        assert!(matches!(jobs::fail(&mut tx, &first, "", at(71)).await, Err(StoreError::Conflict("job"))));
        jobs::complete(&mut tx, &second, at(72)).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(claim(&db, "a", 1_000).await.unwrap(), None);
        let done = jobs::of_tenant(&mut db.read().await.unwrap(), tenant, 9).await.unwrap().remove(0);
        assert_eq!((done.done_at, done.last_error), (Some(at(72)), None));
    }

    async fn the_same_key_is_enqueued_once_ever(db: Db) {
        let (tenant, _) = site(&db).await;
        let mut tx = db.write().await.unwrap();
        for (key, expected) in [(Some("a"), true), (Some("a"), false), (Some("b"), true), (None, true), (None, true)] {
            let new = NewJob { dedupe_key: key, ..job(tenant) };
            assert_eq!(jobs::enqueue(&mut tx, &new).await.unwrap(), expected);
        }
        assert_eq!(jobs::of_tenant(&mut tx, tenant, 9).await.unwrap().len(), 4);
        assert_eq!(jobs::of_tenant(&mut tx, tenant, 2).await.unwrap().len(), 2);
    }

    async fn a_job_that_was_rolled_back_never_was(db: Db) {
        let (tenant, _) = site(&db).await;
        let mut tx = db.write().await.unwrap();
        jobs::enqueue(&mut tx, &job(tenant)).await.unwrap();
        tx.rollback().await.unwrap();
        assert_eq!(claim(&db, "a", 10).await.unwrap(), None);
    }

    async fn a_failed_job_is_tried_later_and_given_up_in_the_end(db: Db) {
        let (tenant, _) = site(&db).await;
        let mut tx = db.write().await.unwrap();
        jobs::enqueue(&mut tx, &job(tenant)).await.unwrap();
        let mut now = at(10);
        for attempt in 1..=jobs::ATTEMPTS_MAX {
            let job = jobs::claim(&mut tx, "a", now, now).await.unwrap().unwrap();
            assert_eq!(job.attempts, attempt);
            match jobs::fail(&mut tx, &job, "no route", now).await.unwrap() {
                Some(again) => {
                    assert!(again > now);
                    assert_eq!(jobs::claim(&mut tx, "a", now, now).await.unwrap(), None);
                    now = again;
                }
                None => assert_eq!(attempt, jobs::ATTEMPTS_MAX),
            }
        }
        let job = jobs::of_tenant(&mut tx, tenant, 1).await.unwrap().remove(0);
        assert_eq!((job.given_up_at, job.last_error.as_deref()), (Some(now), Some("no route")));
        assert_eq!(jobs::claim(&mut tx, "a", at(10_000_000), at(10_000_001)).await.unwrap(), None);
    }

    async fn each_of_40_jobs_is_claimed_once_by_4_workers(db: Db) {
        let (tenant, _) = site(&db).await;
        let mut tx = db.write().await.unwrap();
        for _ in 0..40 {
            jobs::enqueue(&mut tx, &job(tenant)).await.unwrap();
        }
        tx.commit().await.unwrap();
        let mut workers = Vec::new();
        for worker in 0..4 {
            let db = db.clone();
            workers.push(tokio::spawn(async move {
                let mut mine = Vec::new();
                let name = worker.to_string();
                while let Some(job) = store::retry!(StoreError, claim(&db, &name, 10)).unwrap() {
                    mine.push(job.id);
                }
                mine
            }));
        }
        let mut claimed = Vec::new();
        for worker in workers {
            claimed.extend(worker.await.unwrap());
        }
        assert_eq!(claimed.len(), 40);
        assert_eq!(claimed.into_iter().collect::<BTreeSet<_>>().len(), 40);
    }
}
