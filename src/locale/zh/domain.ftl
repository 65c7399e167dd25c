## 提案（经办与复核）
reject-proposal-taken = 该提案编号已使用过
    .rule = 本台账规则：编号只用一次
    .need = 另一个编号
reject-proposal-unknown = 没有这个提案
    .rule = 本台账规则：只能复核现存的提案
    .need = 现存提案的编号
reject-proposal-expired = 提案已过期，须由经办人重新提出
    .rule = 本台账规则：提案须在时限内复核
    .need = 由经办人重新提出
reject-proposal-same-person = 经办人不能复核自己的提案
    .rule = 本台账规则：经办与复核分离，重大事项须两人办理
    .need = 另一位复核人
reject-proposal-digest-differs = 复核的内容与提案的内容不一致
    .rule = 本台账规则：复核与提案须为同一内容
    .need = 核对内容后以提案所载摘要复核
reject-proposal-already-decided = 该提案已复核或已退回
    .rule = 本台账规则：一个提案只复核一次
    .need = 新的提案
reject-proposal-wrong-act = 此处不能办理这类提案
    .rule = 本台账规则：各类事项在其对象上办理
    .need = 在相应对象上提出
reject-act-not-yet = 所载日期 { $on } 未到，届时方可复核生效
    .rule = 本台账规则：事项自其日期起生效，不预先生效
    .need = 于 { $on } 或之后复核

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
    [ecosystem] 生态圈名称
    [task] 遴选事项
    [conclusion] 复查结论
    [condition] 条件
    [template] 申报条件模板
    [comparison] 比照目录行号
    [title-code] 职称代码
    [honour] 荣誉称号
   *[other] { $field }
}
reject-text-missing = “{ domain-field }”不能为空
    .rule = 本台账规则：必填内容
    .need = 填写该项
reject-text-too-long = “{ domain-field }”最多 { $most } 个字
    .rule = 本台账规则：内容长度有限
    .need = 缩短到 { $most } 个字以内
reject-text-unprintable = “{ domain-field }”含有换行、控制字符或改变书写方向的字符
    .rule = 本台账规则：文字须为一行可见字符
    .need = 删去不可见字符
reject-text-personal = “{ domain-field }”中有疑似证件号码或手机号码；台账事件不记载个人信息
    .rule = 《个人信息保护法》第六条；本台账规则：事件不记载个人信息
    .need = 删去证件号码和手机号码

## 认定批次
reject-session-not-opened = 没有这个认定批次
    .rule = 本台账规则：先开批次再办理
    .need = 已开设批次的编号
reject-session-already-opened = 该认定批次已开设
    .rule = 本台账规则：一个编号一个批次
    .need = 另一个编号
reject-session-no-levels = 认定批次至少要有一个等级
    .rule = 本台账规则：批次须写明认定等级
    .need = 至少一个等级
reject-level-twice = 等级 { $level } 级重复
    .rule = 本台账规则：等级不得重复
    .need = 每个等级只写一次
reject-occupation-differs = 目录条目与批次的职业 { $occupation } 不一致
    .rule = 职业分类大典：职业以目录所载为准
    .need = 目录中该编码的职业
reject-occupation-without-levels = 职业 { $occupation } 不属于第三至第六大类，不发职业技能等级证书
    .rule = 职业分类大典（2022年版）；川职鉴 2026-02-05 通知：等级认定限第三至第六大类
    .need = 第三至第六大类的职业
reject-level-not-open = 该职业的国家职业标准未设 { $level } 级
    .rule = 国家职业标准：职业技能等级
    .need = 该职业标准所设的等级
reject-work-type-unknown = 该职业在目录中没有这个工种
    .rule = 职业分类大典：工种在职业之下
    .need = 目录中该职业的工种
reject-examiner-twice = 考评员重复
    .rule = 本台账规则：考评员不得重复
    .need = 每位考评员只列一次
reject-results-confirmed = 成绩已确认，不能再改
    .rule = 本台账规则：复核后的成绩不再变动
    .need = 另开批次，或对证书办理更正、撤销
reject-session-not-yet-assessed = 评定日期 { $assessed_on } 未到，不能导入成绩
    .rule = 本台账规则：成绩只来自已进行的考核
    .need = 于 { $assessed_on } 或之后导入
reject-nothing-to-import = 没有可导入的行
    .rule = 本台账规则：导入须有内容
    .need = 至少一行可用的成绩
reject-rows-disagree = 导入的行数多于表中的行数
    .rule = 本台账规则：行数须与原表一致
    .need = 按原表重新导入
reject-too-many-candidates = 一个认定批次最多 { $most } 人
    .rule = 本台账规则：批次人数有上限
    .need = 分批开设，每批不超过 { $most } 人
reject-worker-twice = 同一考生在本批次已有成绩
    .rule = 本台账规则：一人一批次一个成绩
    .need = 每位考生只列一次
reject-level-outside-session = 本批次不认定 { $level } 级
    .rule = 本台账规则：成绩限本批次开设的等级
    .need = 本批次的等级，或另开批次
reject-marks-incomplete = 缺少必考科目的成绩（理论、技能；二级和一级还须综合评审）
    .rule = 国家职业标准：鉴定方式
    .need = 各必考科目的成绩
reject-verdict-differs = 评定结果与各科成绩不符（各科均须达到 60 分）
    .rule = 国家职业标准：各科均达 60 分为合格
    .need = 与成绩相符的评定结果
reject-self-assessment = 本批次的考评、评审、监考、督导人员不能参加本批次的考核（回避）
    .rule = 国家职业标准：考评人员回避
    .need = 更换考务人员，或考生另批参加
reject-no-results = 没有成绩可供确认
    .rule = 本台账规则：确认须有成绩
    .need = 先导入成绩
reject-proposal-changed = 成绩在提交复核后有变动，须重新提交
    .rule = 本台账规则：复核与提案须为同一内容
    .need = 重新提交复核
reject-results-not-confirmed = 成绩尚未复核确认
    .rule = 本台账规则：成绩须经两人确认后公示
    .need = 先提交并复核成绩
reject-notice-already-started = 公示已开始
    .rule = 本台账规则：公示只开始一次
    .need = 等待公示期满
reject-notice-dates-disagree = 公示日期前后矛盾，或早于评定日期
    .rule = 《民法典》第二百零一条；公示规定
    .need = 不早于评定日期、前后一致的日期
reject-notice-not-started = 尚未公示，不能结束批次
    .rule = 本台账规则：结果须经公示
    .need = 先开始公示
reject-notice-running = 公示未满，{ $closes_on } 起方可结束批次
    .rule = 公示规定；《民法典》第二百零一条
    .need = 于 { $closes_on } 或之后结束
reject-session-already-closed = 该认定批次已结束
    .rule = 本台账规则：批次只结束一次
    .need = 无须再办
reject-session-not-closed = 认定批次尚未结束，不能发证
    .rule = 本台账规则：公示结束后发证
    .need = 先结束批次
reject-issue-before-close = 发证日期早于批次结束日期 { $closed_on }
    .rule = 本台账规则：发证不早于批次结束
    .need = 不早于 { $closed_on } 的日期
reject-nobody-passed = 本批次无人合格，不需发证
    .rule = 本台账规则：合格者方可发证
    .need = 至少一名合格者
reject-issue-count-differs = 发证数与合格人数不符，合格 { $passed } 人
    .rule = 本台账规则：合格者一人一证
    .need = 发证 { $passed } 本
reject-session-already-issued = 本批次已发证
    .rule = 本台账规则：一批次只发证一次
    .need = 遗失请补发，有误请更正

## 评价机构
reject-body-not-registered = 没有这个机构
    .rule = 本台账规则：先备案再办理
    .need = 已备案机构的统一社会信用代码
reject-body-already-registered = 该机构已备案
    .rule = 本台账规则：一个机构备案一次
    .need = 无须再办
reject-body-assesses-nobody = 培训机构不开展等级认定（考培分离）
    .rule = 川人社《行动方案(2025-2027年)》十：考培分离
    .need = 有认定资格的评价机构
reject-body-suspended = 该机构自 { $since } 起暂停资质
    .rule = 本台账规则：暂停资质期间不得开展认定和发证
    .need = 恢复资质后办理
reject-body-withdrawn = 该机构自 { $since } 起取消资质
    .rule = 国就劳发〔2025〕4号 十八：取消评价资质
    .need = 由其他评价机构办理
reject-body-already-suspended = 该机构已处于暂停状态
    .rule = 本台账规则：不得重复暂停
    .need = 无须再办
reject-body-not-suspended = 该机构未被暂停
    .rule = 本台账规则：恢复以暂停为前提
    .need = 处于暂停状态的机构
reject-number-code-unfit = 机构代码不符合证书编码规则
    .rule = 职业技能等级证书编码规则
    .need = 符合规则的机构代码
reject-number-letter-unfit = 首字母与机构类别不符（Y 用人单位，S 社会培训评价组织）
    .rule = 职业技能等级证书编码规则：评价机构类别代码
    .need = Y（用人单位）或 S（社会培训评价组织）
reject-number-code-unchanged = 机构代码没有变化
    .rule = 本台账规则：核定须有变化
    .need = 不同的机构代码
reject-number-code-missing = 尚未核定证书编码用的机构代码
    .rule = 职业技能等级证书编码规则
    .need = 先由主管部门核定机构代码
reject-grant-taken = 该备案范围编号已使用过
    .rule = 本台账规则：编号只用一次
    .need = 另一个编号
reject-scope-empty = 备案范围须写明职业、等级和地区，且不得重复
    .rule = 职业技能等级认定备案：职业、等级、地区
    .need = 各至少一项且不重复
reject-level-not-certified = { $level } 不发职业技能等级证书（人社部发〔2022〕14号）
    .rule = 人社部发〔2022〕14号
    .need = 五级至一级；特级技师、首席技师须经评聘
reject-dates-disagree = 截止日期早于起始日期
    .rule = 本台账规则：截止不早于起始
    .need = 前后一致的日期
reject-grant-unknown = 没有这个备案范围，或已终止
    .rule = 本台账规则：只能办理现存的备案范围
    .need = 现存范围的编号
reject-occupation-outside-scope = 职业 { $occupation } 不在备案范围内
    .rule = 备案范围：职业
    .need = 主管部门增加该职业的备案
reject-level-outside-scope = { $level } 级不在该职业的备案范围内
    .rule = 备案范围：等级
    .need = 主管部门增加该等级的备案
reject-region-outside-scope = 地区 { $region } 不在备案范围内
    .rule = 备案范围：地区
    .need = 主管部门增加该地区的备案
reject-scope-not-begun = 备案范围自 { $from } 起生效
    .rule = 备案范围：起始日期
    .need = 于 { $from } 或之后办理
reject-scope-expired = 备案范围自 { $on } 起终止；办结已开批次须经主管部门准予
    .rule = 备案范围：截止日期
    .need = 续备案，或由主管部门准予办结
reject-run-off-taken = 该批次已准予办结
    .rule = 本台账规则：一批次准予一次
    .need = 无须再办
reject-run-off-unknown = 该批次没有准予办结的记录
    .rule = 本台账规则：只能结束现存的准予
    .need = 已准予办结的批次
reject-key-taken = 密钥编号或公钥已使用过；一把密钥只有一个用途
    .rule = 本台账规则：一把密钥一个用途
    .need = 新的密钥
reject-key-purpose-unknown = 密钥用途不在规定之内
    .rule = 本台账规则：密钥用途限定
    .need = 规定的用途
reject-key-unknown = 没有这把密钥
    .rule = 本台账规则：只能办理已登记的密钥
    .need = 已登记密钥的编号
reject-key-not-active = 该密钥已停用
    .rule = 本台账规则：停用的密钥不再使用
    .need = 在用的密钥
reject-key-last-status = 这是最后一把在用的状态密钥，须先启用新的
    .rule = 本台账规则：状态列表须可继续签发
    .need = 先启用新的状态密钥
reject-key-already-compromised = 该密钥已宣告失密，且起点不晚于此
    .rule = 本台账规则：失密起点只能提前
    .need = 更早的起点
reject-position-invalid = 位置从 1 起
    .rule = 本台账规则：位置从 1 起
    .need = 1 或更大的位置
reject-key-missing = 没有在用的{ $purpose ->
    [certificate] 证书
    [status] 状态
    [trust] 信任清单
    [log] 日志
   *[other] { $purpose }
}密钥
    .rule = 本台账规则：签发须有在用密钥
    .need = 先启用密钥
reject-status-list-out-of-order = 状态列表须顺序编号，下一个是 { $next }
    .rule = W3C Bitstring Status List 1.0；本台账规则：顺序编号
    .need = 编号 { $next }
reject-status-list-size = 状态列表须有 131072 个位，不能是 { $size }
    .rule = W3C Bitstring Status List 1.0 第 6.1 节
    .need = 131072 个位
reject-status-list-seed-taken = 状态列表的种子已使用过
    .rule = 本台账规则：种子只用一次
    .need = 新的种子
reject-status-list-unknown = 没有这个状态列表
    .rule = 本台账规则：先开设再公布
    .need = 已开设列表的编号
reject-status-list-goes-back = 已公布的状态列表反映到位置 { $position }，不能退回
    .rule = 本台账规则：公布的列表不退回
    .need = 位置 { $position } 或之后的列表
reject-status-list-empty = 状态列表内容为空
    .rule = 本台账规则：公布须有内容
    .need = 签名的列表
reject-status-list-missing = 尚未开设状态列表
    .rule = 本台账规则：发证须有状态列表
    .need = 先开设状态列表
reject-status-list-full = 状态列表只剩 { $left } 个位，须先开设新列表
    .rule = 本台账规则：一证一位
    .need = 先开设新列表（现余 { $left } 位）
reject-nothing-to-issue = 没有要发的证书
    .rule = 本台账规则：发证须有合格者
    .need = 至少一名合格者
reject-date-before = 日期不得早于 { $earliest }
    .rule = 本台账规则：事项按日期先后
    .need = 不早于 { $earliest } 的日期

## 证书
reject-certificate-not-issued = 没有这本证书
    .rule = 本台账规则：只能办理已发的证书
    .need = 已发证书的编号
reject-certificate-already-issued = 该证书已发过；遗失请补发
    .rule = 职业技能等级证书编码规则：一证一号
    .need = 办理补发
reject-certificate-supersedes-itself = 证书不能更正为自身
    .rule = 本台账规则：更正发新编号
    .need = 新的证书编号
reject-certificate-ended = 证书已{ $end ->
    [revoked] 撤销
    [cancelled] 注销
    [forfeited] 吊销
   *[voided] 作废
}，不可再变；确有错误的，另发新证并注明关联
    .rule = 本台账规则：证书终止后不再办理
    .need = 如终止有误，另行发证并关联
reject-certificate-superseded = 证书已更正为新编号，请办理新证
    .rule = 本台账规则：更正后以新证为准
    .need = 对新证书办理
reject-certificate-already-suspended = 证书已处于暂停状态
    .rule = 本台账规则：不得重复暂停
    .need = 无须再办
reject-certificate-not-suspended = 证书未被暂停
    .rule = 本台账规则：恢复以暂停为前提
    .need = 处于暂停状态的证书
reject-certificate-suspended = 证书暂停期间不能补发或更正
    .rule = 本台账规则：暂停期间不补发、不更正
    .need = 先恢复证书
reject-successor-missing = 更正须有新证书编号
    .rule = 本台账规则：更正须有新证
    .need = 新证书编号
reject-successor-unasked = 只有更正才有新证书编号
    .rule = 本台账规则：只有更正产生新证
    .need = 不写新证书编号
reject-nothing-corrected = 须写明更正了哪些项目
    .rule = 本台账规则：更正须写明项目
    .need = 至少一个更正项
reject-correction-changes-award = 更正不得改变机构、批次、持证人、职业和等级
    .rule = 本台账规则：更正不改变认定结果
    .need = 认定结果有误的，撤销后另行认定
reject-too-many-reissues = 补发次数已到上限
    .rule = 本台账规则：补发次数有上限
    .need = 作废后另行发证

## 主管部门
reject-ledger-not-established = 台账尚未建立
    .rule = 本台账规则：先建立台账
    .need = 先运行 init
reject-ledger-already-established = 台账已建立
    .rule = 本台账规则：一个台账建立一次
    .need = 无须再办
reject-jurisdiction-unknown = 适用地区须为 DEMO，或包含主管部门所在地的行政区划代码
    .rule = GB/T 2260；本台账规则：适用地区
    .need = DEMO，或包含主管部门所在地的代码
reject-host-invalid = 域名不合规范（小写字母、数字、连字符）
    .rule = did:web 规范
    .need = 小写字母、数字、连字符和点组成的域名
reject-key-succession = 日志的新密钥须由在用密钥签名交接，首把密钥除外
    .rule = 本台账规则：日志密钥交接须由在用密钥签名
    .need = 在用密钥签名的交接说明
reject-log-keys-in-use = 日志已有在用密钥及其接替密钥，最多 { $most } 把
    .rule = 本台账规则：日志在用密钥最多两把
    .need = 先停用较早的一把
reject-key-last = 这是该用途最后一把在用的密钥，须先启用新的
    .rule = 本台账规则：每个用途须有在用密钥
    .need = 先启用新的密钥
reject-other-jurisdiction = 该规定属于其他地区
    .rule = 本台账规则：规定按适用地区
    .need = 本地区或全国的规定
reject-calendar-unsound = { $year } 年日历有误：放假日须为当年工作日，调休上班日须为当年周末，且不得重复
    .rule = 国务院办公厅年度放假通知
    .need = 与通知一致的日历
reject-calendar-missing = 尚未载入 { $year } 年的工作日日历
    .rule = 国务院办公厅年度放假通知
    .need = 载入 { $year } 年日历（calendar load）
reject-notice-too-long = 公示期最多 { $most } 个工作日
    .rule = 公示规定
    .need = 不超过 { $most } 个工作日
reject-notice-policy-missing = { $date } 没有适用的公示期规定
    .rule = 公示规定按地区和日期设定
    .need = 先设定公示期（policy notice）
reject-trust-list-goes-back = 已公布的信任清单反映到位置 { $position }，不能退回
    .rule = 本台账规则：公布的清单不退回
    .need = 位置 { $position } 或之后的清单
reject-trust-list-empty = 信任清单内容为空
    .rule = 本台账规则：公布须有内容
    .need = 签名的清单

## 目录
reject-edition-taken = 该版本已启用
    .rule = 本台账规则：版本名称只用一次
    .need = 另一个版本名称
reject-edition-empty = 该版本没有内容
    .rule = 本台账规则：版本须有内容
    .need = 至少一条
reject-edition-too-large = 一个版本最多 { $most } 条
    .rule = 本台账规则：版本条数有上限
    .need = 不超过 { $most } 条
reject-occupation-twice = 职业 { $occupation } 重复
    .rule = 职业分类大典：一个编码一个职业
    .need = 每个职业只列一次
reject-grammar-unsound = 证书编码规则不完整：须有机构、年份和序列码，等级证书还须有等级，全长 8 至 40 位
    .rule = 证书编码规则：编码须唯一
    .need = 机构、年份、序列码俱全，等级证书并有等级
reject-grammar-taken = 同名且同日起用的编码规则已存在
    .rule = 本台账规则：同名规则按起用日期区分
    .need = 另一个起用日期
reject-rule-twice = 规则 { $rule } 重复
    .rule = 本台账规则：规则编号不得重复
    .need = 每条规则只列一次
reject-rule-dates-disagree = 规则 { $rule } 的截止日期早于起始日期
    .rule = 本台账规则：截止不早于起始
    .need = 前后一致的日期

## 账号
reject-account-not-opened = 没有这个账号
    .rule = 本台账规则：先开立账号
    .need = 已开立的账号
reject-account-already-opened = 该账号已开立
    .rule = 本台账规则：账号开立一次
    .need = 无须再办
reject-account-closed = 该账号已注销
    .rule = 本台账规则：注销的账号不再使用
    .need = 另开账号
reject-account-roles-unsound = 账号至少要有一个角色，且不得重复
    .rule = 本台账规则：账号须有角色
    .need = 至少一个角色，不重复
reject-account-body-missing = 评价机构的角色须属于一个机构
    .rule = 本台账规则：机构角色属于机构
    .need = 写明所属机构
reject-account-body-unasked = 主管部门的角色不属于任何机构
    .rule = 本台账规则：主管部门角色不属于机构
    .need = 不写机构
reject-account-makes-and-checks = 经办与复核分离：一个账号不得兼任两种角色
    .rule = 本台账规则：经办与复核分离
    .need = 两个账号分别担任
reject-account-auditor-acts = 审计账号只读，不得兼任其他角色
    .rule = 本台账规则：审计只读
    .need = 单独的审计账号
reject-account-token-unchanged = 新口令与旧口令相同
    .rule = 本台账规则：更换须为新令牌
    .need = 新的令牌

## 劳动者
reject-worker-not-enrolled = 没有这位劳动者
    .rule = 本台账规则：先登记劳动者
    .need = 已登记劳动者的编号
reject-worker-already-enrolled = 该劳动者已登记
    .rule = 本台账规则：一人登记一次
    .need = 使用原有记录
reject-nothing-sealed = 没有封存任何信息
    .rule = 本台账规则：登记须封存身份信息
    .need = 封存的身份信息
reject-level-already-awarded = 本批次已授予该劳动者等级
    .rule = 本台账规则：一批次一人一个等级
    .need = 无须再办
reject-level-not-awarded = 该批次没有授予该劳动者等级
    .rule = 本台账规则：只能取消已授予的等级
    .need = 授予该等级的批次
reject-level-already-withdrawn = 该等级已取消
    .rule = 本台账规则：等级取消一次
    .need = 无须再办
reject-end-keeps-level = { $end ->
    [cancelled] 注销
   *[voided] 作废
}只终止证书，不取消等级
    .rule = 行政法用语：注销、作废只终止证书
    .need = 撤销或吊销方取消等级
reject-training-no-hours = 培训须有课时
    .rule = 本台账规则：培训须有课时
    .need = 大于零的课时
reject-training-not-over = 培训尚未结束
    .rule = 本台账规则：结业在培训结束后登记
    .need = 于结束日或之后登记
reject-training-twice = 该机构该班期的结业已登记
    .rule = 本台账规则：一人一机构一班期一次
    .need = 无须再办
reject-training-unknown = 没有该机构该班期的结业登记，或已撤下
    .rule = 本台账规则：只撤下现存的结业登记
    .need = 核对培训机构和班期
reject-training-strike-not-yet = 撤下培训的决定日期 { $on } 未到
    .rule = 本台账规则：决定之日起方可撤下
    .need = 待该日再复核批准
reject-record-twice = 该记录编号已用过
    .rule = 本台账规则：一个记录编号只用一次，撤下后也不再用
    .need = 用新的记录编号
reject-fact-recorded-twice = 同一段从业经历、学历、职称或证书已登记
    .rule = 本台账规则：同一事实只登记一次，以免重复计算、重复认定
    .need = 另一事实；原记录有误的，先撤下原记录
reject-work-ended-already = 该段从业经历已有结束日期
    .rule = 本台账规则：一段从业经历只结束一次
    .need = 仍在进行的从业经历；结束日期有误的，撤下后重新登记
reject-study-graduation-not-expected = 在读学历未填预计毕业日期
    .rule = 本台账规则：在读须有预计毕业日期，申报条件据此判断应届与在读
    .need = 预计毕业日期；已毕业的填毕业日期
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
