# 批量核验
list-result-valid = 有效
list-result-invalid = 无效
list-result-unknown = 无法核验
list-result-not-found = 未查到
list-result-unread = 未核验
list-reason-not-found = 没有一张证书的编号与本行所填姓名（及证件号码）同时相符，请对照证书原件核对；其他台账或旧版证书请向发证机构核实
list-number-length = 编号为 { $found } 位，没有哪种证书编码规则是这个位数
list-number-part = 编号不合证书编码规则：{ $part ->
    [kind-letter] 首位不是评价机构类别字母
    [body-code] 评价机构代码部分应为数字
    [province] 省级代码部分不是任何省级行政区划代码
    [site-sequence] 机构序列码部分应为数字
    [year] 年份部分应为数字
    [level] 等级代码部分不是任何等级
    [item] 项目代码部分不符
    [serial] 末尾流水号部分应为数字且不全为零
   *[other] 固定字符部分不符
}
list-same-number = 编号与第 { $row } 行相同
list-column-result = 结果
list-column-reason = 原因
list-column-state = 状态
list-column-level = 等级
list-column-occupation = 职业
list-column-body = 发证机构
list-column-issued-on = 发证日期
list-column-checked-at = 核验时间
list-column-position = 日志位置

cli-list-row = 第 { $row } 行：{ $result }　{ $reason }
cli-list-more = ……另有 { $count } 行，用 --out 或 --json 查看全部
cli-list-summary = 共 { $rows } 行：有效 { $valid }，无效 { $invalid }，无法核验 { $unknown }，未查到 { $missing }，未核验 { $unread }；依据台账第 { $position } 条记录，核验于 { $time }（北京时间）
cli-list-written = 已写出 { $file }
