//! A sheet from a spreadsheet program: read, every bad row named, and taken over when confirmed.

use app::{import::Kind, workbook};
use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};

use super::gallery::{Browser, Gallery};

/// An xlsx file of people: name, sign-in name, role.
fn people(rows: &[[&str; 3]]) -> Vec<u8> {
    let layout = Kind::of_word("people").unwrap().layout();
    let cells = |[name, login, role]: &[&str; 3]| {
        let cell = |column: &workbook::Column| match column.key {
            "name" => (*name).to_owned(),
            "login" | "sign_in" => (*login).to_owned(),
            "roles" | "role" => (*role).to_owned(),
            _ => String::new(),
        };
        layout[0].columns.iter().map(cell).collect::<Vec<String>>()
    };
    workbook::write_xlsx(layout, &[rows.iter().map(cells).collect()], true).unwrap()
}

async fn upload(
    gallery: &Gallery,
    who: &Browser,
    csrf: &str,
    bytes: &[u8],
) -> (StatusCode, String) {
    let mut body = Vec::new();
    for (name, value) in [("csrf", csrf), ("kind", "people")] {
        let part = format!(
            "--lunpai\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
        );
        body.extend(part.bytes());
    }
    let file = "--lunpai\r\ncontent-disposition: form-data; name=\"file\"; filename=\"people.xlsx\"\r\n\
        content-type: application/octet-stream\r\n\r\n";
    body.extend(file.bytes());
    body.extend(bytes);
    body.extend("\r\n--lunpai--\r\n".bytes());
    let request = Request::post("/import")
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=lunpai")
        .body(Body::from(body))
        .unwrap();
    let (status, _, page) = gallery.ask(who, request).await;
    (status, page)
}

#[tokio::test(flavor = "multi_thread")]
async fn people_come_from_a_workbook_and_a_bad_row_is_named() {
    let gallery = Gallery::closed().await;
    let file = people(&[["孙晓", "sunxiao", "置业顾问"], ["", "nobody", "置业顾问"]]);
    let manager = &gallery.manager;
    let (status, page) = upload(&gallery, manager, &manager.csrf, &file).await;
    assert_eq!(status, StatusCode::OK, "{page}");
    assert!(page.contains("孙晓") && page.contains("row-bad"), "{page}");
    let id = page.split("/import/").find_map(|rest| rest.split_once("/confirm")).unwrap().0;
    let path = format!("/import/{id}/confirm");
    let (status, _, page) = gallery.send(manager, &path, "bad_rows=leave_out").await;
    assert_eq!(status, StatusCode::OK, "{page}");
    let (_, page) = gallery.get(manager, "/people?look=sunxiao").await;
    assert!(page.contains("孙晓"), "{page}");
    gallery.remove().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_from_elsewhere_or_of_no_kind_is_refused() {
    let gallery = Gallery::closed().await;
    let file = people(&[["孙晓", "sunxiao", "置业顾问"]]);
    let (status, _) = upload(&gallery, &gallery.manager, "guessed", &file).await;
    assert_eq!(status, StatusCode::FORBIDDEN);
    let (_, page) = upload(&gallery, &gallery.manager, &gallery.manager.csrf, b"PK nothing").await;
    assert!(page.contains("banner-bad"), "{page}");
    let (status, _) = upload(&gallery, &gallery.desk, &gallery.desk.csrf, &file).await;
    assert_eq!(status, StatusCode::FORBIDDEN, "the desk does not make people");
    gallery.remove().await;
}
