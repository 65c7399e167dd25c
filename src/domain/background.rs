//! What a person brings along (履历): work, study, titles and certificates of others. Facts that a
//! body or the authority has checked, each with the digests of its evidence; rules read them,
//! nothing here decides.

use crate::domain::credit_code::CreditCode;
use crate::domain::digest::Digest;
use crate::domain::ids::RecordId;
use crate::domain::level::SkillLevel;
use crate::domain::name::Name;
use crate::domain::occupation::OccupationCode;
use crate::domain::rules::recognition::Title;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// How a person works for an employer (用工形式).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Relation {
    /// 职工
    Staff,
    /// 劳务派遣: sent by an agency; assessed by the employer as its own (国就劳发〔2025〕4号 十四).
    Dispatched,
    /// 外包
    Outsourced,
    /// 学徒: under an apprentice's agreement.
    Apprentice,
    /// 实习: an intern of the graduation year.
    Intern,
    /// 灵活就业 / 自雇: no employer.
    SelfEmployed,
}

/// Work in an occupation (从业经历).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkRecorded {
    /// Its id.
    pub record: RecordId,
    /// The employer, by its 统一社会信用代码; none for the self-employed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub employer: Option<CreditCode>,
    /// How.
    pub relation: Relation,
    /// The occupation worked in, if the work was in one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub occupation: Option<OccupationCode>,
    /// First day.
    pub from: Date,
    /// Last day; none while it goes on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Date>,
    /// Digests of the evidence (劳动合同、社保记录…).
    pub evidence: Vec<Digest>,
}

/// Work that went on ended (离职). What was recorded of it stays as it was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkEnded {
    /// Which record of work.
    pub record: RecordId,
    /// Its last day.
    pub to: Date,
    /// Digests of the evidence (解除劳动合同证明、社保停保记录…).
    pub evidence: Vec<Digest>,
}

/// Kind of school (办学类型), as far as the conditions for application tell them apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum School {
    /// 技工院校 中级工班
    TechnicianSchoolIntermediate,
    /// 技工院校 高级工班 (高级技工学校、技师学院)
    TechnicianSchoolSenior,
    /// 技工院校 预备技师班 / 技师班
    TechnicianSchoolTechnician,
    /// 中等职业学校 (中专、职高)
    SecondaryVocational,
    /// 高等职业学校 (高职高专)
    HigherVocational,
    /// 普通高等学校
    University,
    /// 普通高中
    HighSchool,
    /// 其他
    Other,
}

/// Education reached (学历), GB/T 4658.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Education {
    /// 71 初中
    JuniorMiddle,
    /// 61 高中
    HighSchool,
    /// 41 中专, 44 职高, 47 技工学校
    Secondary,
    /// 31 专科
    College,
    /// 21 本科
    Bachelor,
    /// 14 硕士
    Master,
    /// 11 博士
    Doctor,
}

/// Study, done or going on (学历).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StudyRecorded {
    /// Its id.
    pub record: RecordId,
    /// Kind of school.
    pub school: School,
    /// The school itself, by its 统一社会信用代码, where it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub institution: Option<CreditCode>,
    /// The education it leads to.
    pub education: Education,
    /// Speciality (专业).
    pub speciality: String,
    /// The occupations the speciality belongs to (本专业或相关专业), as checked.
    pub related: Vec<OccupationCode>,
    /// First day.
    pub from: Date,
    /// Day of graduation; none while it goes on (在读).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub graduated_on: Option<Date>,
    /// The day graduation is expected; a student of the graduation year is 应届毕业生.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expected_on: Option<Date>,
    /// Digests of the evidence.
    pub evidence: Vec<Digest>,
}

/// A professional title (职称) as its certificate says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TitleRecorded {
    /// Its id.
    pub record: RecordId,
    /// The title.
    pub title: Title,
    /// The occupations its speciality belongs to, as checked.
    pub related: Vec<OccupationCode>,
    /// The day it was awarded.
    pub awarded_on: Date,
    /// Who awarded it.
    pub awarded_by: String,
    /// Digests of the evidence.
    pub evidence: Vec<Digest>,
}

/// A kind of certificate that others issued: kept as a reference, never issued here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OutsideKind {
    /// 职业技能等级证书 of another ledger or of before this one.
    LevelCertificate,
    /// 职业资格证书
    VocationalQualification,
    /// 预备技师证书
    PreparatoryTechnician,
    /// 国（境）外证书
    Foreign,
    /// 港澳台证书
    HongKongMacaoTaiwan,
    /// 行业证书 / 企业证书 of 比照目录
    Industry,
    /// 特种作业操作证 and other departments' permits: never a skill level.
    OperatingPermit,
    /// 竞赛证书 of a competition that is not in this ledger.
    Competition,
}

/// A certificate that others issued.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutsideCertificateRecorded {
    /// Its id.
    pub record: RecordId,
    /// Its kind.
    pub kind: OutsideKind,
    /// Who issued it, by the code of the register of issuers, or by name where none exists.
    pub issuer: String,
    /// What it is called.
    pub name: Name,
    /// Its grade in the issuer's own words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grade: Option<String>,
    /// The occupation, where it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub occupation: Option<OccupationCode>,
    /// The skill level it states; only of [`OutsideKind::LevelCertificate`] and
    /// [`OutsideKind::VocationalQualification`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<SkillLevel>,
    /// Digest of its number, keyed with the ledger's digest key.
    pub number: Digest,
    /// The day it was awarded.
    pub awarded_on: Date,
    /// Last day it is valid, if it runs out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_to: Option<Date>,
    /// Digests of the evidence.
    pub evidence: Vec<Digest>,
}

/// Work, study, a title or another's certificate, was struck from the record: it was not so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordStruck {
    /// Which.
    pub record: RecordId,
    /// Why.
    pub ground: String,
    /// The civil date.
    pub on: Date,
}

/// What of all this stands: recorded and not struck.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Background {
    /// Work, in the order of its record.
    pub works: Vec<WorkRecorded>,
    /// Study.
    pub studies: Vec<StudyRecorded>,
    /// Titles.
    pub titles: Vec<TitleRecorded>,
    /// Certificates of others.
    pub outside: Vec<OutsideCertificateRecorded>,
}

impl Background {
    /// Whether this record stands.
    pub fn has(&self, record: RecordId) -> bool {
        self.works.iter().any(|it| it.record == record)
            || self.studies.iter().any(|it| it.record == record)
            || self.titles.iter().any(|it| it.record == record)
            || self.outside.iter().any(|it| it.record == record)
    }

    /// Puts its last day to work that went on.
    pub fn end_work(&mut self, ended: &WorkEnded) {
        let of_it = |it: &&mut WorkRecorded| it.record == ended.record;
        if let Some(work) = self.works.iter_mut().find(of_it) {
            work.to = Some(ended.to);
        }
    }

    /// Takes a record out.
    pub fn strike(&mut self, record: RecordId) {
        self.works.retain(|it| it.record != record);
        self.studies.retain(|it| it.record != record);
        self.titles.retain(|it| it.record != record);
        self.outside.retain(|it| it.record != record);
    }
}
