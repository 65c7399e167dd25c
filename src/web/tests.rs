//! The pages in every state, from reports made here; what they look like is kept in snapshots.

use super::assets::{ICON, SCRIPT, STYLE};
use super::error::page_of;
use super::frame::Frame;
use super::result::ResultView;
use super::verify::VerifyPage;
use crate::app::public::LookedUp;
use crate::credential::claims::{Claims, Holder, Issuer, StatusPlace};
use crate::credential::did::Did;
use crate::credential::{Coat, Disclosed};
use crate::domain::attainment::Attainment;
use crate::domain::level::SkillLevel;
use crate::domain::name::Name;
use crate::domain::route::Route;
use crate::domain::session::event::{Standard, StandardKind};
use crate::domain::time::Instant;
use crate::http::Problem;
use crate::locale::{self, Language};
use crate::verify::{Check, CheckId, CheckResult, Outcome, Report, Shown};
use askama::Template;
use jiff::civil::date;
use uuid::Uuid;

const NOW: Instant = Instant(1_783_906_200_000_000);

fn frame(language: Language) -> Frame {
    let authority = match language {
        Language::Zh => "示范省人力资源和社会保障厅",
        Language::En => "Department of Human Resources and Social Security of Demo Province",
    };
    let mut frame = Frame::bare(language);
    frame.authority = Some(authority.to_owned());
    frame
}

fn claims(name: &str) -> Claims {
    Claims {
        credential_id: Uuid::from_u128(7),
        number: "S000032000001263000017".parse().unwrap(),
        holder: Holder {
            name: name.to_owned(),
            document_type: String::from("居民身份证"),
            document_last4: String::from("002X"),
        },
        attainment: Attainment::Level {
            occupation: "6-31-07-01".parse().unwrap(),
            occupation_name: Name {
                zh: String::from("工业机器人系统运维员"),
                en: Some(String::from("Industrial Robot System Maintenance Worker")),
            },
            work_type: None,
            level: SkillLevel::Two,
        },
        route: Route::Assessment,
        standard: Standard {
            kind: StandardKind::National,
            code: String::from("GZB 6-31-07-01"),
            edition: String::from("2023"),
        },
        region: "320100".parse().unwrap(),
        region_name: String::from("江苏省南京市"),
        issuer: Issuer {
            did: Did::of_body("ledger.example", Uuid::from_u128(9)).unwrap(),
            name: Name {
                zh: String::from("示范智能制造职业技能评价有限公司"),
                en: Some(String::from(
                    "Demo Intelligent Manufacturing Skills Assessment Co., Ltd.",
                )),
            },
            credit_code: "91350100M000100Y43".parse().unwrap(),
        },
        session: Some(String::from("2026-29")),
        assessed_on: date(2026, 7, 13),
        issued_on: date(2026, 7, 21),
        issue: 1,
        supersedes: None,
        twin: None,
        status: StatusPlace { list: 1, index: 88 },
        results: None,
    }
}

fn check(
    check: CheckId,
    result: CheckResult,
    code: &'static str,
    args: &[(&'static str, &str)],
) -> Check {
    Check {
        check,
        result,
        code,
        args: args.iter().map(|(k, v)| (*k, (*v).to_owned())).collect(),
        counts: true,
    }
}

fn good() -> Vec<Check> {
    use CheckResult::Pass;
    vec![
        check(
            CheckId::TrustList,
            Pass,
            "trust-pinned",
            &[
                ("issued", "2026-07-22 08:00:00"),
                ("days", "3"),
                ("position", "4021"),
            ],
        ),
        check(CheckId::Form, Pass, "form-good", &[]),
        check(
            CheckId::Signature,
            Pass,
            "signature-good",
            &[("body", "示范智能制造职业技能评价有限公司")],
        ),
        check(
            CheckId::Accreditation,
            Pass,
            "accreditation-good",
            &[("position", "3107")],
        ),
        check(
            CheckId::Inclusion,
            Pass,
            "inclusion-good",
            &[
                ("origin", "ledger.example/log"),
                ("position", "3107"),
                ("time", "2026-07-12 15:04:05"),
                ("size", "4021"),
            ],
        ),
        check(
            CheckId::Status,
            Pass,
            "status-good",
            &[("as_of", "2026-07-25 08:00:00")],
        ),
        check(
            CheckId::KeyValidity,
            Pass,
            "key-good",
            &[("position", "3107")],
        ),
        check(
            CheckId::KeyCompromise,
            Pass,
            "compromise-none",
            &[("as_of", "4021")],
        ),
        check(
            CheckId::Dates,
            Pass,
            "dates-good",
            &[("issued", "2026-07-21")],
        ),
    ]
}

fn report(outcome: Outcome, checks: Vec<Check>, shown: Option<Claims>) -> Report {
    Report {
        coat: Some(Coat::VcJson),
        outcome,
        checks,
        as_of: shown.is_some().then_some(NOW),
        certificate: shown.map(|claims| Shown {
            claims: Disclosed::from(&claims),
            state: Some("valid"),
            detail: None,
        }),
    }
}

fn page(language: Language, result: impl FnOnce(&Frame) -> Option<ResultView>) -> String {
    let frame = frame(language);
    let result = result(&frame);
    let mut page = VerifyPage::new(frame);
    page.result = result;
    page.render().unwrap()
}

fn valid() -> Report {
    report(Outcome::Valid, good(), Some(claims("欧阳文清")))
}

/// Revoked: one check failed.
fn revoked() -> LookedUp {
    let mut checks = good();
    checks[5] = check(
        CheckId::Status,
        CheckResult::Fail,
        "register-revoked",
        &[("on", "2026-08-01"), ("ground", "冒名顶替")],
    );
    let claims = claims("欧***");
    let mut report = report(Outcome::Invalid, checks, Some(claims));
    // As the look-up masks it.
    if let Some(shown) = &mut report.certificate {
        shown.claims.document_last4 = None;
    }
    LookedUp {
        report,
        as_of_position: 4021,
        as_of: NOW,
    }
}

/// Without its proof.
fn unproved() -> Report {
    use CheckResult::Unknown;
    let mut checks = good();
    checks[3] = check(CheckId::Accreditation, Unknown, "position-unknown", &[]);
    checks[4] = check(CheckId::Inclusion, Unknown, "inclusion-no-proof", &[]);
    checks[7] = check(CheckId::KeyCompromise, Unknown, "position-unknown", &[]);
    report(Outcome::Unknown, checks, Some(claims("欧阳文清")))
}

/// A changed byte hides everything.
fn forged() -> Report {
    let mut checks = good();
    checks.truncate(2);
    checks.push(check(
        CheckId::Signature,
        CheckResult::Fail,
        "signature-bad",
        &[],
    ));
    report(Outcome::Invalid, checks, None)
}

#[test]
fn every_state_has_its_page() {
    for (name, language) in [("zh", Language::Zh), ("en", Language::En)] {
        let shown = |state: &str, html: String| {
            // The digests in the names change with the files, not with the pages.
            let html = html
                .replace(&STYLE.path(), "/assets/style.css")
                .replace(&SCRIPT.path(), "/assets/page.js")
                .replace(&ICON.path(), "/assets/icon.svg");
            insta::assert_snapshot!(format!("{state}-{name}"), html);
        };
        shown("empty", page(language, |_| None));
        shown(
            "valid",
            page(language, |f| Some(ResultView::held(f, &valid(), NOW))),
        );
        shown(
            "revoked",
            page(language, |f| Some(ResultView::looked_up(f, &revoked()))),
        );
        shown(
            "unproved",
            page(language, |f| Some(ResultView::held(f, &unproved(), NOW))),
        );
        shown(
            "forged",
            page(language, |f| Some(ResultView::held(f, &forged(), NOW))),
        );
        shown(
            "not-found",
            page(language, |f| Some(ResultView::not_found(f))),
        );
        let problem = Problem::new("too-many-requests").retry_after(3);
        shown(
            "problem",
            page_of(problem, language, "/verify/list").unwrap(),
        );
    }
}

/// What a person could have put into a name is text on the page, never markup.
#[test]
fn what_is_shown_is_escaped() {
    for hostile in [
        "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "'; alert(1) //",
        "</dd></dl><svg onload=alert(1)>",
        "{{ 7 * 7 }}",
    ] {
        let report = report(Outcome::Valid, good(), Some(claims(hostile)));
        let mut page = VerifyPage::new(frame(Language::Zh));
        page.number = hostile.to_owned();
        page.name = zeroize::Zeroizing::new(hostile.to_owned());
        page.result = Some(ResultView::held(&page.frame, &report, NOW));
        let html = page.render().unwrap();
        assert!(!html.contains("<script>alert"), "{hostile}");
        assert!(!html.contains("<img"), "{hostile}");
        assert!(!html.contains("<svg onload"), "{hostile}");
        assert!(!html.contains("\"><img"), "{hostile}");
        assert!(!html.contains("49"), "{hostile}");
    }
}

/// Every message key that a template names has words.
#[test]
fn templates_name_known_words() {
    let templates = [
        include_str!("templates/layout.html"),
        include_str!("templates/verify.html"),
        include_str!("templates/error.html"),
    ];
    for template in templates {
        for part in template.split("frame.t(\"").skip(1) {
            let key = part.split('"').next().unwrap();
            assert!(locale::knows(key), "{key}");
        }
    }
}

/// Nothing inline: the content security policy would refuse it.
#[test]
fn pages_carry_no_inline_script_or_style() {
    let html = page(Language::Zh, |f| Some(ResultView::held(f, &valid(), NOW)));
    for inline in [" style=", "<style", " onclick=", " onload=", "javascript:"] {
        assert!(!html.contains(inline), "{inline}");
    }
    assert_eq!(html.matches("<script").count(), 1);
    assert!(html.contains("<script src=\"/assets/page."));
}

/// What has no level shows none, in either language.
#[test]
fn what_is_no_level_does_not_read_as_one() {
    let name = |zh: &str| Name {
        zh: zh.to_owned(),
        en: None,
    };
    let own = Attainment::Enterprise {
        name: name("某某重工技能证书"),
        grade: String::from("骨干运维员"),
        occupation: "6-31-07-01".parse().unwrap(),
        occupation_name: name("工业机器人系统运维员"),
    };
    let item = Attainment::SpecialSkill {
        item: "ZX-2026-017".parse().unwrap(),
        name: name("面点制作"),
    };
    let facts = |attainment: &Attainment, twin: Option<&str>, language| {
        let mut claims = claims("欧阳文清");
        claims.attainment = attainment.clone();
        claims.twin = twin.map(|twin| twin.parse().unwrap());
        let report = report(Outcome::Valid, good(), Some(claims));
        let html = page(language, |f| Some(ResultView::held(f, &report, NOW)));
        let from = html.find("<dl").unwrap();
        html[from..html.find("</dl>").unwrap()].to_owned()
    };
    let twin = "Y000032000001263000017";
    let zh = facts(&own, Some(twin), Language::Zh);
    for shown in [
        "企业证书",
        "某某重工技能证书",
        "骨干运维员",
        "不是职业技能等级",
        twin,
    ] {
        assert!(zh.contains(shown), "{shown}");
    }
    let en = facts(&own, Some(twin), Language::En);
    assert!(en.contains("Enterprise Certificate") && en.contains("not a vocational skill level"));
    let zh = facts(&item, None, Language::Zh);
    assert!(zh.contains("专项职业能力证书") && zh.contains("ZX-2026-017") && zh.contains("无等级"));
    let en = facts(&item, None, Language::En);
    assert!(en.contains("Special Vocational Skill Certificate") && en.contains("no level"));
    for html in [zh, en] {
        for level in ["级/", "技师", "Level "] {
            assert!(!html.contains(level), "{level}: {html}");
        }
    }
}
