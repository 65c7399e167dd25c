use crate::domain::background::OutsideKind;
use crate::domain::catalogue::command::CatalogueCommand as Command;
use crate::domain::catalogue::decider::{CatalogueDecider, EDITION_MAX};
use crate::domain::catalogue::event::*;
use crate::domain::catalogue::rejection::CatalogueRejection as No;
use crate::domain::decider::harness::{When, given};
use crate::domain::level::SkillLevel;
use crate::domain::name::Name;
use crate::domain::rules::recognition::*;
use crate::domain::wording::TextRejection;
use jiff::civil::date;

fn when(
    past: impl IntoIterator<Item = CatalogueEvent>,
    command: Command,
) -> When<CatalogueDecider> {
    given::<CatalogueDecider>(past).when(command)
}
fn rules(change: impl Fn(&mut RecognitionRule)) -> Command {
    let mut rule = careers_cn::built_in().remove(0);
    change(&mut rule);
    Command::AdoptRecognitionRules(RecognitionRulesAdopted {
        edition: "2027".into(),
        rules: vec![rule],
    })
}
fn row() -> ComparisonListed {
    ComparisonListed {
        comparison: comparisons_demo::comparisons("330000").remove(0),
    }
}
fn list(change: impl Fn(&mut Comparison)) -> Command {
    let mut listed = row();
    change(&mut listed.comparison);
    Command::ListComparison(listed)
}
fn series() -> TitleSeriesAdopted {
    TitleSeriesAdopted {
        title_series: series_cn::built_in(),
    }
}
fn issuer() -> IssuerRegistered {
    IssuerRegistered {
        issuer: comparisons_demo::issuers().remove(1),
    }
}
fn register(change: impl Fn(&mut Issuer)) -> Command {
    let mut registered = issuer();
    change(&mut registered.issuer);
    Command::RegisterIssuer(registered)
}
fn struck() -> IssuerStruck {
    IssuerStruck {
        code: issuer().issuer.code,
        ground: "发证机构资格终止".into(),
        basis: "演示".into(),
        on: date(2026, 6, 1),
    }
}
fn level(level: SkillLevel) -> Qualification {
    Qualification::Level {
        level,
        occupations: vec![],
        series: None,
    }
}

#[test]
fn a_rule_says_where_it_applies_and_on_which_conditions() {
    when([], rules(|_| {})).then([RecognitionRulesAdopted {
        edition: "2027".into(),
        rules: careers_cn::built_in().into_iter().take(1).collect(),
    }
    .into()]);
    for place in ["ZJ", "330", ""] {
        let command = rules(|it| it.jurisdiction = place.into());
        when([], command).rejected(No::JurisdictionUnknown);
    }
    let twice = rules(|it| it.conditions[1].id = it.conditions[0].id.clone());
    when([], twice).rejected(No::ConditionTwice {
        rule: "cn-74-three".into(),
        condition: "production-line".into(),
    });
    let many = rules(|it| it.conditions = vec![it.conditions[0].clone(); 201]);
    when([], many).rejected(No::EditionTooLarge { most: 200 });
    let personal = rules(|it| it.conditions[0].words.zh = "电话13800138000".into());
    when([], personal).rejected(No::Text(TextRejection::Personal { field: "condition" }));
}

#[test]
fn a_title_is_named_and_never_recognised_directly() {
    let rule = || "cn-74-three".to_owned();
    let unnamed = rules(|it| {
        it.to = Qualification::Title {
            series: None,
            grade: TitleGrade::Assistant,
            name: None,
            code: None,
        };
    });
    when([], unnamed).rejected(No::TitleUnnamed { rule: rule() });
    let direct = rules(|it| it.effect = Effect::DirectRecognition);
    when([], direct).rejected(No::TitleNotAwarded { rule: rule() });
}

#[test]
fn a_permit_leads_to_no_level_and_no_rule_to_an_appointment() {
    let permit = rules(|it| {
        it.from = Qualification::Certificate {
            outside: OutsideKind::OperatingPermit,
            issuer: "应急管理局".into(),
            name: "特种作业操作证".into(),
            grade: None,
        };
        it.to = level(SkillLevel::Five);
    });
    when([], permit).rejected(No::PermitIsNoLevel {
        rule: "cn-74-three".into(),
    });
    for to in [
        SkillLevel::Apprentice,
        SkillLevel::Special,
        SkillLevel::Chief,
    ] {
        let command = rules(|it| it.to = level(to));
        when([], command).rejected(No::LevelNotRecognised { level: to });
    }
}

#[test]
fn a_rule_about_education_names_one() {
    let none = Qualification::Education {
        education: None,
        schools: vec![],
    };
    let from = rules(|it| it.from = none.clone());
    when([], from).rejected(No::EducationUnnamed {
        rule: "cn-74-three".into(),
    });
    let to = rules(|it| it.to = none.clone());
    when([], to).rejected(No::EducationUnnamed {
        rule: "cn-74-three".into(),
    });
}

#[test]
fn a_certificate_follows_only_where_a_level_is_awarded() {
    let rule = || "cn-74-three".to_owned();
    let title = rules(|it| it.certificate = true);
    when([], title).rejected(No::RuleCertificateUnfit { rule: rule() });
    let apply = rules(|it| {
        it.certificate = true;
        it.to = level(SkillLevel::Three);
    });
    when([], apply).rejected(No::RuleCertificateUnfit { rule: rule() });
    let row = list(|it| {
        it.with_certificate = true;
        it.effect = Effect::MayApply;
    });
    when([], row).rejected(No::RuleCertificateUnfit {
        rule: "compare/robot-intermediate".into(),
    });
}

#[test]
fn a_comparison_row_is_listed_once_in_an_edition() {
    when([], Command::ListComparison(row())).then([row().into()]);
    when([row().into()], Command::ListComparison(row())).rejected(No::ComparisonTwice {
        code: "robot-intermediate".into(),
    });
    let mut later = row();
    later.comparison.edition = "2027".into();
    let command = Command::ListComparison(later.clone());
    when([row().into()], command).then([later.into()]);
    let permit = list(|it| it.outside = OutsideKind::OperatingPermit);
    when([], permit).rejected(No::KindNotRegistered);
    let chief = list(|it| it.level = SkillLevel::Chief);
    when([], chief).rejected(No::LevelNotRecognised {
        level: SkillLevel::Chief,
    });
    let occupation = "2-02-38-01".parse().unwrap();
    when([], list(|it| it.occupation = occupation))
        .rejected(No::OccupationWithoutLevels { occupation });
    let backwards = list(|it| it.effective_to = Some(date(2020, 1, 1)));
    when([], backwards).rejected(No::RuleDatesDisagree {
        rule: "compare/robot-intermediate".into(),
    });
}

#[test]
fn a_series_is_listed_once_and_occupations_belong_to_listed_ones() {
    let adopt = |change: fn(&mut TitleSeries)| {
        let mut adopted = series();
        change(&mut adopted.title_series);
        Command::AdoptTitleSeries(adopted)
    };
    when([], adopt(|_| {})).then([series().into()]);
    when([series().into()], adopt(|_| {})).rejected(No::EditionTaken);
    when([], adopt(|it| it.series.clear())).rejected(No::EditionEmpty);
    when([], adopt(|it| it.series.push(it.series[0].clone()))).rejected(No::SeriesTwice {
        series: "工程".into(),
    });
    when(
        [],
        adopt(|it| it.occupations[0].series = vec!["卫生".into()]),
    )
    .rejected(No::SeriesUnknown {
        series: "卫生".into(),
    });
    let occupation = series().title_series.occupations[0].occupation;
    when(
        [],
        adopt(|it| it.occupations.push(it.occupations[0].clone())),
    )
    .rejected(No::OccupationTwice { occupation });
    when(
        [],
        adopt(|it| it.occupations = vec![it.occupations[0].clone(); EDITION_MAX + 1]),
    )
    .rejected(No::EditionTooLarge {
        most: EDITION_MAX as u32,
    });
}

#[test]
fn an_issuer_is_registered_for_a_time_and_for_its_certificates() {
    when([], register(|_| {})).then([issuer().into()]);
    when([issuer().into()], register(|_| {})).rejected(No::IssuerRegistered);
    let next = |it: &mut Issuer| {
        it.valid_from = date(2029, 1, 1);
        it.valid_to = None;
    };
    let mut renewed = issuer();
    next(&mut renewed.issuer);
    when([issuer().into()], register(next)).then([renewed.into()]);
    when([issuer().into(), struck().into()], register(|_| {})).then([issuer().into()]);
    when(
        [],
        register(|it| it.outside = OutsideKind::LevelCertificate),
    )
    .rejected(No::KindNotRegistered);
    for country in ["de", "DEU", ""] {
        when([], register(|it| it.country = country.into())).rejected(No::CountryUnknown);
    }
    when([], register(|it| it.certificates.clear())).rejected(No::IssuerWithoutCertificates);
    when([], register(|it| it.valid_to = Some(date(2023, 12, 31))))
        .rejected(No::IssuerDatesDisagree);
    let nameless = register(|it| {
        it.name = Name {
            zh: " ".into(),
            en: None,
        };
    });
    when([], nameless).rejected(No::Text(TextRejection::Missing { field: "name" }));
}

#[test]
fn an_issuer_is_struck_once_with_ground_and_basis() {
    let strike = Command::StrikeIssuer;
    when([issuer().into()], strike(struck())).then([struck().into()]);
    when([], strike(struck())).rejected(No::IssuerUnknown);
    when([issuer().into(), struck().into()], strike(struck())).rejected(No::IssuerUnknown);
    let early = IssuerStruck {
        on: date(2023, 12, 31),
        ..struck()
    };
    when([issuer().into()], strike(early)).rejected(No::StruckBefore {
        earliest: date(2024, 1, 1),
    });
    let groundless = IssuerStruck {
        ground: String::new(),
        ..struck()
    };
    when([issuer().into()], strike(groundless))
        .rejected(No::Text(TextRejection::Missing { field: "ground" }));
}
