//! The page of lists, as a browser without scripts uses it.

use super::HTML;
use crate::support::server::{Answer, Service, generous};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use skill_ledger::http::Limits;
use skill_ledger::sheet::list::read_list;

async fn hand_in(service: &Service, path: &str, list: &[u8], button: &str) -> Answer {
    let mut body = b"--edge\r\nContent-Disposition: form-data; name=\"list\"; \
        filename=\"list.csv\"\r\nContent-Type: text/csv\r\n\r\n"
        .to_vec();
    body.extend_from_slice(list);
    let part = "\r\n--edge\r\nContent-Disposition: form-data; name=\"as\"\r\n\r\n";
    body.extend_from_slice(format!("{part}{button}\r\n--edge--\r\n").as_bytes());
    let headers = [HTML, ("Content-Type", "multipart/form-data; boundary=edge")];
    service.ask("POST", path, &headers, &body).await
}

fn list(service: &Service) -> String {
    let of = |n: usize| service.certificates[n].number.to_string();
    format!(
        "证书编号,姓名,备注\n{},张 伟,<b>x</b>\n{},欧阳文清,\n{},别人,\n\nS0,某人,\n",
        of(0),
        of(1),
        of(2)
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_is_read_on_the_page_and_taken_away_as_a_workbook() {
    let service = Service::start().await;
    for (path, link) in [
        ("/", "href=\"/verify/list\""),
        ("/verify", "href=\"/verify/list\""),
    ] {
        assert!(service.get(path).await.text().contains(link), "{path}");
    }
    let empty = service.get("/verify/list").await;
    assert_eq!(empty.status, 200);
    let html = empty.text();
    assert!(html.contains("href=\"/verify/list?lang=en\"") && html.contains("5000"));
    assert!(html.contains("enctype=\"multipart/form-data\""));

    let text = list(&service);
    let page = hand_in(&service, "/verify/list", text.as_bytes(), "page").await;
    assert_eq!(page.status, 200);
    assert_eq!(page.header("cache-control"), Some("no-store"));
    let html = page.text();
    assert!(
        html.contains("<h1 id=\"verdict\">有无效的证书</h1>"),
        "{html}"
    );
    assert!(html.contains("共 4 行：有效 1，无效 1，无法核验 0，未查到 1，未核验 1"));
    assert_eq!(html.matches("<tr class=").count(), 4);
    assert!(html.contains("认定材料不实") && html.contains("张*") && !html.contains("张伟"));
    assert!(
        !html.contains("<b>x"),
        "what the list holds beside is not on the page"
    );
    // The workbook in the link is the list with the answer beside it.
    let data = html
        .split("base64,")
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap();
    let plain = data
        .replace("&#43;", "+")
        .replace("&#x2f;", "/")
        .replace("&#61;", "=");
    let workbook = STANDARD.decode(plain).unwrap();
    assert_eq!(read_list(&workbook).unwrap().rows().len(), 4);

    let file = hand_in(&service, "/verify/list", text.as_bytes(), "xlsx").await;
    assert!(
        file.header("content-disposition")
            .unwrap()
            .contains("attachment")
    );
    assert_eq!(read_list(&file.body).unwrap().rows().len(), 4);
    let english = hand_in(&service, "/verify/list?lang=en", text.as_bytes(), "page").await;
    assert!(english.text().contains("4 rows: 1 valid, 1 invalid"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_with_a_list_is_said_beside_the_form() {
    let service = Service::start().await;
    for (list, says) in [
        (&b""[..], "请选择名单文件"),
        ("姓名\n张三\n".as_bytes(), "表头缺少栏目：证书编号、姓名"),
        (b"\x89PNG\r\n\x1a\n\0", "PNG"),
    ] {
        let answer = hand_in(&service, "/verify/list", list, "page").await;
        assert_eq!(answer.status, 200);
        let html = answer.text();
        let complaint = html.split("role=\"alert\">").nth(1).unwrap_or_default();
        assert!(
            complaint.split('<').next().unwrap().contains(says),
            "{complaint}"
        );
    }
    let large = hand_in(&service, "/verify/list", &vec![b'x'; 6 << 20], "page").await;
    assert_eq!(large.status, 413);
    let limits = Limits {
        list_rows_per_hour: 3.try_into().unwrap(),
        ..generous()
    };
    let strict = Service::with(limits).await;
    let refused = hand_in(&strict, "/verify/list", list(&strict).as_bytes(), "page").await;
    assert_eq!(refused.status, 429);
    assert!(refused.header("retry-after").is_some() && refused.text().contains("查询过于频繁"));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_empty_list_has_the_columns_that_are_read_as_text() {
    let service = Service::start().await;
    for path in [
        "/verify/list/template.xlsx",
        "/verify/list/template.xlsx?lang=en",
    ] {
        let template = service.get(path).await;
        assert_eq!(template.status, 200);
        assert!(
            template
                .header("content-disposition")
                .unwrap()
                .contains("list.xlsx")
        );
        // Read as a list it is one, only without rows; the cells under its header are text.
        let error = read_list(&template.body).err().unwrap();
        assert_eq!(error.code(), "no-rows", "{path}");
        let again = service.get(path).await;
        assert_eq!(again.body, template.body);
    }
}
