## 提案（经办与复核）
reject-proposal-taken = 该提案编号已使用过
reject-proposal-unknown = 没有这个提案
reject-proposal-expired = 提案已过期，须由经办人重新提出
reject-proposal-same-person = 经办人不能复核自己的提案
reject-proposal-digest-differs = 复核的内容与提案的内容不一致
reject-proposal-already-decided = 该提案已复核或已退回
reject-proposal-wrong-act = 此处不能办理这类提案
reject-act-not-yet = 所载日期 { $on } 未到，届时方可复核生效

## 文字
domain-field = { $field ->
    [ground] 理由
    [basis] 依据
    [reason] 原因
    [site] 考点
    [session-code] 认定批次号
    [standard-code] 标准编号
    [standard-edition] 标准版本
    [work-type] 工种
    [speciality] 专业
    [amendment] 修订名称
    [resource] 资源编码
    [version] 版本
    [developer] 开发单位
    [title] 职称名称
    [title-series] 职称系列
    [awarded-by] 授予单位
    [issuer] 发证机构
    [certificate-name] 证书名称
    [grade] 等次
    [corrected] 更正项
    [name] 名称
    [name-en] 英文名称
    [class] 班期
    [course] 课程
    [source] 来源
    [edition] 版本
    [host] 域名
    [jurisdiction] 适用地区
    [key-id] 密钥编号
    [public-key] 公钥
    [possession] 持有证明
    [rule] 规则编号
    [citation] 引文
    [condition] 条件
    [template] 申报条件模板
    [comparison] 比照目录行号
    [title-code] 职称代码
    [honour] 荣誉称号
   *[other] { $field }
}
reject-text-missing = “{ domain-field }”不能为空
reject-text-too-long = “{ domain-field }”最多 { $most } 个字
reject-text-unprintable = “{ domain-field }”含有换行、控制字符或改变书写方向的字符
reject-text-personal = “{ domain-field }”中有疑似证件号码或手机号码；台账事件不记载个人信息

## 认定批次
reject-session-not-opened = 没有这个认定批次
reject-session-already-opened = 该认定批次已开设
reject-session-no-levels = 认定批次至少要有一个等级
reject-level-twice = 等级 { $level } 级重复
reject-occupation-differs = 目录条目与批次的职业 { $occupation } 不一致
reject-occupation-without-levels = 职业 { $occupation } 不属于第三至第六大类，不发职业技能等级证书
reject-level-not-open = 该职业的国家职业标准未设 { $level } 级
reject-work-type-unknown = 该职业在目录中没有这个工种
reject-examiner-twice = 考评员重复
reject-results-confirmed = 成绩已确认，不能再改
reject-session-not-yet-assessed = 评定日期 { $assessed_on } 未到，不能导入成绩
reject-nothing-to-import = 没有可导入的行
reject-rows-disagree = 导入的行数多于表中的行数
reject-too-many-candidates = 一个认定批次最多 { $most } 人
reject-worker-twice = 同一考生在本批次已有成绩
reject-level-outside-session = 本批次不认定 { $level } 级
reject-marks-incomplete = 缺少必考科目的成绩（理论、技能；二级和一级还须综合评审）
reject-verdict-differs = 评定结果与各科成绩不符（各科均须达到 60 分）
reject-self-assessment = 考评员不能参加本批次的考核（回避）
reject-no-results = 没有成绩可供确认
reject-proposal-changed = 成绩在提交复核后有变动，须重新提交
reject-results-not-confirmed = 成绩尚未复核确认
reject-notice-already-started = 公示已开始
reject-notice-dates-disagree = 公示日期前后矛盾，或早于评定日期
reject-notice-not-started = 尚未公示，不能结束批次
reject-notice-running = 公示未满，{ $closes_on } 起方可结束批次
reject-session-already-closed = 该认定批次已结束
reject-session-not-closed = 认定批次尚未结束，不能发证
reject-issue-before-close = 发证日期早于批次结束日期 { $closed_on }
reject-nobody-passed = 本批次无人合格，不需发证
reject-issue-count-differs = 发证数与合格人数不符，合格 { $passed } 人
reject-session-already-issued = 本批次已发证

## 评价机构
reject-body-not-registered = 没有这个机构
reject-body-already-registered = 该机构已备案
reject-body-assesses-nobody = 培训机构不开展等级认定（考培分离）
reject-body-suspended = 该机构自 { $since } 起暂停资质
reject-body-withdrawn = 该机构自 { $since } 起取消资质
reject-body-already-suspended = 该机构已处于暂停状态
reject-body-not-suspended = 该机构未被暂停
reject-number-code-unfit = 机构代码不符合证书编码规则
reject-number-letter-unfit = 首字母与机构类别不符（Y 用人单位，S 社会培训评价组织）
reject-number-code-unchanged = 机构代码没有变化
reject-number-code-missing = 尚未核定证书编码用的机构代码
reject-grant-taken = 该备案范围编号已使用过
reject-scope-empty = 备案范围须写明职业、等级和地区，且不得重复
reject-level-not-certified = { $level } 不发职业技能等级证书（人社部发〔2022〕14号）
reject-dates-disagree = 截止日期早于起始日期
reject-grant-unknown = 没有这个备案范围，或已终止
reject-occupation-outside-scope = 职业 { $occupation } 不在备案范围内
reject-level-outside-scope = { $level } 级不在该职业的备案范围内
reject-region-outside-scope = 地区 { $region } 不在备案范围内
reject-scope-not-begun = 备案范围自 { $from } 起生效
reject-scope-expired = 备案范围自 { $on } 起终止；办结已开批次须经主管部门准予
reject-run-off-taken = 该批次已准予办结
reject-run-off-unknown = 该批次没有准予办结的记录
reject-key-taken = 密钥编号或公钥已使用过；一把密钥只有一个用途
reject-key-purpose-unknown = 密钥用途不在规定之内
reject-key-unknown = 没有这把密钥
reject-key-not-active = 该密钥已停用
reject-key-last-status = 这是最后一把在用的状态密钥，须先启用新的
reject-key-already-compromised = 该密钥已宣告失密，且起点不晚于此
reject-position-invalid = 位置从 1 起
reject-key-missing = 没有在用的{ $purpose ->
    [certificate] 证书
    [status] 状态
    [trust] 信任清单
    [log] 日志
   *[other] { $purpose }
}密钥
reject-status-list-out-of-order = 状态列表须顺序编号，下一个是 { $next }
reject-status-list-size = 状态列表须有 131072 个位，不能是 { $size }
reject-status-list-seed-taken = 状态列表的种子已使用过
reject-status-list-unknown = 没有这个状态列表
reject-status-list-goes-back = 已公布的状态列表反映到位置 { $position }，不能退回
reject-status-list-empty = 状态列表内容为空
reject-status-list-missing = 尚未开设状态列表
reject-status-list-full = 状态列表只剩 { $left } 个位，须先开设新列表
reject-nothing-to-issue = 没有要发的证书
reject-date-before = 日期不得早于 { $earliest }

## 证书
reject-certificate-not-issued = 没有这本证书
reject-certificate-already-issued = 该证书已发过；遗失请补发
reject-certificate-supersedes-itself = 证书不能更正为自身
reject-certificate-ended = 证书已{ $end ->
    [revoked] 撤销
    [cancelled] 注销
    [forfeited] 吊销
   *[voided] 作废
}，不可再变；确有错误的，另发新证并注明关联
reject-certificate-superseded = 证书已更正为新编号，请办理新证
reject-certificate-already-suspended = 证书已处于暂停状态
reject-certificate-not-suspended = 证书未被暂停
reject-certificate-suspended = 证书暂停期间不能补发或更正
reject-successor-missing = 更正须有新证书编号
reject-successor-unasked = 只有更正才有新证书编号
reject-nothing-corrected = 须写明更正了哪些项目
reject-correction-changes-award = 更正不得改变机构、批次、持证人、职业和等级
reject-too-many-reissues = 补发次数已到上限

## 主管部门
reject-ledger-not-established = 台账尚未建立
reject-ledger-already-established = 台账已建立
reject-jurisdiction-unknown = 适用地区须为 DEMO，或包含主管部门所在地的行政区划代码
reject-host-invalid = 域名不合规范（小写字母、数字、连字符）
reject-key-last = 这是该用途最后一把在用的密钥，须先启用新的
reject-other-jurisdiction = 该规定属于其他地区
reject-calendar-unsound = { $year } 年日历有误：放假日须为当年工作日，调休上班日须为当年周末，且不得重复
reject-calendar-missing = 尚未载入 { $year } 年的工作日日历
reject-notice-too-long = 公示期最多 { $most } 个工作日
reject-notice-policy-missing = { $date } 没有适用的公示期规定
reject-trust-list-goes-back = 已公布的信任清单反映到位置 { $position }，不能退回
reject-trust-list-empty = 信任清单内容为空

## 目录
reject-edition-taken = 该版本已启用
reject-edition-empty = 该版本没有内容
reject-edition-too-large = 一个版本最多 { $most } 条
reject-occupation-twice = 职业 { $occupation } 重复
reject-grammar-unsound = 证书编码规则不完整：须有机构、年份和序列码，等级证书还须有等级，全长 8 至 40 位
reject-grammar-taken = 同名且同日起用的编码规则已存在
reject-rule-twice = 规则 { $rule } 重复
reject-rule-dates-disagree = 规则 { $rule } 的截止日期早于起始日期

## 账号
reject-account-not-opened = 没有这个账号
reject-account-already-opened = 该账号已开立
reject-account-closed = 该账号已注销
reject-account-roles-unsound = 账号至少要有一个角色，且不得重复
reject-account-body-missing = 评价机构的角色须属于一个机构
reject-account-body-unasked = 主管部门的角色不属于任何机构
reject-account-makes-and-checks = 经办与复核分离：一个账号不得兼任两种角色
reject-account-auditor-acts = 审计账号只读，不得兼任其他角色
reject-account-token-unchanged = 新口令与旧口令相同

## 劳动者
reject-worker-not-enrolled = 没有这位劳动者
reject-worker-already-enrolled = 该劳动者已登记
reject-nothing-sealed = 没有封存任何信息
reject-level-already-awarded = 本批次已授予该劳动者等级
reject-level-not-awarded = 该批次没有授予该劳动者等级
reject-level-already-withdrawn = 该等级已取消
reject-end-keeps-level = { $end ->
    [cancelled] 注销
   *[voided] 作废
}只终止证书，不取消等级
reject-training-no-hours = 培训须有课时
reject-training-not-over = 培训尚未结束
reject-training-twice = 该机构该班期的结业已登记
reject-record-twice = 该履历记录已登记
    .rule = 本台账规则：一条履历只登记一次
    .need = 登记另一条履历，或先撤下原记录
reject-record-unknown = 没有这条履历记录，或已撤下
    .rule = 本台账规则：只能撤下现存的记录
    .need = 现存记录的编号
reject-record-ahead = 尚未发生，{ $earliest } 起方可登记
    .rule = 本台账规则：履历不得预先登记
    .need = 于 { $earliest } 或之后登记
reject-employer-disagrees = 受雇须写明用人单位，自雇不得写用人单位
    .rule = 本台账规则：用工形式与用人单位须相符
    .need = 受雇填用人单位的统一社会信用代码，自雇留空
reject-outside-level-unfit = 只有职业技能等级证书和职业资格证书可以载明技能等级
    .rule = 人社部发〔2022〕14号：其他证书不是职业技能等级
    .need = 不填等级，需要时按比照认定办理
reject-evidence-missing = 经核实的履历须附证明材料摘要，最多 50 份
    .rule = 本台账规则：登记的事实须有证据可查
    .need = 至少一份证明材料的摘要
