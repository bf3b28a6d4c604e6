//! Clients: sealed, found, owned, erased.

use store::{
    Db, Keys, SiteId, StoreError, TenantId, audit, clients,
    clients::{Client, Identity, Marks, NewClient, Telephone},
};
use uuid::Uuid;

use crate::harness::{at, command, floor, keys, on_both, raw, site};

/// Adds a client, the name with one reading in pinyin.
async fn add(
    db: &Db,
    tenant: TenantId,
    site: SiteId,
    name: &str,
    pinyin: &str,
    telephone: &str,
) -> Uuid {
    let initials: String = pinyin.split(' ').filter_map(|word| word.chars().next()).collect();
    let identity = Identity {
        name,
        pinyin: &[pinyin.to_owned()],
        initials: &[initials],
        company: Some("云山科技有限公司"),
        plate: Some("粤B12345"),
        telephones: &[telephone.to_owned()],
        details: None,
    };
    let id = Uuid::now_v7();
    let new = NewClient {
        tenant,
        site,
        id,
        identity,
        marks: Marks::default(),
        owner: None,
        owner_since: None,
        closed: false,
        created_at: at(0),
        registered_at: None,
    };
    let mut tx = db.write().await.unwrap();
    clients::add(&mut tx, &keys(), &new).await.unwrap();
    let again = clients::add(&mut tx, &keys(), &new).await;
    assert!(matches!(again, Err(StoreError::Duplicate("client"))));
    tx.commit().await.unwrap();
    id
}

async fn names_by_part(db: &Db, tenant: TenantId, site: SiteId, part: &str) -> Vec<String> {
    let mut tx = db.read().await.unwrap();
    names(clients::find_by_part(&mut tx, &keys(), tenant, site, part, 9).await.unwrap())
}

async fn names_by_telephone(
    db: &Db,
    tenant: TenantId,
    site: SiteId,
    by: Telephone<'_>,
) -> Vec<String> {
    let mut tx = db.read().await.unwrap();
    names(clients::find_by_telephone(&mut tx, &keys(), tenant, site, by, 9).await.unwrap())
}

fn names(clients: Vec<Client>) -> Vec<String> {
    clients.iter().map(|client| client.name.open(&keys()).unwrap()).collect()
}

on_both! {
    async fn a_client_comes_back_sealed_and_opens_with_the_keys(db: Db) {
        let (tenant, site) = site(&db).await;
        let id = add(&db, tenant, site, "王小明", "wang xiao ming", "+8613800001234").await;
        let client = clients::get(&mut db.read().await.unwrap(), tenant, id).await.unwrap();
        assert_eq!(client.name.open(&keys()).unwrap(), "王小明");
        assert_eq!(client.company.as_ref().unwrap().open(&keys()).unwrap(), "云山科技有限公司");
        assert_eq!(client.plate.as_ref().unwrap().open(&keys()).unwrap(), "粤B12345");
        assert_eq!(client.telephones.first().unwrap().open(&keys()).unwrap(), "+8613800001234");
        assert!(!format!("{client:?}").contains("王"));
        let wrong = client.name.open(&Keys::new("2026", [1; 32], [8; 32]));
        assert!(matches!(wrong, Err(StoreError::Unopenable)));
        let missing = client.name.open(&Keys::new("2027", [7; 32], [8; 32]));
        assert!(matches!(missing, Err(StoreError::KeyMissing(id)) if id == "2026"));
    }

    async fn a_client_is_found_by_any_part_of_name_pinyin_initials_company_or_plate(db: Db) {
        let (tenant, site) = site(&db).await;
        add(&db, tenant, site, "王小明", "wang xiao ming", "+8613800001234").await;
        add(&db, tenant, site, "欧阳晓红", "ou yang xiao hong", "+8613900005678").await;
        let found = async |part| names_by_part(&db, tenant, site, part).await;
        for part in ["王", "小", "小明", "王小明", "wang", "xiaom", "WangXiao", "ming", "wxm", "xm", " ｗｘ "] {
            assert_eq!(found(part).await, ["王小明"], "{part}");
        }
        for part in ["阳晓", "红", "ouyangxiaohong", "yang xiao", "oy", "yxh"] {
            assert_eq!(found(part).await, ["欧阳晓红"], "{part}");
        }
        // Both, the newer first.
        for part in ["xiao", "x", "科技", "345", "粤b"] {
            assert_eq!(found(part).await, ["欧阳晓红", "王小明"], "{part}");
        }
        for part in ["", "  ", "李", "明小", "iao", "wm"] {
            assert_eq!(found(part).await, Vec::<String>::new(), "{part}");
        }
    }

    async fn a_client_is_found_by_the_whole_telephone_its_last_8_and_its_last_4(db: Db) {
        let (tenant, site) = site(&db).await;
        add(&db, tenant, site, "王小明", "wang xiao ming", "+8613800001234").await;
        add(&db, tenant, site, "李四", "li si", "+8613911111234").await;
        let found = async |by| names_by_telephone(&db, tenant, site, by).await;
        assert_eq!(found(Telephone::Whole("+86 138 0000 1234")).await, ["王小明"]);
        assert_eq!(found(Telephone::Whole("+8613800001235")).await, Vec::<String>::new());
        assert_eq!(found(Telephone::Last8("00001234")).await, ["王小明"]);
        assert_eq!(found(Telephone::Last4("1234")).await, ["李四", "王小明"]);
        assert_eq!(found(Telephone::Last4("0123")).await, Vec::<String>::new());
    }

    async fn another_site_or_company_finds_nothing(db: Db) {
        let (tenant, here) = site(&db).await;
        let (other, there) = site(&db).await;
        add(&db, tenant, here, "王小明", "wang xiao ming", "+8613800001234").await;
        for (tenant, site) in [(other, there), (tenant, there), (other, here)] {
            assert!(names_by_part(&db, tenant, site, "王").await.is_empty());
            assert!(names_by_telephone(&db, tenant, site, Telephone::Last4("1234")).await.is_empty());
        }
    }

    async fn no_part_of_a_name_or_telephone_stands_open_in_the_database(db: Db) {
        let (tenant, site) = site(&db).await;
        add(&db, tenant, site, "王小明", "wang xiao ming", "+8613800001234").await;
        // `instr` on bytes is `position` on PostgreSQL; the hexadecimal text works on both.
        for open in ["王", "wang", "1234"] {
            let hex: String = open.bytes().map(|byte| format!("{byte:02X}")).collect();
            let sql = if db.kind() == "sqlite" {
                format!("SELECT 1 FROM client, client_telephone WHERE hex(client.name || number) LIKE '%{hex}%'")
            } else {
                format!("SELECT 1 FROM client, client_telephone WHERE upper(encode(client.name || number, 'hex')) LIKE '%{hex}%'")
            };
            let sql = format!("UPDATE tenant SET name = '' WHERE EXISTS ({sql})");
            assert_eq!(raw(&db, &sql).await, 0, "{open}");
        }
    }

    async fn a_new_identity_replaces_what_the_client_was_found_by(db: Db) {
        let (tenant, site) = site(&db).await;
        let id = add(&db, tenant, site, "王小明", "wang xiao ming", "+8613800001234").await;
        let telephones = ["+8613711112222".to_owned(), "+8613822222222".to_owned()];
        let identity = Identity { name: "王晓明", telephones: &telephones, ..Identity::default() };
        let mut tx = db.write().await.unwrap();
        clients::identify(&mut tx, &keys(), tenant, id, &identity).await.unwrap();
        let nobody = clients::identify(&mut tx, &keys(), tenant, Uuid::nil(), &identity).await;
        assert!(matches!(nobody, Err(StoreError::NotFound("client"))));
        tx.commit().await.unwrap();
        assert_eq!(names_by_part(&db, tenant, site, "晓").await, ["王晓明"]);
        assert!(names_by_part(&db, tenant, site, "小").await.is_empty());
        assert!(names_by_part(&db, tenant, site, "12345").await.is_empty());
        assert!(names_by_telephone(&db, tenant, site, Telephone::Last4("1234")).await.is_empty());
        // Two telephones with the same end are still one client.
        assert_eq!(names_by_telephone(&db, tenant, site, Telephone::Last4("2222")).await, ["王晓明"]);
        let client = clients::get(&mut db.read().await.unwrap(), tenant, id).await.unwrap();
        assert_eq!(client.telephones.last().unwrap().open(&keys()).unwrap(), "+8613822222222");
        assert!(client.company.is_none());
    }

    async fn ownership_closing_and_registration_are_kept(db: Db) {
        let (tenant, site) = site(&db).await;
        let id = add(&db, tenant, site, "王小明", "wang xiao ming", "+8613800001234").await;
        let owner = Uuid::now_v7();
        let mut tx = db.write().await.unwrap();
        clients::set_owner(&mut tx, tenant, id, Some(owner), at(5)).await.unwrap();
        clients::set_closed(&mut tx, tenant, id, true).await.unwrap();
        clients::set_registered(&mut tx, tenant, id, at(6)).await.unwrap();
        clients::set_registered(&mut tx, tenant, id, at(7)).await.unwrap();
        let client = clients::of_owner(&mut tx, tenant, owner, 9).await.unwrap().remove(0);
        assert_eq!((client.owner, client.owner_since), (Some(owner), Some(at(5))));
        assert_eq!((client.closed, client.registered_at), (true, Some(at(6))));
        clients::set_owner(&mut tx, tenant, id, None, at(8)).await.unwrap();
        let client = clients::get(&mut tx, tenant, id).await.unwrap();
        assert_eq!((client.owner, client.owner_since), (None, None));
        let nobody = Uuid::nil();
        assert!(matches!(clients::set_owner(&mut tx, tenant, nobody, None, at(8)).await, Err(StoreError::NotFound("client"))));
        assert!(matches!(clients::set_closed(&mut tx, tenant, nobody, true).await, Err(StoreError::NotFound("client"))));
        assert!(matches!(clients::set_registered(&mut tx, tenant, nobody, at(8)).await, Err(StoreError::NotFound("client"))));
        assert!(matches!(clients::erase(&mut tx, tenant, nobody, at(8)).await, Err(StoreError::NotFound("client"))));
        assert!(matches!(clients::get(&mut tx, tenant, nobody).await, Err(StoreError::NotFound("client"))));
    }

    async fn the_clients_of_a_site_are_paged_from_the_newest(db: Db) {
        let (tenant, site) = site(&db).await;
        let mut ids = Vec::new();
        for name in ["甲", "乙", "丙"] {
            ids.push(add(&db, tenant, site, name, "a", "+8613800001234").await);
        }
        let mut tx = db.read().await.unwrap();
        let page = clients::of_site(&mut tx, tenant, site, None, 2).await.unwrap();
        let last = page.last().unwrap().id;
        assert_eq!(names(page), ["丙", "乙"]);
        let page = clients::of_site(&mut tx, tenant, site, Some(last), 2).await.unwrap();
        assert_eq!(names(page), ["甲"]);
    }

    async fn an_erased_client_is_unreadable_and_unfindable_while_the_journal_verifies(db: Db) {
        let (tenant, site) = site(&db).await;
        let id = add(&db, tenant, site, "王小明", "wang xiao ming", "+8613800001234").await;
        let floor = floor(&db, tenant, site).await;
        command(&db, tenant, floor).await.unwrap();
        let mut tx = db.write().await.unwrap();
        clients::erase(&mut tx, tenant, id, at(9)).await.unwrap();
        tx.commit().await.unwrap();
        let client = clients::get(&mut db.read().await.unwrap(), tenant, id).await.unwrap();
        assert_eq!(client.erased_at, Some(at(9)));
        assert!(client.name.is_erased());
        assert!(matches!(client.name.open(&keys()), Err(StoreError::Erased)));
        assert!(client.telephones.is_empty());
        assert!(names_by_part(&db, tenant, site, "王").await.is_empty());
        assert!(names_by_telephone(&db, tenant, site, Telephone::Whole("+8613800001234")).await.is_empty());
        let mut tx = db.write().await.unwrap();
        let back = clients::identify(&mut tx, &keys(), tenant, id, &Identity::default()).await;
        assert!(matches!(back, Err(StoreError::Erased)));
        drop(tx);
        command(&db, tenant, floor).await.unwrap();
        assert!(audit::verify(&mut db.read().await.unwrap(), tenant).await.unwrap().is_clean());
    }
}
