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
list-page-title = 批量核验
list-page-lead = 交来一张名单，逐行核对每张证书是否有效，原表写回并附上结果和原因。
list-page-link = 有一批证书要核对？批量核验名单
list-page-give = 选择名单
list-page-help = xlsx 或 csv 表格，至少有“证书编号”“姓名”两栏，可加“身份证号后四位”，其余栏目随意。
list-page-template = 下载空白名单
list-page-choose = 名单文件
list-page-check = 核验
list-page-check-download = 核验并下载表格
list-page-rule = 编号与姓名须同时相符；表中有证件号码的，也须相符。编号不存在与姓名不符，答复相同。
list-page-limit = 一次至多 { $rows } 行；行数按来源地址计，每小时至多 { $rows } 行。
list-page-kept = 名单不留存。每张被查的证书都会留下查阅记录，供持证人本人查看。
list-page-needed = 请选择名单文件
list-page-outcome-valid = 全部有效
list-page-outcome-invalid = 有无效的证书
list-page-outcome-unknown = 有未能核实的行
list-page-counts = 共 { $rows } 行：有效 { $valid }，无效 { $invalid }，无法核验 { $unknown }，未查到 { $missing }，未核验 { $unread }
list-page-download = 下载结果表格（xlsx）
list-page-file = 核验结果.xlsx
list-page-caption = 各行结果
list-page-row = 行
list-page-masked = 姓名已遮盖；下载的表格保留原表内容，请妥善保管。
list-page-more = 另有 { $count } 行未在此列出，见下载的表格
