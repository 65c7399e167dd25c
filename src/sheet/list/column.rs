//! The columns of a list to be checked and the names they go by.

use crate::sheet::clean::{without_brackets, word};
use crate::sheet::column::Column;

/// A column that is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListColumn {
    /// 证书编号
    Number,
    /// 姓名
    Name,
    /// 证件号码: the whole number, or one masked but for its end.
    Document,
    /// 证件号码后四位
    DocumentEnding,
}

impl ListColumn {
    /// All of them.
    pub(super) const ALL: [Self; 4] = [
        Self::Number,
        Self::Name,
        Self::Document,
        Self::DocumentEnding,
    ];

    /// The canonical name, used in every message whatever the sheet calls the column.
    pub const fn name_zh(self) -> &'static str {
        match self {
            Self::Number => "证书编号",
            Self::Name => "姓名",
            Self::Document => "证件号码",
            Self::DocumentEnding => "证件号码后四位",
        }
    }

    /// The English name, which is read too.
    pub const fn name_en(self) -> &'static str {
        match self {
            Self::Number => "certificate number",
            Self::Name => "name",
            Self::Document => "document number",
            Self::DocumentEnding => "last four of the document number",
        }
    }

    /// The column of a header text: as it stands, without its bracketed parts, and with the
    /// brackets alone gone; case and white space aside.
    pub(super) fn of(header: &str) -> Option<Self> {
        let header: String = word(header)
            .chars()
            .filter(|c| !matches!(c, '*' | '★' | '※' | ':' | '"' | '\'' | '.' | '_' | '-'))
            .flat_map(char::to_lowercase)
            .collect();
        if header.is_empty() || header.chars().count() > 40 {
            return None;
        }
        let joined: String = header
            .chars()
            .filter(|c| !matches!(c, '(' | ')' | '[' | ']' | '【' | '】'))
            .collect();
        // 身份证号(后四位) is the ending: with the brackets gone before without what stands in them.
        let unbracketed = without_brackets(&header);
        named(&header)
            .or_else(|| ending(&joined))
            .or_else(|| named(&unbracketed))
            .or_else(|| named(&joined))
            .or_else(|| by_results_column(&header))
    }
}

fn named(name: &str) -> Option<ListColumn> {
    Some(match name {
        "证书编号"
        | "证书编码"
        | "证书号"
        | "证书号码"
        | "证书代码"
        | "证号"
        | "等级证书编号"
        | "等级证书号"
        | "技能证书编号"
        | "技能证书号码"
        | "技能等级证书编号"
        | "技能等级证书编码"
        | "职业技能证书编号"
        | "职业技能等级证书编号"
        | "职业技能等级证书编码"
        | "职业技能等级证书号"
        | "职业技能等级证书号码"
        | "职业资格证书编号"
        | "职业资格证书号"
        | "职业资格等级证书编号"
        | "资格证书编号"
        | "专项职业能力证书编号"
        | "原证书编号"
        | "现证书编号"
        | "certificateno"
        | "certificatenumber"
        | "certificatenum"
        | "certificateid"
        | "certno"
        | "certnumber"
        | "certificate#" => ListColumn::Number,
        "持证人"
        | "证书持有人"
        | "证书持有人姓名"
        | "持有人"
        | "持有人姓名"
        | "员工"
        | "人员"
        | "姓名中文"
        | "holder"
        | "holdername"
        | "nameofholder"
        | "fullname"
        | "employee"
        | "employeename"
        | "chinesename" => ListColumn::Name,
        "documentnumber" | "documentno" | "identitynumber" | "idnumber" | "idno" | "idcard"
        | "idcardnumber" | "idcardno" | "证件号码脱敏" => ListColumn::Document,
        _ => return ending(name),
    })
}

/// 身份证号后四位, 证件号码末4位, 身份证尾号, last four of ID, ID last 4 digits.
fn ending(name: &str) -> Option<ListColumn> {
    let words = [
        "后四位",
        "后4位",
        "末四位",
        "末4位",
        "尾号",
        "后6位",
        "后六位",
    ];
    let of_a_document = |rest: &str| {
        matches!(
            rest,
            "" | "证件"
                | "证件号"
                | "证件号码"
                | "身份证"
                | "身份证号"
                | "身份证号码"
                | "身份证件"
                | "身份证件号"
                | "身份证件号码"
                | "居民身份证"
                | "居民身份证号"
                | "公民身份号码"
        )
    };
    let zh = words
        .iter()
        .any(|end| name.strip_suffix(end).is_some_and(of_a_document));
    let en = matches!(
        name,
        "last4"
            | "lastfour"
            | "last4digits"
            | "idlast4"
            | "idlastfour"
            | "last4ofid"
            | "lastfourofid"
            | "idlast4digits"
            | "documentlast4"
            | "last4ofdocument"
            | "lastfourofthedocumentnumber"
            | "last4ofidnumber"
    );
    (zh || en).then_some(ListColumn::DocumentEnding)
}

fn by_results_column(header: &str) -> Option<ListColumn> {
    match Column::of(header)? {
        Column::Name => Some(ListColumn::Name),
        Column::DocumentNumber => Some(ListColumn::Document),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::ListColumn::{self, Document, DocumentEnding, Name, Number};

    #[test]
    fn the_names_in_use_are_seen_through_brackets_marks_spaces_and_case() {
        for (header, column) in [
            ("证书编号", Number),
            ("*证书编号（22位）", Number),
            ("证 书\n编 号", Number),
            ("职业技能等级证书编号：", Number),
            ("证书编码", Number),
            ("Certificate No.", Number),
            ("certificate_number", Number),
            ("姓名", Name),
            ("员工姓名", Name),
            ("持证人姓名（必填）", Name),
            ("Holder name", Name),
            ("Name", Name),
            ("NAME", Name),
            ("身份证号码", Document),
            ("身份证（件）号码", Document),
            ("有效证件号码", Document),
            ("ID number", Document),
            ("身份证号后四位", DocumentEnding),
            ("身份证号（后四位）", DocumentEnding),
            ("证件号码后4位", DocumentEnding),
            ("身份证尾号", DocumentEnding),
            ("Last 4", DocumentEnding),
            ("ID last four", DocumentEnding),
        ] {
            assert_eq!(ListColumn::of(header), Some(column), "{header}");
        }
        for column in ListColumn::ALL {
            assert_eq!(ListColumn::of(column.name_zh()), Some(column));
            assert_eq!(ListColumn::of(column.name_en()), Some(column));
        }
    }

    #[test]
    fn what_is_no_column_of_a_list_is_none() {
        for header in [
            "",
            "序号",
            "编号",
            "部门",
            "手机尾号",
            "等级",
            "结果",
            "原因",
            "状态",
            "发证机构",
            "核验时间",
            "证书",
            "身份证件类型",
            "准考证号",
            "银行卡后四位",
        ] {
            assert_eq!(ListColumn::of(header), None, "{header}");
        }
    }
}
