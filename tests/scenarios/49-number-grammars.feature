# language: zh-CN
# 依据：职业技能等级证书编码规则；人社部发〔2022〕14号（新八级工：特级技师、首席技师另有编码）；国就劳发〔2025〕4号十四；清单第49、50、57、58行
@row-49 @row-50
功能: 证书编码规则按证书种类和等级分别采用

  场景: 公布了特级技师证书编码规则，台账予以采用
    当 办理“采用证书编码规则”
      | 规则名称   | special-technician-2027 |
      | 证书种类   | 职业技能等级 |
      | 起用日期   | 2026年1月1日 |
      | 依据       | 特级技师证书编码规则 |
      | 已核对原文 | 是 |
      | 组成部分   | letter:YT、body:4、province、sequence:6、year:2、level:special=1/chief=2、serial:5 |
    那么 办理成功

  场景: 看不出证书种类的编码规则不予采用
    当 办理“采用证书编码规则”
      | 规则名称   | special-technician-2027 |
      | 证书种类   | 职业技能等级 |
      | 起用日期   | 2026年1月1日 |
      | 依据       | 特级技师证书编码规则 |
      | 已核对原文 | 否 |
      | 组成部分   | letter:Y/S、body:4、province、sequence:6、year:2、level:special=1、serial:6 |
    那么 被拒绝，规则为 grammar-overlaps，理由写明“相同的编号”

  场景: 等级证书的编码须有等级
    当 办理“采用证书编码规则”
      | 规则名称   | level-2027 |
      | 证书种类   | 职业技能等级 |
      | 起用日期   | 2026年1月1日 |
      | 依据       | 某规则 |
      | 已核对原文 | 否 |
      | 组成部分   | letter:Y/S、body:4、province、sequence:6、year:4、serial:9 |
    那么 被拒绝，规则为 grammar-unsound

  @row-57
  场景: 专项职业能力证书的编码里没有等级
    当 办理“采用证书编码规则”
      | 规则名称   | special-skill-2027 |
      | 证书种类   | 专项职业能力 |
      | 起用日期   | 2026年1月1日 |
      | 依据       | 专项职业能力证书编码规则 |
      | 已核对原文 | 否 |
      | 组成部分   | letter:Y/S、body:4、province、sequence:6、year:4、level:five=5、serial:6 |
    那么 被拒绝，规则为 grammar-unsound

  @row-57 @row-58
  场景: 微技能证书的编码印出项目
    当 办理“采用证书编码规则”
      | 规则名称   | micro-skill-2027 |
      | 证书种类   | 微技能 |
      | 起用日期   | 2026年1月1日 |
      | 依据       | 微技能证书编码规则 |
      | 已核对原文 | 否 |
      | 组成部分   | letter:Y/S、body:4、province、sequence:6、year:4、item:6、serial:6 |
    那么 办理成功
