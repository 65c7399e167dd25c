## 取得等级的途径

route = { $route ->
    [direct-recognition] 直接认定
    [competition] 竞赛晋升
    [apprentice-grading] 转正定级
    [appointment] 评聘
    [recognition] 比照认定
   *[assessment] 考核认定
}

reject-route-unfit = { $level } 级不能经由“{ route }”取得
    .rule = 人社部发〔2022〕14号：特级技师、首席技师只经评聘取得；本台账规则：比照认定不依附批次，其他途径都经批次
    .need = 与等级相符的途径

## 竞赛

reject-competition-not-registered = 没有这项竞赛
    .rule = 本台账规则：名次只登记在已备案的竞赛之下
    .need = 先登记竞赛
reject-competition-already-registered = 该竞赛已登记
    .rule = 本台账规则：一项竞赛登记一次
    .need = 另一项竞赛
reject-competition-contests-missing = 竞赛没有赛项，或赛项超过 200 个
    .rule = 本台账规则：竞赛至少有一个赛项
    .need = 填写 1 至 200 个赛项
reject-competition-contest-twice = 职业 { $occupation } 的同一组别列了两次
    .rule = 本台账规则：一个职业一个组别只设一个赛项
    .need = 删去重复的赛项
reject-competition-contest-without-levels = 职业 { $occupation } 不属第三至六大类，没有职业技能等级可晋升
    .rule = 职业分类大典（2022年版）；等级认定只对第三、四、五、六大类
    .need = 第三至六大类的职业
reject-competition-dates-disagree = 竞赛截止日期早于起始日期
    .rule = 本台账规则：起止日期先后一致
    .need = 改正日期
reject-competition-not-yet-held = 竞赛 { $ends_on } 才结束，不能登记名次
    .rule = 本台账规则：赛后登记名次
    .need = 在 { $ends_on } 当日或之后登记
reject-competition-contest-unknown = 该竞赛没有职业 { $occupation } 这一组别的赛项
    .rule = 本台账规则：名次属于已登记的赛项
    .need = 改正职业或组别
reject-competition-place-twice = 该选手在此职业已有名次
    .rule = 本台账规则：一人一职业一个名次
    .need = 先删除录入有误的名次
reject-competition-place-unknown = 没有这个名次
    .rule = 本台账规则：只能更动已登记的名次
    .need = 核对选手与职业
reject-competition-rank-impossible = 第 { $rank } 名与参赛 { $contestants } 人不符，或与同一赛项其他名次的参赛人数不一致，或取得名次者多于参赛人数
    .rule = 本台账规则：名次在 1 与参赛人数之间，同一赛项参赛人数一致，取得名次者不多于参赛人数
    .need = 核对名次和参赛人数
reject-competition-evidence-missing = 名次缺少佐证，或佐证超过 50 件
    .rule = 本台账规则：名次须有成绩册等佐证
    .need = 提供 1 至 50 件佐证
reject-competition-too-many-places = 一项竞赛至多 { $most } 个名次
    .rule = 本台账规则
    .need = 分项登记
reject-competition-no-places = 没有名次
    .rule = 本台账规则：确认之前先登记名次
    .need = 至少一个名次
reject-competition-places-confirmed = 名次已经确认，不能再改
    .rule = 本台账规则：确认后不改，闭幕后可取消名次
    .need = 闭幕后经两人取消名次
reject-competition-proposal-changed = 提交复核之后名次有变
    .rule = 本台账规则：复核的须是提交的
    .need = 重新提交复核
reject-competition-not-confirmed = 名次尚未确认
    .rule = 本台账规则：经办与复核分离，确认后公示
    .need = 由另一人复核确认
reject-competition-notice-already-started = 公示已经开始
    .rule = 本台账规则：公示一次
    .need = 等待公示期满
reject-competition-notice-dates-disagree = 公示日期不一致，或早于竞赛结束
    .rule = 本台账规则：赛后公示，期限按地区规定
    .need = 改正日期
reject-competition-notice-not-started = 名次尚未公示
    .rule = 本台账规则：未经公示不得闭幕
    .need = 先公示
reject-competition-notice-running = 公示未满，{ $closes_on } 起可以结束
    .rule = 本台账规则：公示期满方可结束
    .need = 等到 { $closes_on }
reject-competition-already-closed = 竞赛已经结束
    .rule = 本台账规则：结束一次
    .need = 无
reject-competition-not-closed = 竞赛尚未结束，名次应删除而不是取消
    .rule = 本台账规则：结束后才有“取消名次”
    .need = 删除录入有误的名次
reject-competition-place-withdrawn = 该名次已被取消
    .rule = 本台账规则：取消一次
    .need = 无
reject-competition-before-close = 日期早于竞赛结束之日 { $closed_on }
    .rule = 本台账规则
    .need = { $closed_on } 当日或之后

## 竞赛晋升

reject-promotion-place-not-standing = 该名次不成立：竞赛未结束，或名次已取消
    .rule = 本台账规则：只凭已结束竞赛的有效名次晋升
    .need = 竞赛结束后的有效名次
reject-promotion-before-competition-closed = 竞赛 { $closed_on } 才结束，此前不能晋升
    .rule = 本台账规则
    .need = { $closed_on } 当日或之后
reject-promotion-no-rule = 当地当日没有适用于该层级、类别、组别的晋升规则
    .rule = 竞赛晋升规则按地区和日期（目录已采用的版本）
    .need = 采用相应的晋升规则，或走考核认定
reject-promotion-place-too-low = 名次未达到晋升规则的范围
    .rule = 竞赛晋升规则（目录已采用的版本）
    .need = 规则所列的名次、比例或奖项
reject-promotion-nothing-above = 已持有 { $held } 级，规则不再往上晋升
    .rule = 竞赛晋升规则（目录已采用的版本）
    .need = 走考核认定或评聘
reject-promotion-once-a-year = { $year } 年已凭竞赛晋升一次
    .rule = 一人一年只凭竞赛晋升一次（如天津 2024-10-25 规定）
    .need = 下一年度，或走考核认定

## 直接认定

reject-direct-employer-only = 直接认定由用人单位办理
    .rule = 国就劳发〔2025〕4号 十四；浙江 技能促富 七：由企业直接认定
    .need = 由本单位作为用人单位备案后办理
reject-direct-not-staff = 该劳动者当日不是本单位职工（含劳务派遣）
    .rule = 国就劳发〔2025〕4号 十四；对本单位职工
    .need = 当日在本单位的用工登记
reject-direct-ground-unknown = 当地当日没有这项直接认定情形
    .rule = 国就劳发〔2025〕4号 十四；各省情形见目录已采用的版本
    .need = 目录所列的情形代码
reject-direct-evidence-missing = 直接认定须有佐证材料
    .rule = 本台账规则：情形须有佐证
    .need = 至少一件佐证
reject-direct-level-below-floor = 该情形只认定 { $lowest } 级及以上，不能认定 { $level } 级
    .rule = 浙江 技能促富 七：直接认定高级工及以上
    .need = 申请 { $lowest } 级及以上
reject-direct-level-unfit = { $level } 不经直接认定取得
    .rule = 本台账规则：直接认定五级至一级
    .need = 五级至一级；特级、首席技师走评聘
reject-route-level-held = 已持有 { $held } 级，不低于所申请的等级
    .rule = 本台账规则：不重复取得已持有的等级
    .need = 更高的等级

## 评聘

reject-appointment-employer-only = 特级技师、首席技师只由已备案的用人单位评聘
    .rule = 人社部发〔2022〕14号
    .need = 用人单位备案
reject-appointment-level-unfit = 评聘只到特级技师、首席技师，不能评聘 { $level } 级
    .rule = 人社部发〔2022〕14号
    .need = 走考核认定
reject-appointment-policy-missing = 当地当日没有 { $level } 的评聘办法
    .rule = 人社部发〔2022〕14号；各省办法见目录已采用的版本
    .need = 采用当地的评聘办法
reject-appointment-not-in-post = 该劳动者当日不在本单位在职在岗
    .rule = 在职在岗（含劳务派遣、外包），成都 2025 申报条件
    .need = 当日在本单位的用工登记
reject-appointment-prior-level-missing = 未持有本职业 { $level } 级
    .rule = 评聘办法（目录已采用的版本）
    .need = 先取得 { $level } 级
reject-appointment-prior-level-too-short = 持有 { $level } 级的年限到 { $until } 才满
    .rule = 评聘办法（目录已采用的版本）
    .need = 等到 { $until }
reject-appointment-review-incomplete = 评审项目与评聘办法不符（业绩评审、现场答辩、综合评审）
    .rule = 评聘办法（目录已采用的版本）
    .need = 每个评审项目各有一个成绩
reject-promotion-other-level = 规则给予 { $gives } 级，不是 { $level } 级
    .rule = 竞赛晋升规则（目录已采用的版本）
    .need = 按规则给予的等级登记
reject-appointment-term-outside = 聘期须为 { $least } 至 { $most } 年
    .rule = 评聘办法（目录已采用的版本）
    .need = 改正聘期

## 学徒

reject-apprenticeship-policy-missing = 当地当日没有这类学徒的办法，或该类不招收毕业年度实习生
    .rule = 学徒办法（目录已采用的版本）
    .need = 采用当地办法，或另选类别
reject-apprenticeship-target-outside = 这类学徒的培养目标不含 { $level } 级
    .rule = 企业新型学徒制：中级工、高级工，浙江可扩展到技师
    .need = 办法所列的培养目标
reject-apprenticeship-agreement-length = 协议期限须为 { $least } 至 { $most } 个月
    .rule = 学徒办法；毕业年度实习生签订半年以上协议（浙江 六、四川 十四）
    .need = { $least } 至 { $most } 个月的协议
reject-grading-employer-only = 转正定级由用人单位办理
    .rule = 人社部发〔2022〕14号
    .need = 由学徒所在的用人单位办理
reject-grading-apprenticeship-not-completed = 没有在本单位期满的本职业学徒记录
    .rule = 人社部发〔2022〕14号：学徒期满转正定级
    .need = 先登记学徒期满
reject-grading-apprenticeship-used = 该学徒期已于 { $graded_on } 转正定级，不能再次定级
    .rule = 本台账规则：一次学徒期满只转正定级一次（人社部发〔2022〕14号）
    .need = 按申报条件参加更高等级的认定，或登记此后期满的学徒
reject-grading-level-above-target = { $level } 级高于学徒培养目标 { $target } 级
    .rule = 本台账规则：转正定级不高于培养目标
    .need = { $target } 级及以下

## 聘任

reject-appointment-not-awarded = 该批次没有经评聘授予这一岗位的等级，或等级已撤回
    .rule = 人社部发〔2022〕14号：评聘结合
    .need = 先完成评聘批次
reject-appointed-twice = 该评聘批次已经聘任
    .rule = 本台账规则：一次评聘一次聘任
    .need = 续聘
reject-appointment-running = 聘期与另一聘任重叠，或另一聘任未结束
    .rule = 本台账规则：同一天只聘一个岗位
    .need = 先结束原聘任，聘期从其后开始
reject-appointment-unknown = 没有这项聘任
    .rule = 本台账规则
    .need = 核对评聘批次
reject-appointment-ended = 聘任已经结束
    .rule = 本台账规则：结束后不再更动
    .need = 重新评聘
reject-appointment-over = 聘期已于 { $to } 届满
    .rule = 本台账规则：届满先登记聘任终止
    .need = 以聘期届满终止
reject-performance-year-outside = { $year } 年不在聘期之内
    .rule = 本台账规则：考核聘期内的年度
    .need = 聘期内已到的年度
reject-performance-reviewed-twice = { $year } 年已考核
    .rule = 本台账规则：一年考核一次
    .need = 另一年度
reject-performance-not-passed = 本聘期内没有合格的聘期考核
    .rule = 本台账规则：本聘期考核合格方可续聘
    .need = 本聘期内最近一次考核不为不合格
reject-appointment-term-not-over = 聘期未满，{ $earliest } 起才届满
    .rule = 本台账规则
    .need = 等到 { $earliest }，或以其他原因终止
reject-appointment-end-follows = 改聘、等级撤回随相应决定自动终止聘任
    .rule = 本台账规则
    .need = 办理改聘，或撤回等级

## 学徒登记

reject-apprenticeship-own-master = 本人不能做自己的师傅
    .rule = 本台账规则
    .need = 另一名师傅
reject-apprenticeship-without-levels = 职业 { $occupation } 不属第三至六大类
    .rule = 职业分类大典（2022年版）；等级认定只对第三、四、五、六大类
    .need = 第三至六大类的职业
reject-apprenticeship-intern-not-graduating = 没有 { $year } 年毕业的学历记录，不是毕业年度实习生
    .rule = 浙江 技能促富 六、四川 十四：毕业年度高校毕业生
    .need = 先登记学历及毕业或预计毕业日期
reject-apprenticeship-running = 同一时期另有学徒培养，或另一学徒培养未结束
    .rule = 本台账规则：同一天只有一项学徒培养
    .need = 先登记期满或解除，协议期限不与其重叠
reject-apprenticeship-unknown = 没有这项学徒记录
    .rule = 本台账规则
    .need = 核对记录编号
reject-apprenticeship-over = 这项学徒培养已期满或解除
    .rule = 本台账规则
    .need = 无
reject-apprenticeship-not-over = 学徒期到 { $earliest } 才满
    .rule = 本台账规则：期满方为学徒期满
    .need = 等到 { $earliest }，或登记解除

## 荣誉

reject-honour-twice = 同一荣誉已登记
    .rule = 本台账规则：一项荣誉登记一次
    .need = 另一项荣誉
reject-honour-unknown = 没有这项荣誉记录
    .rule = 本台账规则
    .need = 核对记录编号
reject-honour-withdrawn = 荣誉已撤销
    .rule = 本台账规则
    .need = 无

## 技能护照

passport-worker-appointed = 聘任
passport-worker-performance-reviewed = 聘期考核
passport-worker-appointment-renewed = 续聘
passport-worker-appointment-ended = 聘任终止
passport-worker-apprenticeship-started = 开始学徒培养
passport-worker-apprenticeship-completed = 学徒期满
passport-worker-apprenticeship-ended = 学徒培养解除
passport-worker-honour-conferred = 荣誉
passport-worker-honour-withdrawn = 荣誉撤销

## 规则表

reject-route-rule-unsound = 规则“{ $rule }”自相矛盾：等级序列为空或不递增，比例超过 100，期限倒置，或等级不在范围内
    .rule = 本台账规则：规则须能适用
    .need = 改正该条规则

## 事项

group-award = 已定等级
group-competition = 竞赛
group-route = 直接认定、竞赛晋升、评聘、转正定级
group-appointment = 聘任
group-apprenticeship = 学徒
group-honour = 荣誉
thing-competition = 竞赛
thing-appointment = 聘任
thing-apprenticeship = 学徒记录
