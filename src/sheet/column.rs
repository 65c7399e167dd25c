//! The columns of a results sheet and the names they go by.

use super::clean::{without_brackets, word};

/// A column that is read (栏目).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Column {
    /// 序号
    Serial,
    /// 姓名
    Name,
    /// 性别
    Sex,
    /// 出生日期
    Birth,
    /// 证件类型
    DocumentType,
    /// 证件号码
    DocumentNumber,
    /// 文化程度
    Education,
    /// 职业名称
    OccupationName,
    /// 职业编码
    OccupationCode,
    /// 工种名称
    WorkType,
    /// 申报级别
    Level,
    /// 申报条件
    Ground,
    /// 工作单位
    Employer,
    /// 手机号码
    Phone,
    /// 理论成绩
    Theory,
    /// 技能成绩
    Skill,
    /// 综合评审成绩
    Review,
    /// 评定结果
    Result,
    /// 备注
    Remark,
}

impl Column {
    /// The canonical name, used in every report whatever the sheet calls the column.
    pub const fn name_zh(self) -> &'static str {
        match self {
            Self::Serial => "序号",
            Self::Name => "姓名",
            Self::Sex => "性别",
            Self::Birth => "出生日期",
            Self::DocumentType => "证件类型",
            Self::DocumentNumber => "证件号码",
            Self::Education => "文化程度",
            Self::OccupationName => "职业名称",
            Self::OccupationCode => "职业编码",
            Self::WorkType => "工种名称",
            Self::Level => "申报级别",
            Self::Ground => "申报条件",
            Self::Employer => "工作单位",
            Self::Phone => "手机号码",
            Self::Theory => "理论成绩",
            Self::Skill => "技能成绩",
            Self::Review => "综合评审成绩",
            Self::Result => "评定结果",
            Self::Remark => "备注",
        }
    }

    /// The English name.
    pub const fn name_en(self) -> &'static str {
        match self {
            Self::Serial => "serial number",
            Self::Name => "name",
            Self::Sex => "sex",
            Self::Birth => "date of birth",
            Self::DocumentType => "document type",
            Self::DocumentNumber => "document number",
            Self::Education => "education",
            Self::OccupationName => "occupation",
            Self::OccupationCode => "occupation code",
            Self::WorkType => "work type",
            Self::Level => "level",
            Self::Ground => "ground of application",
            Self::Employer => "employer",
            Self::Phone => "telephone",
            Self::Theory => "theory score",
            Self::Skill => "skill score",
            Self::Review => "review score",
            Self::Result => "result",
            Self::Remark => "remark",
        }
    }

    /// Whether a second column of this kind leaves it open which is meant.
    pub(super) const fn must_be_one(self) -> bool {
        !matches!(
            self,
            Self::Serial
                | Self::Education
                | Self::Ground
                | Self::Employer
                | Self::Phone
                | Self::Remark
        )
    }

    /// The column of a header text, if it is one that is read: as it stands, without its
    /// bracketed parts, and with the brackets alone gone.
    pub(super) fn of(header: &str) -> Option<Self> {
        let header: String = word(header)
            .chars()
            .filter(|c| !matches!(c, '*' | '★' | '※' | ':' | '"' | '\''))
            .collect();
        if header.is_empty() || header.chars().count() > 30 {
            return None;
        }
        let unbracketed = without_brackets(&header);
        let joined: String = header
            .chars()
            .filter(|c| !matches!(c, '(' | ')' | '[' | ']' | '【' | '】'))
            .collect();
        named(&header)
            .or_else(|| named(&unbracketed))
            .or_else(|| named(&joined))
    }

    /// Whether this is the score of a component.
    pub(super) const fn is_score(self) -> bool {
        matches!(self, Self::Theory | Self::Skill | Self::Review)
    }
}

/// Whether a lower header says only that a score stands there, not of what.
pub(super) fn is_score_word(header: &str) -> bool {
    matches!(
        without_brackets(&word(header)).as_str(),
        "成绩" | "得分" | "分数" | "分值" | "考试成绩" | "考核成绩" | "百分制"
    )
}

fn named(name: &str) -> Option<Column> {
    Some(match name {
        "序号" | "编号" | "序" | "顺序号" => Column::Serial,
        "姓名" | "名字" | "考生姓名" | "学员姓名" | "考生" | "学员" | "申报人" | "申报人姓名"
        | "申请人" | "申请人姓名" | "人员姓名" | "职工姓名" | "员工姓名" | "学生姓名"
        | "参评人" | "参评人姓名" | "参评人员" | "参评人员姓名" | "参考人员" | "参考人员姓名"
        | "参考人姓名" | "候选人姓名" | "本人姓名" | "中文姓名" | "持证人姓名" | "劳动者姓名"
        | "name" | "Name" | "NAME" => Column::Name,
        "性别" | "考生性别" => Column::Sex,
        "出生日期" | "出生年月日" | "出生年月" | "生日" | "出生时间" => {
            Column::Birth
        }
        "证件类型"
        | "证件类别"
        | "证件种类"
        | "证件名称"
        | "身份证件类型"
        | "身份证件类别"
        | "身份证件种类"
        | "有效证件类型"
        | "身份证类型"
        | "有效身份证件类型" => Column::DocumentType,
        "证件号码"
        | "证件号"
        | "证件编号"
        | "身份证"
        | "身份证号"
        | "身份证号码"
        | "身份号码"
        | "身份证件"
        | "身份证件号"
        | "身份证件号码"
        | "居民身份证"
        | "居民身份证号"
        | "居民身份证号码"
        | "公民身份号码"
        | "公民身份证号"
        | "公民身份证号码"
        | "有效证件号"
        | "有效证件号码"
        | "有效身份证件号码"
        | "有效身份证件号"
        | "有效身份证号码"
        | "考生身份证号"
        | "考生身份证号码"
        | "学员身份证号"
        | "身份证编号"
        | "社会保障号码"
        | "身份证/证件号码"
        | "身份证号/证件号"
        | "身份证号码/证件号码" => Column::DocumentNumber,
        "文化程度" | "学历" | "最高学历" | "学历层次" | "文化水平" => {
            Column::Education
        }
        "职业"
        | "职业名称"
        | "职业工种"
        | "职业工种名称"
        | "职业/工种"
        | "职业、工种"
        | "职业及工种"
        | "申报职业"
        | "申报职业名称"
        | "申报职业工种"
        | "申报职业/工种"
        | "认定职业"
        | "认定职业名称"
        | "认定职业工种"
        | "鉴定职业"
        | "鉴定职业名称"
        | "鉴定职业工种"
        | "评价职业"
        | "评价职业名称"
        | "评价职业工种"
        | "考核职业"
        | "考核职业名称"
        | "报考职业"
        | "报考职业名称"
        | "申请职业"
        | "参评职业"
        | "职业/工种名称"
        | "职业工种名"
        | "评定职业"
        | "评定职业名称" => Column::OccupationName,
        "职业编码"
        | "职业代码"
        | "职业编号"
        | "职业码"
        | "职业分类编码"
        | "职业分类代码"
        | "职业工种编码"
        | "职业工种代码"
        | "职业/工种编码"
        | "职业/工种代码"
        | "大典编码"
        | "职业大典编码"
        | "职业名称编码"
        | "申报职业编码"
        | "申报职业代码"
        | "认定职业编码" => Column::OccupationCode,
        "工种" | "工种名称" | "申报工种" | "申报工种名称" | "鉴定工种" | "认定工种"
        | "认定工种名称" | "评价工种" | "工种方向" | "工种/方向" | "职业方向" | "方向"
        | "考核工种" | "报考工种" => Column::WorkType,
        "申报级别"
        | "申报等级"
        | "级别"
        | "等级"
        | "认定等级"
        | "认定级别"
        | "鉴定等级"
        | "鉴定级别"
        | "评价等级"
        | "评价级别"
        | "评定等级"
        | "评定级别"
        | "考核等级"
        | "考核级别"
        | "报考等级"
        | "报考级别"
        | "申请等级"
        | "申请级别"
        | "职业等级"
        | "职业级别"
        | "技能等级"
        | "技能级别"
        | "职业技能等级"
        | "职业技能级别"
        | "申报职业等级"
        | "申报技能等级"
        | "申报职业技能等级"
        | "申报认定等级"
        | "参评等级"
        | "考试等级"
        | "等级级别"
        | "级别等级"
        | "等级/级别"
        | "级别/等级" => Column::Level,
        "申报条件" | "申报依据" | "报考条件" | "申请条件" | "符合条件" | "符合申报条件" => {
            Column::Ground
        }
        "工作单位"
        | "工作单位名称"
        | "单位"
        | "单位名称"
        | "所在单位"
        | "所属单位"
        | "用人单位"
        | "现工作单位"
        | "所在单位名称"
        | "工作单位/学校"
        | "单位/学校"
        | "学校"
        | "所在学校"
        | "院校名称" => Column::Employer,
        "手机号码" | "手机号" | "手机" | "联系电话" | "电话" | "电话号码" | "联系方式"
        | "移动电话" | "联系手机" | "联系电话号码" | "本人电话" | "联系号码" | "手机电话" => {
            Column::Phone
        }
        "评定结果" | "评定结论" | "评定" | "结果" | "结论" | "成绩结果" | "成绩结论"
        | "成绩评定" | "成绩评定结果" | "是否合格" | "是否通过" | "是否及格" | "合格否"
        | "合格与否" | "通过与否" | "合格情况" | "通过情况" | "认定结果" | "认定结论"
        | "鉴定结果" | "鉴定结论" | "评价结果" | "评价结论" | "考核结果" | "考核结论"
        | "考试结果" | "考评结果" | "考评结论" | "最终结果" | "最终结论" | "综合结论"
        | "综合结果" | "总评" | "总评结果" | "综合评定" | "综合评定结果" | "等级认定结果"
        | "评审结论" => Column::Result,
        "备注" | "说明" | "备考" => Column::Remark,
        _ => return component(name),
    })
}

/// Scores are named by their component and any of the words for a score or an examination after
/// it: 理论知识考试成绩, 操作技能考核得分.
fn component(name: &str) -> Option<Column> {
    const ENDS: [&str; 10] = [
        "成绩", "得分", "分数", "分值", "总分", "考试", "考核", "评分", "测试", "分",
    ];
    let mut base = name.strip_prefix("成绩").unwrap_or(name);
    for _ in 0..3 {
        match base {
            "理论" | "理论知识" | "知识" | "应知" | "理论科目" | "专业理论" | "专业知识"
            | "理论部分" | "理论笔试" => {
                return Some(Column::Theory);
            }
            "技能" | "操作技能" | "技能操作" | "实操" | "实际操作" | "实际操作技能" | "操作"
            | "专业技能" | "专业能力" | "应会" | "实作" | "实践操作" | "实操技能" | "技能实操"
            | "技能科目" | "技能部分" | "实践" | "实训" | "职业技能" => {
                return Some(Column::Skill);
            }
            "综合评审"
            | "评审"
            | "综评"
            | "答辩"
            | "论文答辩"
            | "综合评审答辩"
            | "综合答辩"
            | "业绩评审"
            | "评审答辩"
            | "综合评审/答辩"
            | "综合评审及答辩"
            | "论文" => return Some(Column::Review),
            _ => {}
        }
        base = ENDS.iter().find_map(|end| base.strip_suffix(end))?;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn canonical_names_are_their_own_columns() {
        use Column::*;
        for column in [
            Serial,
            Name,
            Sex,
            Birth,
            DocumentType,
            DocumentNumber,
            Education,
            OccupationName,
            OccupationCode,
            WorkType,
            Level,
            Ground,
            Employer,
            Phone,
            Theory,
            Skill,
            Review,
            Result,
            Remark,
        ] {
            assert_eq!(Column::of(column.name_zh()), Some(column));
        }
    }

    #[test]
    fn synonyms_brackets_marks_and_spaces_are_seen_through() {
        for (header, column) in [
            ("姓 名", Column::Name),
            ("*姓名（必填）", Column::Name),
            ("身份证（件）号码", Column::DocumentNumber),
            ("职业(工种)", Column::OccupationName),
            ("职业（工种）名称", Column::OccupationName),
            ("理论知识考试成绩(百分制)", Column::Theory),
            ("成绩（理论）", Column::Theory),
            ("实操\n成绩", Column::Skill),
            ("操作技能考核成绩", Column::Skill),
            ("综合评审得分", Column::Review),
            ("鉴定等级", Column::Level),
            ("是否合格", Column::Result),
            ("理论", Column::Theory),
        ] {
            assert_eq!(Column::of(header), Some(column), "{header}");
        }
        for header in [
            "",
            "准考证号",
            "照片",
            "成绩",
            "总成绩",
            "平均分",
            "职业技能等级认定成绩汇总表",
            "现有等级",
        ] {
            assert_eq!(Column::of(header), None, "{header}");
        }
    }
}
