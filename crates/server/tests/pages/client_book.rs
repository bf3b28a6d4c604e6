//! The client book in the browser: corrected, tied, merged, erased, many at once, files in and out.

use app::{
    CommandId,
    clients::{self, NewClient},
};
use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};

use super::gallery::{Browser, Gallery};

async fn client(gallery: &Gallery, name: &str, telephone: &str) -> String {
    let new = NewClient {
        name: name.to_owned(),
        telephones: vec![telephone.to_owned()],
        ..NewClient::default()
    };
    let (app, desk, id) = (&gallery.app, &gallery.desk.caller, CommandId::now_v7());
    clients::register(app, desk, gallery.site, id, &new).await.unwrap().id.to_string()
}

async fn done(gallery: &Gallery, who: &Browser, path: &str, form: &str) -> String {
    let form = format!("command={}&{form}", CommandId::now_v7());
    let (status, to, body) = gallery.send(who, path, &form).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{path}: {body}");
    to
}

async fn page(gallery: &Gallery, who: &Browser, path: &str) -> String {
    let (status, body) = gallery.get(who, path).await;
    assert_eq!(status, StatusCode::OK, "{path}: {body}");
    assert!(!body.contains('⟦') && !body.contains("{$"), "{path}: {body}");
    body
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_is_corrected_and_one_field_shown() {
    let gallery = Gallery::closed().await;
    let id = client(&gallery, "王小明", "13812345678").await;
    let desk = &gallery.desk;
    let form = page(&gallery, desk, &format!("/clients/{id}/edit")).await;
    assert!(form.contains("placeholder=\"王**\"") && !form.contains("王小明"), "{form}");
    let said = "kind=household&grade=A&source=visit&class=&needs=%E4%B8%89%E5%B1%85&telephone_1=13912345678&new_label_1=%E9%85%8D%E5%81%B6";
    done(&gallery, desk, &format!("/clients/{id}/edit"), said).await;
    let shown = page(&gallery, desk, &format!("/clients/{id}")).await;
    assert!(
        shown.contains("三居") && shown.contains("139****5678") && shown.contains("配偶"),
        "{shown}"
    );
    assert!(shown.contains("家庭") && shown.contains("A级"), "{shown}");
    let (status, _, field) =
        gallery.send(desk, &format!("/clients/{id}/show"), "field=telephone&place=1").await;
    assert_eq!((status, field.contains("+8613912345678")), (StatusCode::OK, true), "{field}");
    let (status, ..) =
        gallery.send(&gallery.consultants[0], &format!("/clients/{id}/show"), "field=name").await;
    assert_eq!(status, StatusCode::FORBIDDEN);
    let wrong = format!("/clients/{id}/edit");
    let (status, _, body) = gallery.send(desk, &wrong, "telephone_1=138").await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(body.contains("telephone-problem"), "{body}");
    let line = page(&gallery, desk, &format!("/clients/{id}/timeline")).await;
    assert!(line.contains("意向等级"), "{line}");
    let paper = page(&gallery, desk, &format!("/clients/{id}/print")).await;
    assert!(paper.contains("客户资料表") && !paper.contains("王小明"), "{paper}");
    gallery.remove().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn records_are_tied_merged_parted_and_erased() {
    let gallery = Gallery::closed().await;
    let (one, two) = (
        client(&gallery, "王小明", "13812345678").await,
        client(&gallery, "李红", "13912345678").await,
    );
    let supervisor = &gallery.supervisor;
    let tie = format!("/clients/{one}/tie");
    done(&gallery, supervisor, &tie, "relation=spouse&telephone=13912345678").await;
    let shown = page(&gallery, supervisor, &format!("/clients/{two}")).await;
    assert!(shown.contains("配偶") && shown.contains(&format!("/clients/{one}")), "{shown}");
    done(&gallery, supervisor, &tie, &format!("untie={two}")).await;
    let found = page(&gallery, supervisor, &format!("/clients/{one}/merge?look=lh")).await;
    assert!(found.contains(&two), "{found}");
    let merge = format!("/clients/{one}/merge");
    let to = done(&gallery, supervisor, &merge, &format!("into={two}&reason=same")).await;
    assert_eq!(to, format!("/clients/{two}"));
    let gone = page(&gallery, supervisor, &format!("/clients/{one}")).await;
    assert!(gone.contains("已并入"), "{gone}");
    done(&gallery, supervisor, &merge, "part=yes").await;
    let (status, ..) = gallery.get(supervisor, &format!("/clients/{two}/erase")).await;
    assert_eq!(status, StatusCode::FORBIDDEN);
    let erase = format!("/clients/{two}/erase");
    let told = page(&gallery, &gallery.manager, &erase).await;
    assert!(told.contains("永久删除") && told.contains("电话 · 1"), "{told}");
    done(&gallery, &gallery.manager, &erase, "for=request").await;
    assert!(
        !page(&gallery, &gallery.manager, &format!("/clients/{two}")).await.contains("资料已删除")
    );
    done(&gallery, &gallery.manager, &erase, "for=request&sure=yes").await;
    assert!(
        page(&gallery, &gallery.manager, &format!("/clients/{two}")).await.contains("资料已删除")
    );
    gallery.remove().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn lists_are_filtered_kept_and_many_are_done_at_once() {
    let gallery = Gallery::closed().await;
    let (one, two) = (
        client(&gallery, "王一", "13812345671").await,
        client(&gallery, "王二", "13812345672").await,
    );
    let supervisor = &gallery.supervisor;
    let act = format!("act=grade&grade=B&client={one}");
    let (status, _, told) = gallery.send(supervisor, "/clients/bulk", &act).await;
    assert_eq!(status, StatusCode::OK);
    assert!(told.contains("尚未办理") && told.contains("value=\"yes\""), "{told}");
    let none = page(&gallery, supervisor, "/clients?grade=B").await;
    assert!(!none.contains(&one), "nothing is done before it is confirmed");
    let (_, _, told) =
        gallery.send(supervisor, "/clients/bulk", &format!("{act}&confirmed=yes")).await;
    assert!(told.contains("已办理 1 位"), "{told}");
    let list = page(&gallery, supervisor, "/clients?grade=B").await;
    assert!(list.contains(&one) && !list.contains(&two), "{list}");
    let (_, _, told) = gallery.send(supervisor, "/clients/bulk", "act=grade").await;
    assert!(told.contains("没有选择客户"), "{told}");
    let to = gallery.consultants[0].person();
    let assign = format!("act=assign&to={to}&whole=yes&query=grade%3DB");
    let (_, _, told) = gallery.send(supervisor, "/clients/bulk", &assign).await;
    assert!(told.contains("1 位可以办理") && told.contains("jia"), "{told}");
    done(&gallery, supervisor, "/clients/lists", "name=mine&query=grade%3DB").await;
    let list = page(&gallery, supervisor, "/clients").await;
    assert!(list.contains("/clients?grade=B") && list.contains("mine"), "{list}");
    let list = page(&gallery, &gallery.manager, "/clients").await;
    assert!(!list.contains("/clients?grade=B\">mine"), "{list}");
    gallery.remove().await;
}

async fn upload(
    gallery: &Gallery,
    who: &Browser,
    csrf: &str,
    text: &str,
) -> (StatusCode, String, String) {
    let body = format!(
        "--lunpai\r\ncontent-disposition: form-data; name=\"csrf\"\r\n\r\n{csrf}\r\n--lunpai\r\n\
         content-disposition: form-data; name=\"file\"; filename=\"clients.csv\"\r\n\
         content-type: text/csv\r\n\r\n{text}\r\n--lunpai--\r\n"
    );
    let request = Request::post("/clients/imports")
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=lunpai")
        .body(Body::from(body))
        .unwrap();
    gallery.ask(who, request).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_comes_in_with_every_bad_row_named_and_goes_out_masked() {
    let gallery = Gallery::closed().await;
    let (supervisor, text) = (&gallery.supervisor, "姓名,手机号\n王小明,13812345678\n李四,138\n");
    let (status, ..) = upload(&gallery, supervisor, "guessed", text).await;
    assert_eq!(status, StatusCode::FORBIDDEN);
    let (status, ..) = upload(&gallery, &gallery.desk, &gallery.desk.csrf, text).await;
    assert_eq!(status, StatusCode::FORBIDDEN, "the desk takes no files in");
    let (status, _, body) = upload(&gallery, supervisor, &supervisor.csrf, "\0\0").await;
    assert_eq!((status, body.contains("banner-bad")), (StatusCode::UNPROCESSABLE_ENTITY, true));
    let (status, to, body) = upload(&gallery, supervisor, &supervisor.csrf, text).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{body}");
    let shown = page(&gallery, supervisor, &to).await;
    assert!(
        shown.contains("共 2 行") && shown.contains("row-bad") && shown.contains("138"),
        "{shown}"
    );
    done(&gallery, supervisor, &format!("{to}/confirm"), "duplicates=fill").await;
    while app::jobs::run_due(&gallery.app, "worker").await.unwrap() > 0 {}
    let shown = page(&gallery, supervisor, &to).await;
    assert!(shown.contains("已完成") && shown.contains("row-bad"), "{shown}");
    assert_eq!(gallery.clients("王小明").await, 1);
    let file = page(&gallery, supervisor, "/clients/export").await;
    assert!(file.contains("王**,138****5678") && !file.contains("王小明"), "{file}");
    let file = page(&gallery, supervisor, "/clients/export?in_full=yes").await;
    assert!(file.contains("王小明,+8613812345678"), "{file}");
    let (status, ..) = gallery.get(&gallery.desk, "/clients/export").await;
    assert_eq!(status, StatusCode::FORBIDDEN);
    gallery.remove().await;
}
