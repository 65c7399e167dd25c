## 证书种类与编号

reject-attainment-twice = 同一等级或项目重复计数
    .rule = 本台账规则：一次发证中，每个等级或项目只计一次
    .need = 合并为一项
reject-attainments-disagree = 发证内容与计数不一致
    .rule = 本台账规则：核准的内容就是计数的内容
    .need = 两者相同
reject-not-numbered = 编码规则“{ $grammar }”不适用于这类证书
    .rule = 证书编码规则按证书种类和等级分别适用
    .need = 目录中适用于该种类、该等级的编码规则
reject-item-outside-scope = 项目 { $item } 不在备案范围内
    .rule = 专项职业能力和微技能按项目备案（国就劳发〔2025〕4号 十三）
    .need = 备案范围中列有该项目
reject-numbers-exhausted = 编码规则“{ $grammar }”本年度序列码只剩 { $left } 个
    .rule = 职业技能等级证书编码规则：序列码六位，按机构、年份和等级编排
    .need = 另一机构（站点）序列码，或下一年度
reject-grammar-overlaps = 与编码规则“{ $grammar }”可能产生相同的编号
    .rule = 本台账规则：编号能看出证书种类，一个编号只属于一本证书
    .need = 一个能区分种类的固定位或等级代码
reject-certificate-twin-of-itself = 证书不能与自身成对
    .rule = 本台账规则：一试双证是两本不同的证书
    .need = 另一本证书的编号
reject-certificate-twin-unfit = 一试双证只由一本职业技能等级证书和一本企业证书组成
    .rule = 一次评价同时颁发企业证书和职业技能等级证书（浙江 技能促富 十九，征求意见稿）；专项职业能力、微技能证书单独颁发
    .need = 等级证书与企业证书成对颁发
reject-certificate-not-twin = 两本证书不是同一次评价所发
    .rule = 本台账规则：只有同一人、同一批次的一试双证一同撤销或吊销
    .need = 同一次评价的另一本证书
reject-certificate-recognition-decides = 该证书的等级由主管部门比照认定，发证机构不撤销、不吊销
    .rule = 本台账规则：等级由谁授予，由谁取消；撤销比照认定时证书随之撤销
    .need = 由主管部门撤销比照认定；只涉及证书本身的，提出暂停、注销或作废
reject-certificate-not-of-recognition = 该证书不是据这项比照认定所发
    .rule = 本台账规则：撤销比照认定时，只有据以所发的证书随之撤销
    .need = 该批次为此人所发的证书
reject-work-type-unasked = 该证书不载明工种
    .rule = 只有职业技能等级证书载明工种（职业技能等级认定工作规程，人社职司便函〔2020〕17号）
    .need = 更正其他内容

group-number = 证书编码规则

# 专项职业能力、微技能
reject-item-not-listed = 评定当日的考核项目目录中没有项目 { $item }，或已停考，或与目录所列不符
    .rule = 专项职业能力、微技能按公布的考核项目目录开展（清单第 57、58 行）
    .need = 采用列有该项目的目录版本，或改用目录中的项目
reject-specification-differs = 目录规定该项目依据考核规范 { $code }（{ $edition }）
    .rule = 评价写明所依据的专项职业能力考核规范（国就劳发〔2025〕4号 十三）
    .need = 写明目录规定的考核规范编号和版本
reject-item-over-before-it-begins = 项目 { $item } 的停考日期早于目录施行日期
    .rule = 本台账规则：项目自施行之日起至停考日期止可以考核
    .need = 更正停考日期
cli-passport-micro-skills = 微技能 · 职业 { $occupation }：已取得 { $held } 项（{ $names }），目录中尚未取得 { $open } 项；微技能不是职业技能等级

reject-appointment-certificate-unnamed = 评聘办法规定聘任终止的证书注销，须写明该次评聘的证书编号
    .rule = 评聘办法（目录已采用的版本）：聘任终止时证书的处理
    .need = 写明证书编号；注销由复核人批准后生效
reject-appointment-certificate-stays = 没有随该聘任注销的证书：按评聘办法证书不因聘任终止而注销，或尚未发证
    .rule = 评聘办法（目录已采用的版本）：聘任终止时证书的处理
    .need = 终止聘任时不写证书编号；确需注销的，另行提出

# 复核人须知
consequence-twin-ends = 一试双证：另一本证书 { $number } 随之{ $end ->
    [forfeited] 吊销
   *[revoked] 撤销
 }
consequence-hours-count-no-more = 该班期的课时不再用于申报资格
consequence-teachers-unbound = 该班期的授课教师（{ $number } 人）不再因此班期回避
consequence-level-to-review = 职业 { $occupation } 的等级（{ $by }）列入待复核
consequence-certificate-ends = 据该比照认定所发的证书 { $number } 随之撤销
consequence-level-withdrawn = 所取得的职业技能等级随之取消
cli-proposal-shown = 提案 { $id }：{ $act }；{ $until } 前复核有效
cli-proposal-about = 所涉证书 { $number }
cli-proposal-ground = 理由：{ $ground }；依据：{ $basis }
cli-proposal-also = 注意：{ $words }
act-end-certificate = 终止证书（{ $end ->
    [revoked] 撤销
    [cancelled] 注销
    [forfeited] 吊销
   *[voided] 作废
 }）
act-suspend-certificate = 暂停证书
act-reinstate-certificate = 恢复证书
act-strike-training = 撤下虚假培训
act-correct-certificate = 更正证书
act-confirm-results = 确认成绩
act-compromise-key = 声明密钥失密
act-other = 须复核事项

# 取得等级的复查
reject-award-questioned-already = 该等级正在复查
    .rule = 本台账规则：同一等级一次只有一项复查
    .need = 先作出复查结论
reject-award-not-questioned = 该等级没有待作结论的复查
    .rule = 本台账规则：复查结论针对已提出的复查，由两人作出
    .need = 先提出复查；有证书的，撤销证书
reject-award-finding-not-yet = 复查结论的日期 { $on } 未到
    .rule = 本台账规则：未到的日期不生效
    .need = 到该日后再复核
reject-award-certificate-unnamed = 该等级已发证，须写明证书编号，撤销证书时等级随之取消
    .rule = 本台账规则：已发证的等级随证书撤销
    .need = 写明该次评价所发证书的编号
reject-award-certificate-unasked = 该等级没有发证，或复查结论为维持，不写证书编号
    .rule = 本台账规则：没有证书的等级由复查结论取消
    .need = 去掉证书编号
passport-worker-award-questioned = 等级复查
passport-worker-award-upheld = 复查维持
act-uphold-award = 复查结论：维持等级
act-withdraw-award = 复查结论：取消等级
