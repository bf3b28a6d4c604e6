//! Follow-ups as lists read them: the open tasks of each client, and when the clock looks again.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::{SiteId, StoreError, TenantId, Tx, db::on};

/// An open task of a client.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct TaskRow {
    /// The client.
    pub client: Uuid,
    /// Which of the client's tasks, from 1.
    pub number: i64,
    /// Whose task; nobody's yet.
    pub person: Option<Uuid>,
    /// From when it is on the list.
    pub shown_from: DateTime<Utc>,
    /// The last moment on time; nothing: open until it is done.
    pub due_at: Option<DateTime<Utc>>,
}

/// Replaces the open tasks of `client`, and the moment from which the clock looks again.
pub async fn replace(
    tx: &mut Tx,
    (tenant, site): (TenantId, SiteId),
    client: Uuid,
    tasks: &[TaskRow],
    wake_at: Option<DateTime<Utc>>,
) -> Result<(), StoreError> {
    const FORGET: &str = "DELETE FROM follow_up_task WHERE tenant = $1 AND client = $2";
    const ADD: &str =
        "INSERT INTO follow_up_task (tenant, site, client, number, person, shown_from, due_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7)";
    const WAKE: &str = "INSERT INTO follow_up_client (tenant, site, client, wake_at)
        VALUES ($1, $2, $3, $4)
        ON CONFLICT (tenant, client) DO UPDATE SET wake_at = excluded.wake_at";
    on!(tx, conn => sqlx::query(FORGET).bind(tenant).bind(client).execute(conn).await?.rows_affected());
    for task in tasks {
        on!(tx, conn => sqlx::query(ADD)
            .bind(tenant)
            .bind(site)
            .bind(client)
            .bind(task.number)
            .bind(task.person)
            .bind(task.shown_from)
            .bind(task.due_at)
            .execute(conn)
            .await?
            .rows_affected());
    }
    on!(tx, conn => sqlx::query(WAKE)
        .bind(tenant)
        .bind(site)
        .bind(client)
        .bind(wake_at)
        .execute(conn)
        .await?
        .rows_affected());
    Ok(())
}

/// The open tasks of `site` that are on a list before `until`, of `person` where one is named; those due
/// first come first, at most `limit`.
pub async fn open(
    tx: &mut Tx,
    (tenant, site): (TenantId, SiteId),
    person: Option<Uuid>,
    until: DateTime<Utc>,
    limit: i64,
) -> Result<Vec<TaskRow>, StoreError> {
    const OF_SITE: &str = "SELECT client, number, person, shown_from, due_at FROM follow_up_task
        WHERE tenant = $1 AND site = $2 AND shown_from <= $3
        ORDER BY CASE WHEN due_at IS NULL THEN 1 ELSE 0 END, due_at, client, number LIMIT $4";
    const OF_PERSON: &str = "SELECT client, number, person, shown_from, due_at FROM follow_up_task
        WHERE tenant = $1 AND site = $2 AND shown_from <= $3 AND person = $5
        ORDER BY CASE WHEN due_at IS NULL THEN 1 ELSE 0 END, due_at, client, number LIMIT $4";
    Ok(match person {
        None => on!(tx, conn => sqlx::query_as(OF_SITE)
            .bind(tenant)
            .bind(site)
            .bind(until)
            .bind(limit)
            .fetch_all(conn)
            .await?),
        Some(person) => on!(tx, conn => sqlx::query_as(OF_PERSON)
            .bind(tenant)
            .bind(site)
            .bind(until)
            .bind(limit)
            .bind(person)
            .fetch_all(conn)
            .await?),
    })
}

/// The clients of `site` at whom the clock must look by `at`, at most `limit`.
pub async fn to_wake(
    tx: &mut Tx,
    (tenant, site): (TenantId, SiteId),
    at: DateTime<Utc>,
    limit: i64,
) -> Result<Vec<Uuid>, StoreError> {
    const SQL: &str = "SELECT client FROM follow_up_client
        WHERE tenant = $1 AND site = $2 AND wake_at <= $3 ORDER BY wake_at, client LIMIT $4";
    let rows: Vec<(Uuid,)> = on!(tx, conn => sqlx::query_as(SQL)
        .bind(tenant)
        .bind(site)
        .bind(at)
        .bind(limit)
        .fetch_all(conn)
        .await?);
    Ok(rows.into_iter().map(|(client,)| client).collect())
}
