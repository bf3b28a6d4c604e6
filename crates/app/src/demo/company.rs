//! The people of the demo company, and its gallery.

use chrono::{DateTime, Days, Utc};
use domain::{
    people::{PersonId, TeamId},
    rotation::rules::Role,
};
use store::{SiteId, TenantId, people, sites, teams, tenants};
use uuid::Uuid;

use super::{PASSWORD, ZONE};
use crate::{App, AppError, Caller, people::readings};

/// The company's people, by what they do in its history.
pub(super) struct Company {
    pub tenant: TenantId,
    pub site: SiteId,
    pub receptionists: Vec<Caller>,
    pub supervisor: Caller,
    pub consultants: Vec<Caller>,
}

/// Name, login, role, team (0: none) and fixed number (0: none).
type Who = (&'static str, &'static str, Role, usize, i64);

const PEOPLE: [Who; 16] = [
    ("周敏", "zhoumin", Role::Receptionist, 0, 0),
    ("吴倩", "wuqian", Role::Receptionist, 0, 0),
    ("李娜", "lina", Role::Consultant, 1, 1),
    ("王强", "wangqiang", Role::Consultant, 1, 2),
    ("张伟", "zhangwei", Role::Consultant, 1, 3),
    ("刘洋", "liuyang", Role::Consultant, 1, 4),
    ("陈静", "chenjing", Role::Consultant, 1, 5),
    ("杨帆", "yangfan", Role::Consultant, 2, 6),
    ("黄磊", "huanglei", Role::Consultant, 2, 7),
    ("赵雪", "zhaoxue", Role::Consultant, 2, 8),
    ("周凯", "zhoukai", Role::Consultant, 2, 9),
    ("徐丽", "xuli", Role::Consultant, 2, 10),
    ("陈立", "chenli", Role::Supervisor, 0, 0),
    ("林涛", "lintao", Role::Manager, 0, 0),
    ("赵云", "zhaoyun", Role::Administrator, 0, 0),
    ("孙悦", "sunyue", Role::HeadOffice, 0, 0),
];

impl Company {
    /// Founds the company: one gallery, two teams, sixteen people.
    pub async fn found(app: &App, at: DateTime<Utc>) -> Result<Self, AppError> {
        let tenant = TenantId(Uuid::now_v7());
        let site = SiteId(Uuid::now_v7());
        let team_ids = [Uuid::now_v7(), Uuid::now_v7()];
        let password_hash = crate::people::hash(PASSWORD).await?;
        let caller = Caller::system(tenant);
        let mut tx = app.db.write().await?;
        let name = "云栖置业(演示)".to_owned();
        tenants::add(&mut tx, &tenants::Tenant { id: tenant, name, created_at: at }).await?;
        store::keys::check(&mut tx, tenant, &app.keys).await?;
        let gallery = sites::Site {
            tenant,
            id: site,
            name: "云栖台售楼处".to_owned(),
            time_zone: ZONE.name().to_owned(),
            created_at: at,
            closed_at: None,
        };
        sites::add(&mut tx, &gallery).await?;
        for (rank, (id, name)) in (1..).zip(team_ids.into_iter().zip(["一组", "二组"])) {
            let team = teams::Team { tenant, site, id, name: name.to_owned(), rank };
            teams::add(&mut tx, &team).await?;
        }
        let mut callers = Vec::new();
        for who in &PEOPLE {
            let row = row_of(tenant, site, team_ids, who, at);
            crate::people::add(app, &mut tx, &caller, &row, &password_hash, at).await?;
            people::choose_password(&mut tx, tenant, row.id, &password_hash).await?;
            callers.push(Caller {
                tenant,
                person: Some(PersonId(row.id)),
                roles: vec![who.2],
                site: row.site,
                scopes: None,
            });
        }
        tx.commit().await?;
        let of = |role| callers.iter().filter(move |caller: &&Caller| caller.is(role)).cloned();
        Ok(Self {
            tenant,
            site,
            receptionists: of(Role::Receptionist).collect(),
            supervisor: of(Role::Supervisor).next().unwrap_or_else(|| caller.clone()),
            consultants: of(Role::Consultant).collect(),
        })
    }
}

fn row_of(
    tenant: TenantId,
    site: SiteId,
    teams: [Uuid; 2],
    (name, login, role, team, number): &Who,
    at: DateTime<Utc>,
) -> people::Person {
    let (pinyin, initials) = readings(name).into_iter().next().unwrap_or_default();
    let company_wide = matches!(role, Role::HeadOffice | Role::Administrator);
    let hired_on = at.with_timezone(&ZONE).date_naive().checked_sub_days(Days::new(200));
    people::Person {
        tenant,
        site: (!company_wide).then_some(site),
        id: Uuid::now_v7(),
        team: team
            .checked_sub(1)
            .and_then(|place| teams.get(place))
            .copied()
            .map(|id| TeamId(id).0),
        login: (*login).to_owned(),
        display_name: (*name).to_owned(),
        pinyin,
        initials,
        roles: vec![role.word().to_owned()],
        fixed_number: (*number > 0).then_some(*number),
        certified: *role == Role::Consultant,
        leaving: false,
        hired_on,
        active: true,
        language: "zh".to_owned(),
        theme: "auto".to_owned(),
        created_at: at,
    }
}
