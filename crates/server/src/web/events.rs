//! The stream of changes that every open browser reads.

use std::{convert::Infallible, time::Duration};

use axum::{
    extract::{Query, State},
    response::sse::{Event, Sse},
};
use futures_util::stream::{self, Stream};
use serde::Deserialize;

use super::{reader::Reader, state::Server};

/// How often a beat is sent when nothing changes.
const BEAT: Duration = Duration::from_secs(15);
/// Browsers drop an event without data.
const SOMETHING: &str = "-";
/// How many changes are read at once.
const AT_ONCE: i64 = 200;

/// From where to read on.
#[derive(Debug, Deserialize)]
pub struct From {
    #[serde(default)]
    after: i64,
}

/// `GET /events`: a `changed` event with its number for what changed at the reader's site.
pub async fn events(
    State(server): State<Server>,
    reader: Reader,
    Query(from): Query<From>,
) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let wake = server.app.db.listen();
    let (tenant, site) = (reader.caller().tenant, reader.site.id);
    let start = (server, wake, from.after, true);
    let changes = stream::unfold(start, move |(server, mut wake, mut after, first)| async move {
        if first {
            let event = Event::default().event("beat").data(SOMETHING);
            return Some((Ok(event), (server, wake, after, false)));
        }
        loop {
            match latest(&server, tenant, site, after).await {
                Some(number) if number > after => {
                    after = number;
                    let event =
                        Event::default().event("changed").id(number.to_string()).data(SOMETHING);
                    return Some((Ok(event), (server, wake, after, false)));
                }
                _ => {}
            }
            match tokio::time::timeout(BEAT, wake.changed()).await {
                Ok(Ok(())) => {}
                Ok(Err(_)) => return None,
                Err(_) => {
                    let event = Event::default().event("beat").data(SOMETHING);
                    return Some((Ok(event), (server, wake, after, false)));
                }
            }
        }
    });
    Sse::new(changes)
}

async fn latest(
    server: &Server,
    tenant: app::TenantId,
    site: app::SiteId,
    after: i64,
) -> Option<i64> {
    app::sites::changed_since(&server.app, tenant, site, after, AT_ONCE).await.ok().flatten()
}
