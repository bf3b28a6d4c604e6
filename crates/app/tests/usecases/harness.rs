//! A gallery that lives for one test.

use std::process::Command as Process;

use app::{
    App, Caller, Clock, Config, PersonId, Presets, Role, SiteId, TenantId, VisitId,
    clock::Hand,
    people::Details,
    rotation::{self, Carried, Command, Outcome},
};
use chrono::{DateTime, NaiveDate, TimeDelta, TimeZone, Utc};
use domain::rotation::state::{Arrival, RingId};
use store::{Db, Keys};
use uuid::Uuid;

/// Makes each function a test on SQLite and a test on PostgreSQL.
macro_rules! on_both {
    ($($(#[$meta:meta])* async fn $name:ident($gallery:ident: Gallery) $body:block)*) => {
        $($(#[$meta])* async fn $name($gallery: &$crate::harness::Gallery) $body)*
        mod sqlite {$(
            #[tokio::test(flavor = "multi_thread")]
            async fn $name() {
                let gallery = $crate::harness::Gallery::sqlite().await;
                super::$name(&gallery).await;
                gallery.remove().await;
            }
        )*}
        mod postgres {$(
            #[tokio::test(flavor = "multi_thread")]
            async fn $name() {
                let gallery = $crate::harness::Gallery::postgres().await;
                super::$name(&gallery).await;
                gallery.remove().await;
            }
        )*}
    };
}
pub(crate) use on_both;

pub const RULEBOOK: &str = include_str!("rulebook.toml");

/// A site with four consultants (甲乙丙丁), a receptionist and a supervisor, and the day open.
pub struct Gallery {
    pub app: App,
    pub hand: Hand,
    pub tenant: TenantId,
    pub site: SiteId,
    pub administrator: Caller,
    pub desk: Caller,
    pub supervisor: Caller,
    pub manager: Caller,
    pub consultants: Vec<Caller>,
    url: String,
    name: String,
}

/// `minutes` after nine o'clock in Shanghai of some Monday.
pub fn at(minutes: i64) -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 6, 1, 1, 0, 0).unwrap() + TimeDelta::minutes(minutes)
}

pub fn day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 6, 1).unwrap()
}

pub fn details(site: Option<SiteId>, name: &str, login: &str, role: Role) -> Details {
    Details {
        site,
        team: None,
        login: login.to_owned(),
        display_name: name.to_owned(),
        roles: vec![role],
        number: None,
        certified: true,
        leaving: false,
        hired_on: None,
    }
}

impl Gallery {
    pub async fn sqlite() -> Self {
        let name = format!("lunpai-app-{}.db", Uuid::now_v7());
        let url = format!("sqlite://{}", std::env::temp_dir().join(&name).display());
        Self::open(&url, name).await
    }

    pub async fn postgres() -> Self {
        let name = format!("lunpai_app_{}", Uuid::now_v7().simple());
        psql(&format!("CREATE DATABASE {name}"));
        Self::open(&format!("{}/{name}", server()), name).await
    }

    async fn open(url: &str, name: String) -> Self {
        let (clock, hand) = Clock::standing_at(at(-30));
        let db = Db::open(url).await.unwrap();
        let keys = Keys::new("2026", [7; 32], [8; 32]);
        let presets = Presets::new([("test".to_owned(), RULEBOOK.to_owned())]);
        let app = App::new(db, keys, clock, presets, Config::default());
        let tenant = app::sites::create_company(&app, "云山置业").await.unwrap();
        let system = Caller::system(tenant);
        let site =
            app::sites::create_site(&app, &system, "云山府", "Asia/Shanghai").await.unwrap().id;
        let mut callers = Vec::new();
        for (name, login, role) in [
            ("管理员", "admin", Role::Administrator),
            ("前台", "desk", Role::Receptionist),
            ("主管", "lead", Role::Supervisor),
            ("经理", "manager", Role::Manager),
            ("甲", "jia", Role::Consultant),
            ("乙", "yi", Role::Consultant),
            ("丙", "bing", Role::Consultant),
            ("丁", "ding", Role::Consultant),
        ] {
            let at = (role != Role::Administrator).then_some(site);
            let details = details(at, name, login, role);
            let (person, _) = app::people::create(&app, &system, &details).await.unwrap();
            let (id, roles) = (Some(person.id), person.roles);
            callers.push(Caller { tenant, person: id, roles, site: person.site, scopes: None });
        }
        let draft = app::rulebooks::copy_preset(&app, &system, site, "test").await.unwrap();
        app::rulebooks::activate(&app, &system, draft.id, None).await.unwrap();
        let mut callers = callers.into_iter();
        let mut next = || callers.next().unwrap();
        let (administrator, desk, supervisor, manager) = (next(), next(), next(), next());
        let consultants = callers.collect();
        let url = url.to_owned();
        Self {
            app,
            hand,
            tenant,
            site,
            administrator,
            desk,
            supervisor,
            manager,
            consultants,
            url,
            name,
        }
    }

    /// Another process on the same database, with the same time.
    pub async fn another(&self) -> App {
        let db = Db::open(&self.url).await.unwrap();
        let keys = Keys::new("2026", [7; 32], [8; 32]);
        App::new(db, keys, self.app.clock.clone(), self.app.presets.clone(), Config::default())
    }

    /// Opens the day with the order 甲乙丙丁 and everybody signed in, at nine.
    pub async fn open_day(&self) {
        self.hand.set(at(0));
        let roster = None;
        self.done(&self.desk, Command::OpenDay { date: day(), roster }).await;
        let order = self.consultants.iter().filter_map(|caller| caller.person).collect();
        let ring = RingId::default();
        self.done(&self.supervisor, Command::SetOrder { ring, order }).await;
        for caller in &self.consultants {
            self.done(caller, Command::SignIn { person: caller.person.unwrap() }).await;
        }
    }

    pub fn person(&self, place: usize) -> PersonId {
        self.consultants[place].person.unwrap()
    }

    /// Puts another rulebook into effect at once.
    pub async fn rule_by(&self, text: &str) {
        let system = Caller::system(self.tenant);
        let draft =
            app::rulebooks::submit(&self.app, &system, self.site, "test", text).await.unwrap();
        app::rulebooks::activate(&self.app, &system, draft.id, None).await.unwrap();
    }

    pub async fn give(&self, caller: &Caller, command: Command) -> Carried {
        let id = Uuid::now_v7();
        rotation::carry_out(&self.app, caller, self.site, id, command, None).await.unwrap()
    }

    pub async fn done(&self, caller: &Caller, command: Command) -> Carried {
        let carried = self.give(caller, command).await;
        assert!(!carried.is_refused(), "{:?} {:?}", carried.outcome, carried.because);
        carried
    }

    /// A visitor arrives; who receives.
    pub async fn arrive(&self, arrival: Arrival) -> (VisitId, PersonId) {
        let visit = VisitId(Uuid::now_v7());
        let carried = self.done(&self.desk, Command::Arrive { visit, arrival }).await;
        match carried.outcome {
            Outcome::Receives { by, .. } => (visit, by),
            other => panic!("nobody receives: {other:?}"),
        }
    }

    pub async fn remove(self) {
        self.app.db.close().await;
        if self.app.db.kind() == "sqlite" {
            for end in ["", "-wal", "-shm"] {
                let file = std::env::temp_dir().join(format!("{}{end}", self.name));
                std::fs::remove_file(file).ok();
            }
        } else {
            psql(&format!("DROP DATABASE {} WITH (FORCE)", self.name));
        }
    }
}

fn server() -> String {
    std::env::var("TEST_POSTGRES").expect(
        "TEST_POSTGRES is not set: start a server with `crates/store/tests/postgres.sh start DIR PORT` \
         and set it to the address that this prints",
    )
}

fn psql(sql: &str) {
    let url = format!("{}/postgres", server());
    let status =
        Process::new("psql").args(["-qX", "-v", "ON_ERROR_STOP=1", "-c", sql, &url]).status();
    assert!(status.expect("psql must be installed").success(), "{sql}");
}
