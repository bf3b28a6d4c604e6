//! The floors of the bench: a company with a site for each ring, and the bare rows beside it.

use std::{
    collections::VecDeque,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use app::{
    App, AppError, Caller, CommandId, PersonId, SiteId, TenantId, VisitId, rotation,
    rotation::{Carried, Command},
};
use chrono::{Days, NaiveDate};
use domain::rotation::{
    Event,
    state::{Arrival, Profile, RingId},
};
use store::{StreamId, StreamKind, bare, journal, stream};
use tokio::sync::RwLock;

use super::super::Failed;

/// How many consultants a site has.
const CONSULTANTS: usize = 10;

/// After how many visits a new day begins: more than a gallery sees.
const VISITS_PER_DAY: u32 = 300;

/// A company of the bench.
pub(super) struct Company {
    app: App,
    caller: Caller,
    sites: Vec<Site>,
}

struct Site {
    id: SiteId,
    consultants: Vec<PersonId>,
    /// Receptions that run, and how many visits the day has seen.
    running: Mutex<(VecDeque<VisitId>, u32)>,
    /// Held alone while a day ends and the next begins.
    day: RwLock<NaiveDate>,
}

fn failed(error: AppError) -> Failed {
    Failed::new(format!("a decision failed: {error}"))
}

fn store_failed(error: store::StoreError) -> Failed {
    Failed::new(format!("a write failed: {error}"))
}

impl Company {
    /// Founds a company with `rings` sites, everybody signed in.
    pub async fn found(app: &App, rings: usize) -> Result<Self, Failed> {
        let tenant = app::sites::create_company(app, "bench").await.map_err(failed)?;
        let caller = Caller::system(tenant);
        let mut company = Self { app: app.clone(), caller, sites: Vec::new() };
        for _ in 0..rings {
            let site = company.site().await?;
            company.sites.push(site);
        }
        Ok(company)
    }

    async fn site(&self) -> Result<Site, Failed> {
        let (app, caller) = (&self.app, &self.caller);
        let site = app::sites::create_site(app, caller, "bench", "Asia/Shanghai").await;
        let id = site.map_err(failed)?.id;
        let draft = app::rulebooks::copy_preset(app, caller, id, "bench").await.map_err(failed)?;
        app::rulebooks::activate(app, caller, draft.id, None).await.map_err(failed)?;
        let consultants: Vec<_> = (0..CONSULTANTS).map(|_| PersonId(CommandId::now_v7())).collect();
        let today = app.clock.now().date_naive();
        let site = Site { id, consultants, running: Mutex::default(), day: RwLock::new(today) };
        for person in site.consultants.iter().copied() {
            let profile = Profile { certified: true, rotates: true, ..Profile::default() };
            self.give(&site, Command::SetProfile { person, profile }).await?;
        }
        self.open(&site, today).await?;
        Ok(site)
    }

    async fn open(&self, site: &Site, date: NaiveDate) -> Result<(), Failed> {
        self.give(site, Command::OpenDay { date, roster: None }).await?;
        let (ring, order) = (RingId::default(), site.consultants.clone());
        self.give(site, Command::SetOrder { ring, order }).await?;
        for person in site.consultants.iter().copied() {
            self.give(site, Command::SignIn { person }).await?;
        }
        Ok(())
    }

    async fn give(&self, site: &Site, command: Command) -> Result<Carried, Failed> {
        let id = CommandId::now_v7();
        let carried = rotation::carry_out(&self.app, &self.caller, site.id, id, command, None);
        carried.await.and_then(Carried::accepted).map_err(failed)
    }

    /// One decision at the site with this number: how long it took.
    pub async fn decide(&self, number: usize) -> Result<Duration, Failed> {
        let site = self.sites.get(number).ok_or_else(|| Failed::new("no such site"))?;
        self.begin_day_if_due(site).await?;
        let day = site.day.read().await;
        let command = match site.next() {
            Some(visit) => Command::Finish { visit },
            None => {
                Command::Arrive { visit: VisitId(CommandId::now_v7()), arrival: Arrival::default() }
            }
        };
        let began = Instant::now();
        let carried = self.give(site, command).await?;
        let took = began.elapsed();
        site.note(&carried);
        drop(day);
        Ok(took)
    }

    async fn begin_day_if_due(&self, site: &Site) -> Result<(), Failed> {
        if !site.is_full() {
            return Ok(());
        }
        let mut day = site.day.write().await;
        if !site.is_full() {
            return Ok(());
        }
        self.give(site, Command::CloseDay { end_open: true }).await?;
        *day = day.checked_add_days(Days::new(1)).unwrap_or(*day);
        self.open(site, *day).await?;
        *site.running.lock().unwrap_or_else(PoisonError::into_inner) = Default::default();
        Ok(())
    }

    /// The same rows, to be written bare: `rings` streams of another company, texts of a real decision.
    pub async fn bare(&self, rings: usize) -> Result<Bare, Failed> {
        let floor = |site: SiteId| StreamId { kind: StreamKind::Floor, id: site.0 };
        let site = self.sites.first().ok_or_else(|| Failed::new("no such site"))?;
        let mut tx = self.app.db.read().await.map_err(store_failed)?;
        let peeked = stream::peek(&mut tx, self.caller.tenant, floor(site.id)).await;
        let peeked = peeked.map_err(store_failed)?.ok_or_else(|| Failed::new("no floor"))?;
        let from = (peeked.version - 50).max(1);
        let entries = journal::of_stream(&mut tx, self.caller.tenant, floor(site.id), from, 60);
        let mut entries = entries.await.map_err(store_failed)?;
        entries.retain(|entry| entry.command_kind == "arrive");
        let entry = entries.pop().ok_or_else(|| Failed::new("nobody arrived"))?;
        drop(tx);
        let tenant = app::sites::create_company(&self.app, "bare").await.map_err(failed)?;
        let mut streams = Vec::new();
        for _ in 0..rings {
            let caller = Caller::system(tenant);
            let site = app::sites::create_site(&self.app, &caller, "bare", "Asia/Shanghai").await;
            let site = site.map_err(failed)?.id;
            let mut tx = self.app.db.write().await.map_err(store_failed)?;
            stream::ensure(&mut tx, tenant, site, floor(site)).await.map_err(store_failed)?;
            tx.commit().await.map_err(store_failed)?;
            streams.push((site, floor(site)));
        }
        let state = peeked.state.unwrap_or_default();
        Ok(Bare {
            app: self.app.clone(),
            tenant,
            streams,
            state,
            entry,
            receiver: site.consultants[0],
        })
    }
}

impl Site {
    /// A reception that runs, to be ended.
    fn next(&self) -> Option<VisitId> {
        self.running.lock().unwrap_or_else(PoisonError::into_inner).0.pop_front()
    }

    fn is_full(&self) -> bool {
        self.running.lock().unwrap_or_else(PoisonError::into_inner).1 >= VISITS_PER_DAY
    }

    fn note(&self, carried: &Carried) {
        let mut running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        for event in &carried.events {
            match event {
                Event::Received { visit, .. } => running.0.push_back(*visit),
                Event::Arrived { .. } => running.1 += 1,
                _ => {}
            }
        }
    }
}

/// Bare rows.
pub(super) struct Bare {
    app: App,
    tenant: TenantId,
    streams: Vec<(SiteId, StreamId)>,
    state: String,
    entry: journal::Entry,
    receiver: PersonId,
}

impl Bare {
    /// Writes the rows of one arrival to the stream with this number: how long it took.
    pub async fn write(&self, number: usize) -> Result<Duration, Failed> {
        let (site, stream) = *self.streams.get(number).ok_or_else(|| Failed::new("no stream"))?;
        let at = self.app.clock.now();
        let arrival = bare::Arrival {
            tenant: self.tenant,
            site,
            stream,
            state: &self.state,
            command: &self.entry.command,
            events: &self.entry.events,
            because: &self.entry.because,
            outcome: &self.entry.outcome,
            day: at.date_naive(),
            ring: "walk_in",
            receiver: self.receiver.0,
            at,
        };
        let began = Instant::now();
        bare::write(&self.app.db, &arrival).await.map_err(store_failed)?;
        Ok(began.elapsed())
    }
}
