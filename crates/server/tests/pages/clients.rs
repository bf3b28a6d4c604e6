//! Clients in the browser: found, registered, followed up, claimed, given to somebody.

use app::{
    CommandId,
    sessions::{self, SignIn},
};
use axum::http::StatusCode;
use chrono::TimeDelta;

use super::gallery::{Browser, Gallery, PASSWORD, at};

/// A gallery by a rulebook that lets rights live seven days and claims be made within seven days of a closing;
/// a registration needs real name, telephone and basic data, and a signature.
async fn gallery() -> Gallery {
    Gallery::closed_by("owners").await
}

const WHOLE: &str = "channel=visit&fields=real_name&fields=telephone&fields=basic_data&signed=yes";

/// Registers a client at the desk; the address of their page.
async fn client(gallery: &Gallery) -> String {
    let form = format!(
        "command={}&name=%E7%8E%8B%E5%B0%8F%E6%98%8E&telephone=13812345678",
        CommandId::now_v7()
    );
    let (status, page, body) = gallery.send(&gallery.desk, "/clients", &form).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{body}");
    let (_, again, _) = gallery.send(&gallery.desk, "/clients", &form).await;
    assert_eq!(page, again, "the same form registers once");
    page
}

/// Does `act`; the page that tells what came of it.
async fn done(gallery: &Gallery, who: &Browser, page: &str, act: &str, form: &str) -> String {
    let form = format!("command={}&{form}", CommandId::now_v7());
    let (status, to, body) = gallery.send(who, &format!("{page}/{act}"), &form).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{act}: {body}");
    assert!(to.contains("?told=client."), "{act}: {to}");
    let (status, body) = gallery.get(who, &to).await;
    assert_eq!(status, StatusCode::OK, "{body}");
    assert!(!body.contains('⟦') && !body.contains("{$"), "{body}");
    body
}

/// Days later, when whoever was signed in has to sign in again.
async fn after(gallery: &Gallery, days_count: i64, login: &str) -> Browser {
    gallery.hand.set(days(days_count));
    let sign_in = SignIn {
        tenant: gallery.desk.caller.tenant,
        login: login.to_owned(),
        password: PASSWORD.to_owned(),
        user_agent: String::new(),
    };
    let session = sessions::sign_in(&gallery.app, &sign_in).await.unwrap();
    let (token, csrf) = (session.token, session.session.csrf);
    Browser { caller: session.session.caller, token, csrf }
}

fn days(days: i64) -> chrono::DateTime<chrono::Utc> {
    at(0) + TimeDelta::days(days)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_follow_up_moves_the_last_day() {
    let gallery = gallery().await;
    let jia = &gallery.consultants[0];
    gallery.hand.set(days(0));
    let page = client(&gallery).await;
    let told = done(&gallery, jia, &page, "register", WHOLE).await;
    assert!(told.contains("登记有效，自 2026年6月1日 10:00 起"), "{told}");
    assert!(told.contains("至 6月8日 周一"), "{told}");
    let jia = &after(&gallery, 4, "jia").await;
    let told = done(&gallery, jia, &page, "follow-up", "complete=yes").await;
    assert!(told.contains("已记录") && told.contains("至 6月12日 周五"), "{told}");
    // One that was made the day after the registration, and is written down only now, moves nothing more.
    let told = done(&gallery, jia, &page, "follow-up", "complete=yes&at=2026-06-02T09:00").await;
    assert!(told.contains("至 6月12日 周五"), "{told}");
    // An incomplete record renews nothing.
    let jia = &after(&gallery, 6, "jia").await;
    let told = done(&gallery, jia, &page, "follow-up", "").await;
    assert!(told.contains("至 6月12日 周五") && told.contains("记录不完整"), "{told}");
    // Three days before, the list warns; on the last day they still are jia's, the day after nobody's.
    for (day, text) in [
        (7, "至 6月12日"),
        (8, "即将失效：至 6月12日"),
        (9, "即将失效：至 6月12日"),
        (11, "即将失效"),
    ] {
        let jia = &after(&gallery, day, "jia").await;
        let (_, list) = gallery.get(jia, "/clients").await;
        assert!(list.contains(text), "{day}: {list}");
        assert_eq!(list.contains("即将失效"), day > 7, "{day}");
    }
    let jia = &after(&gallery, 12, "jia").await;
    let (_, told) = gallery.get(jia, &page).await;
    assert!(told.contains("客户现在无归属人") || told.contains("无归属人"), "{told}");
    assert!(told.contains("jia的归属权已过有效期"), "{told}");
    gallery.remove().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_missing_is_told_and_completed() {
    let gallery = gallery().await;
    let jia = &gallery.consultants[0];
    let page = client(&gallery).await;
    let told = done(&gallery, jia, &page, "register", "channel=visit&fields=real_name").await;
    assert!(told.contains("登记已保存但无效，缺少：电话、基本资料和签字"), "{told}");
    assert!(told.contains("name=\"registration\"") && told.contains("无效"), "{told}");
    let id = told.split("name=\"registration\" value=\"").nth(1).unwrap();
    let id = id.split('"').next().unwrap();
    let form = format!("registration={id}&fields=telephone&fields=basic_data&signed=yes");
    let told = done(&gallery, jia, &page, "complete", &form).await;
    assert!(told.contains("登记有效，自") && !told.contains("name=\"registration\""), "{told}");
    gallery.remove().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_consultant_cannot_act_for_another() {
    let gallery = gallery().await;
    let (jia, yi) = (&gallery.consultants[0], &gallery.consultants[1]);
    let page = client(&gallery).await;
    let (_, shown) = gallery.get(jia, &page).await;
    assert!(shown.contains("/follow-up") && !shown.contains("name=\"person\""), "{shown}");
    assert!(!shown.contains("/assign") && !shown.contains("/rule"), "{shown}");
    let for_yi = format!("person={}&complete=yes", yi.person());
    let path = format!("{page}/follow-up");
    let (status, ..) = gallery.send(jia, &path, &for_yi).await;
    assert_eq!(status, StatusCode::FORBIDDEN);
    // The desk writes it down for them.
    let told = done(&gallery, &gallery.desk, &page, "follow-up", &for_yi).await;
    assert!(told.contains("已记录"), "{told}");
    for act in ["assign", "distribute", "change", "rule", "cancel-closing"] {
        let form = format!("to={}", jia.person());
        let (status, ..) = gallery.send(jia, &format!("{page}/{act}"), &form).await;
        assert_eq!(status, StatusCode::FORBIDDEN, "{act}");
    }
    gallery.remove().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_supervisor_changes_the_consultant() {
    let gallery = gallery().await;
    let (jia, yi) = (&gallery.consultants[0], &gallery.consultants[1]);
    let page = client(&gallery).await;
    done(&gallery, jia, &page, "register", WHOLE).await;
    let to = format!("to={}", yi.person());
    let told = done(&gallery, &gallery.supervisor, &page, "change", &to).await;
    assert!(told.contains("客户归yi"), "{told}");
    let (_, mine) = gallery.get(yi, "/clients").await;
    assert!(mine.contains("王**") && mine.contains("138****5678"), "{mine}");
    let (_, mine) = gallery.get(jia, "/clients").await;
    assert!(!mine.contains("王**"), "{mine}");
    // The entry of the journal has a page, and so have its reasons.
    let entry = told.split("/decisions/client.").nth(1).unwrap().split('"').next().unwrap();
    for end in ["", "/reasons"] {
        let (status, page) = gallery.get(yi, &format!("/decisions/client.{entry}{end}")).await;
        assert_eq!(status, StatusCode::OK, "{page}");
    }
    gallery.remove().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_claim_that_comes_too_late_is_refused_with_its_clause() {
    let gallery = gallery().await;
    let jia = &gallery.consultants[0];
    gallery.hand.set(days(0));
    let page = client(&gallery).await;
    done(&gallery, jia, &page, "register", WHOLE).await;
    let told = done(&gallery, jia, &page, "close", "").await;
    assert!(told.contains("客户归jia") && told.contains("已成交"), "{told}");
    let claim = "evidence=visitor_register&at=2026-05-30T09:00";
    let yi = &after(&gallery, 6, "yi").await;
    let told = done(&gallery, yi, &page, "claim", claim).await;
    assert!(told.contains("异议已受理；按制度客户归jia"), "{told}");
    let yi = &after(&gallery, 7, "yi").await;
    let told = done(&gallery, yi, &page, "claim", claim).await;
    assert!(told.contains("不可以：超过追溯期限"), "{told}");
    assert!(told.contains("成交后第 8 天提出，期限 7 天"), "{told}");
    let cited = told.split("办理结果").nth(1).unwrap().split("</section>").next().unwrap();
    assert!(cited.contains("class=\"clause\""), "{cited}");
    // A party cannot rule; the manager can.
    let to = format!("to={}", yi.person());
    let manager = after(&gallery, 7, "jingli").await;
    let told = done(&gallery, &manager, &page, "rule", &to).await;
    assert!(told.contains("客户归yi"), "{told}");
    gallery.remove().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn looking_in_full_is_in_the_journal_and_only_for_who_may() {
    let gallery = gallery().await;
    let page = client(&gallery).await;
    let reveal = format!("{page}/reveal");
    let (_, masked) = gallery.get(&gallery.desk, &page).await;
    assert!(masked.contains("王**") && !masked.contains("王小明"), "{masked}");
    let (status, _, shown) = gallery.send(&gallery.desk, &reveal, "").await;
    assert_eq!(status, StatusCode::OK);
    assert!(shown.contains("王小明") && shown.contains("13812345678"), "{shown}");
    assert!(shown.contains("查看完整资料"), "{shown}");
    let (status, ..) = gallery.send(&gallery.consultants[0], &reveal, "").await;
    assert_eq!(status, StatusCode::FORBIDDEN, "not their client");
    // Every entry leads to a page, also where no rulebook decided.
    let entry = shown.split("/decisions/client.").nth(1).unwrap().split('"').next().unwrap();
    let (status, page) = gallery.get(&gallery.desk, &format!("/decisions/client.{entry}")).await;
    assert_eq!(status, StatusCode::OK, "{page}");
    gallery.remove().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn clients_are_found_by_name_initials_and_telephone() {
    let gallery = gallery().await;
    client(&gallery).await;
    for look in ["%E7%8E%8B", "wxm", "wang", "5678", "13812345678"] {
        let (_, list) = gallery.get(&gallery.desk, &format!("/clients?look={look}")).await;
        assert!(list.contains("查找结果") && list.contains("王**"), "{look}: {list}");
    }
    let (_, list) = gallery.get(&gallery.desk, "/clients?look=zhao").await;
    assert!(list.contains("没有找到客户"), "{list}");
    let (_, list) = gallery.get(&gallery.desk, "/clients").await;
    assert!(list.contains("最近登记的客户") && list.contains("王**"), "{list}");
    let (_, list) = gallery.get(&gallery.consultants[0], "/clients").await;
    assert!(list.contains("我的客户") && !list.contains("王**"), "{list}");
    let unfit = "name=%E7%8E%8B&telephone=138";
    let (status, _, body) = gallery.send(&gallery.desk, "/clients", unfit).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(body.contains("telephone-problem") && body.contains("value=\"138\""), "{body}");
    gallery.remove().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_setting_that_nobody_decided_is_named() {
    let gallery = gallery().await;
    let jia = &gallery.consultants[0];
    let page = client(&gallery).await;
    done(&gallery, jia, &page, "register", WHOLE).await;
    let told = done(&gallery, jia, &page, "close", "buyer=spouse").await;
    assert!(told.contains("制度未定：成交人与登记姓名不同"), "{told}");
    let (_, list) = gallery.get(jia, "/clients?closed=yes").await;
    assert!(!list.contains("王**"), "{list}");
    let (_, list) = gallery.get(jia, "/clients?closed=no").await;
    assert!(list.contains("王**"), "{list}");
    gallery.remove().await;
}
