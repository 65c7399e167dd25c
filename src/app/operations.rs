//! Every operation there is, for the doors: the command line, the API and the imports read this
//! list and nothing else.

use super::background;
use super::catalogue;
use super::eligibility;
use super::number_grammars;
use super::operation::Verb;
use super::queries::QUESTIONS;
use super::recognitions;
use super::routes;
use super::sessions;
use super::staff;
use crate::locale::Language;

/// Every operation, by group.
pub static VERBS: &[Verb] = &[
    Verb::of::<sessions::enrol::ScheduleRegistration>(),
    Verb::of::<sessions::enrol::RegisterCandidate>(),
    Verb::of::<sessions::enrol::ReviewEligibility>(),
    Verb::of::<sessions::arrange::ArrangeSession>(),
    Verb::of::<sessions::arrange::RecordEvidence>(),
    Verb::of::<sessions::arrange::HoldReview>(),
    Verb::of::<sessions::results::EnterResult>(),
    Verb::of::<sessions::results::FileObjection>(),
    Verb::of::<sessions::results::DecideObjection>(),
    Verb::of::<sessions::results::ReviseResult>(),
    Verb::of::<sessions::audit::SetAssessmentPolicy>(),
    Verb::of::<sessions::audit::SubmitSession>(),
    Verb::of::<sessions::audit::PassAudit>(),
    Verb::of::<sessions::audit::ReturnAudit>(),
    Verb::of::<sessions::audit::RecordUpload>(),
    Verb::of::<background::RecordWork>(),
    Verb::of::<background::RecordStudy>(),
    Verb::of::<background::RecordTitle>(),
    Verb::of::<background::RecordOutsideCertificate>(),
    Verb::of::<background::EndWork>(),
    Verb::of::<background::StrikeRecord>(),
    Verb::of::<super::training::StrikeTraining>(),
    Verb::of::<catalogue::AdoptOccupations>(),
    Verb::of::<catalogue::AmendOccupations>(),
    Verb::of::<catalogue::AdoptItems>(),
    Verb::of::<catalogue::ReleaseResource>(),
    Verb::of::<staff::cards::GrantCard>(),
    Verb::of::<staff::cards::RenewCard>(),
    Verb::of::<staff::cards::SuspendCard>(),
    Verb::of::<staff::cards::ReinstateCard>(),
    Verb::of::<staff::cards::WithdrawCard>(),
    Verb::of::<staff::relations::DeclareRelation>(),
    Verb::of::<staff::relations::StrikeRelation>(),
    Verb::of::<staff::teachers::EndorseTeacher>(),
    Verb::of::<staff::teachers::EngageTeacher>(),
    Verb::of::<staff::teachers::LeaveSchool>(),
    Verb::of::<staff::rules::AdoptStaffRules>(),
    Verb::of::<staff::bases::NoticeTrainingBase>(),
    Verb::of::<staff::bases::ListTrainingBase>(),
    Verb::of::<staff::bases::StrikeTrainingBase>(),
    Verb::of::<number_grammars::AdoptNumberGrammar>(),
    Verb::of::<recognitions::ApplyForRecognition>(),
    Verb::of::<recognitions::GrantRecognition>(),
    Verb::of::<recognitions::RefuseRecognition>(),
    Verb::of::<recognitions::ProposeWithdrawal>(),
    Verb::of::<recognitions::RegisterIssuer>(),
    Verb::of::<recognitions::StrikeIssuer>(),
    Verb::of::<recognitions::ListComparison>(),
    Verb::of::<recognitions::AdoptRules>(),
    Verb::of::<recognitions::AdoptSeries>(),
    Verb::of::<eligibility::AdoptStandards>(),
    Verb::of::<super::body_scopes::GrantScope>(),
    Verb::of::<super::body_scopes::TakeBackScope>(),
    Verb::of::<super::body_scopes::PermitCrossRegion>(),
    Verb::of::<super::body_scopes::EndCrossRegion>(),
    Verb::of::<super::body_records::GradeStars>(),
    Verb::of::<super::body_records::RecordCredit>(),
    Verb::of::<super::body_records::SelectBody>(),
    Verb::of::<super::body_records::SetBodyPolicy>(),
    Verb::of::<super::ecosystems::OpenEcosystem>(),
    Verb::of::<super::ecosystems::JoinEcosystem>(),
    Verb::of::<super::ecosystems::LeaveEcosystem>(),
    Verb::of::<super::ecosystems::CloseEcosystem>(),
    Verb::of::<super::log_keys::RotateLogKey>(),
    Verb::of::<super::log_keys::RetireLogKey>(),
    Verb::of::<super::log_keys::RevokeLogKey>(),
    Verb::of::<super::reviews::OrderReview>(),
    Verb::of::<super::reviews::CloseReview>(),
    Verb::of::<routes::tables::AdoptPromotionRules>(),
    Verb::of::<routes::tables::AdoptDirectGrounds>(),
    Verb::of::<routes::tables::AdoptAppointmentPolicies>(),
    Verb::of::<routes::tables::AdoptApprenticeshipPolicies>(),
    Verb::of::<routes::competitions::RegisterCompetition>(),
    Verb::of::<routes::competitions::EnterPlace>(),
    Verb::of::<routes::competitions::StrikePlace>(),
    Verb::of::<routes::competitions::ConfirmPlaces>(),
    Verb::of::<routes::competitions::NoticePlaces>(),
    Verb::of::<routes::competitions::CloseCompetition>(),
    Verb::of::<routes::competitions::WithdrawPlace>(),
    Verb::of::<routes::results::EnterDirect>(),
    Verb::of::<routes::results::EnterRecognised>(),
    Verb::of::<routes::results::EnterPromotion>(),
    Verb::of::<routes::results::EnterReview>(),
    Verb::of::<routes::results::EnterGrading>(),
    Verb::of::<routes::posts::ReviewPerformance>(),
    Verb::of::<routes::posts::RenewAppointment>(),
    Verb::of::<routes::posts::EndAppointment>(),
    Verb::of::<routes::apprenticeships::StartApprenticeship>(),
    Verb::of::<routes::apprenticeships::CompleteApprenticeship>(),
    Verb::of::<routes::apprenticeships::EndApprenticeship>(),
    Verb::of::<routes::honours::ConferHonour>(),
    Verb::of::<routes::honours::WithdrawHonour>(),
    Verb::of::<routes::questions::QuestionAward>(),
    Verb::of::<routes::questions::DecideQuestion>(),
];

/// The operation of this name.
pub fn verb(name: &str) -> Option<&'static Verb> {
    VERBS.iter().find(|verb| verb.name == name)
}

/// What a member of a request is called, where any operation has one of that name.
pub fn label(member: &str, language: Language) -> Option<&'static str> {
    let of_verbs = VERBS.iter().flat_map(|verb| verb.fields);
    let of_questions = QUESTIONS.iter().flat_map(|question| question.fields);
    let field = of_verbs
        .chain(of_questions)
        .find(|field| field.name == member)?;
    Some(in_language(field.doc, language))
}

/// The half of `中文 | English.` that a language asks for.
pub fn in_language(doc: &'static str, language: Language) -> &'static str {
    let (zh, en) = doc.split_once('|').unwrap_or((doc, doc));
    match language {
        Language::Zh => zh.trim(),
        Language::En => en.trim().trim_end_matches('.'),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_operation_and_query_is_named_and_documented_in_both_languages() {
        let han = |text: &str| text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
        let mut names = BTreeSet::new();
        let mut imports = BTreeSet::new();
        let verbs = VERBS
            .iter()
            .map(|it| (it.name, it.doc, it.fields, it.import));
        let questions = QUESTIONS
            .iter()
            .map(|it| (it.name, it.doc, it.fields, None));
        for (called, doc, fields, import) in verbs.chain(questions) {
            assert!(names.insert(called), "{called} stands twice");
            let (group, name) = called.split_once('.').unwrap();
            assert!(!name.is_empty(), "{called}");
            assert!(
                crate::locale::knows(&format!("group-{group}")),
                "group-{group} has no words"
            );
            if let Some(import) = import {
                assert!(imports.insert(import), "import {import} stands twice");
            }
            let docs = fields.iter().map(|field| field.doc);
            for doc in docs.chain([doc]) {
                assert!(doc.contains('|'), "{called}: {doc}");
                assert!(han(in_language(doc, Language::Zh)), "{called}: {doc}");
                let en = in_language(doc, Language::En);
                assert!(!en.is_empty() && !han(en), "{called}: {doc}");
            }
            let labels: BTreeSet<_> = fields
                .iter()
                .map(|field| in_language(field.doc, Language::Zh))
                .collect();
            assert_eq!(labels.len(), fields.len(), "{called}: a label stands twice");
        }
    }
}
