# language: zh-CN
# 依据：四川省行动方案 十五（破格直接申报高级职称）；浙江省行动方案 二十（职称评审绿色通道）；清单第52行
@row-52
功能: 破格和绿色通道申报职称

  场景: 荣誉获得者可破格直接申报，是规则
    当 办理“启用比照规则”
      | 版本 | 2026-破格 |
      | 规则文件 | [{"id":"zj-honour","jurisdiction":"330000","from":{"kind":"honour","name":"浙江工匠"},"to":{"kind":"title","series":"工程","grade":"associate-senior","name":"高级工程师"},"effect":"exceptional","channel":"direct","years_after":0,"related":false,"conditions":[{"id":"title-review","words":{"zh":"通过职称评审"}}],"certificate":false,"effective_from":"2025-08-01","citation":"浙江省技能促富行动方案（征求意见稿）二十","verified":false,"demo":true}] |
    那么 办理成功

  场景: 规则不得直接认定职称
    当 办理“启用比照规则”
      | 版本 | 2026-破格 |
      | 规则文件 | [{"id":"zj-honour","jurisdiction":"330000","from":{"kind":"honour","name":"浙江工匠"},"to":{"kind":"title","series":"工程","grade":"associate-senior","name":"高级工程师"},"effect":"direct-recognition","years_after":0,"related":false,"certificate":false,"effective_from":"2025-08-01","citation":"浙江省技能促富行动方案（征求意见稿）二十","verified":false,"demo":true}] |
    那么 被拒绝，规则为 rule-title-not-awarded
