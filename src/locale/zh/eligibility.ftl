## 申报条件与标准
reject-standard-twice = 标准 { $standard } 在本次启用中重复
    .rule = 本台账规则：一次启用中，同类、同编号、同版本的标准只列一次
    .need = 删去重复的一条
reject-standard-template-twice = 申报条件模板 { $template } 在本次启用中重复
    .rule = 本台账规则：一次启用中，一个模板只列一次
    .need = 删去重复的一个
reject-standard-template-unknown = 没有申报条件模板 { $template }
    .rule = 本台账规则：标准引用的模板须先启用或同时启用
    .need = 同时启用该模板，或改引已启用的模板
reject-condition-rule-twice = 申报条件编号 { $rule } 重复
    .rule = 本台账规则：一份文件中每项申报条件有自己的编号
    .need = 改用另一个编号
reject-condition-unsound = 申报条件 { $rule } 无法判断：有空项、层次过深、过长，或年限所附的条件无从起算
    .rule = 本台账规则：申报条件须能逐项判断；年限只从已取得之日起算
    .need = 补全空项，年限至少 1 年，层次不超过 6 层、不超过 40 项
reject-standard-hours-missing = 申报条件 { $rule } 要求达到标准学时，而标准没有载明该等级的学时
    .rule = 国家职业标准“培训参考时长”；本台账规则：没有学时即无从判断
    .need = 载明该等级的标准学时，或在条件中写明学时
reject-standard-level-unfit = { $standard } 中的等级 { $level } 不能申报，或重复
    .rule = 人社部发〔2022〕14号：经申报考核取得的为五级至一级；本台账规则：每级只列一次
    .need = 只列五级至一级，每级一次
reject-standard-level-without-conditions = { $standard } 开设 { $level } 级，却没有该等级的申报条件
    .rule = 本台账规则：开设的每个等级须有申报条件，由标准自定或由模板给出
    .need = 补上该等级的条件，或引用载有该等级的模板
reject-standard-occupation-unfit = 职业 { $occupation } 所属大类不开展职业技能等级认定
    .rule = 职业分类大典（2022年版）第三至第六大类开展认定
    .need = 第三至第六大类的职业
reject-standard-kind-unfit = 标准 { $standard } 的种类与内容不符
    .rule = 专项职业能力考核规范针对考核项目；国家职业标准和评价规范针对职业
    .need = 与内容相符的种类
reject-standard-dates-disagree = 标准 { $standard } 的截止日期早于起始日期
    .rule = 本台账规则：最后一日不早于第一日
    .need = 改正日期
reject-standard-size-unfit = { $standard } 没有开设任何内容，或所列过多
    .rule = 本台账规则：至少开设一个等级或一项条件；每级不超过 40 项条件，相关职业不超过 200 个
    .need = 补上内容，或减少所列

thing-standard = 当日适用的职业标准

## 申报条件的文字
eligibility-met = { $what }：{ $on } 可以申报（{ $rules }）
eligibility-until = { $what }：{ $on } 尚不能申报，按现有记录 { $until } 起可以申报
eligibility-unmet = { $what }：{ $on } 不能申报，尚有条件须另行取得或出示
eligibility-not-opened = { $what }：标准没有开设该等级
eligibility-standard = 标准：{ $code }（{ $edition }版）；依据：{ $source }{ $verified }
eligibility-leaf-met = 已满足
eligibility-leaf-until = { $until } 起满足
eligibility-leaf-unmet = 尚缺
eligibility-days = （已计 { $have } 天，需 { $need } 天）
eligibility-hours = （已有 { $have } 学时，需 { $need } 学时）
eligibility-evidence = { $kind ->
    [birth] 出生日期（封存）
    [application] 本次申报
    [level] 等级 { $what }
    [record] 履历 { $what }
    [training] 培训 { $what }
    [apprenticeship] 学徒期 { $what }
   *[shown] 已出示 { $what }
}
condition-reach = { $reach ->
    [own] 本职业
   *[related] 本职业或相关职业
}
condition-or = 或
condition-all-of = 以下各项：
condition-any-of = 以下任一项：
condition-after = { $counted ->
    [none] { "" }
    [work] 后，累计从事{ condition-reach }工作满 { $years } 年
   *[time] 满 { $years } 年
}
condition-age = 年满 { $years } 周岁
condition-intends = 拟从事本职业或相关职业工作
condition-works = 从事{ condition-reach }工作
condition-work-years = 累计从事{ condition-reach }工作满 { $years } 年
condition-level = 取得{ condition-reach }{ $level }证书{ $after }
condition-study = { $states }：{ $speciality ->
    [yes] 本专业或相关专业，
   *[no] { "" }
}{ $schools }{ $education }{ $after }
condition-study-state = { $word ->
    [graduated] 毕业
    [graduation-year] 在读应届
   *[in-progress] 在读
}
condition-school = { $word ->
    [technician-school-intermediate] 技工院校中级工班
    [technician-school-senior] 高级技工学校、技师学院高级工班
    [technician-school-technician] 技师学院预备技师班、技师班
    [secondary-vocational] 中等职业学校
    [higher-vocational] 高等职业学校
    [university] 普通高等学校
    [high-school] 普通高中
   *[other] 其他学校
}
condition-education = { $word ->
    [junior-middle] 初中及以上
    [high-school] 高中及以上
    [secondary] 中专及以上
    [college] 专科及以上
    [bachelor] 本科及以上
    [master] 硕士及以上
   *[doctor] 博士
}
condition-title = 取得符合专业对应关系的{ $grades }职称{ $after }
condition-title-grade = { $word ->
    [technician] 员级
    [assistant] 助理级
    [intermediate] 中级
    [associate-senior] 副高级
   *[senior] 正高级
}
condition-outside = 取得{ condition-reach }{ $certificate }{ $after }
condition-certificate = { $word ->
    [level-certificate] 职业技能等级证书
    [vocational-qualification] 职业资格证书
    [preparatory-technician] 预备技师证书
    [foreign] 国（境）外证书
    [hong-kong-macao-taiwan] 港澳台证书
    [industry] 行业证书
    [operating-permit] 操作证
   *[competition] 竞赛证书
}
condition-apprenticeship = { condition-reach }学徒期满
condition-training = { $hours ->
    [standard] 培训达到标准学时并合格
   *[other] 培训满 { $hours } 学时并合格
}
