demo-title = skill-ledger 演示，目录 { $dir }
demo-step = { $step }. { $words }（{ $ms } 毫秒）
demo-init = 主管部门建立台账：经办、复核两人，信任密钥与日志密钥
demo-register = 备案评价机构与培训机构各 1 家；授予 { $occupations } 个职业 × 五级至一级的范围、证书编号代码和密钥
demo-import = 导入成绩表 { $file }：{ $rows } 行，采信 { $accepted } 行，不予采信 { $refused } 行，新登记 { $enrolled } 人
demo-confirm = 批次 { $session }：经办提请（自行复核被拒：{ $code }），复核通过，公示 { $days } 个工作日，结束；合格 { $passed }，不合格 { $failed }，缺考 { $absent }
demo-issue = 批次 { $session }：签发 { $count } 张证书，{ $first } 至 { $last }，附收录证明
demo-publish = 发布并导出信任列表、DID 文档、状态列表（新发布 { $count } 份）
demo-verify = 离线核验 { $all } 张，有效 { $valid } 张；其中一张：
demo-coats = 同一张证书的 { $count } 种形式写入 coats/，逐一离线核验，有效 { $valid } 种：
demo-lives = 撤销、注销、吊销、作废各 1 张，暂停 2 张（恢复 1 张），更正 1 张，补发 1 张；重新发布 { $count } 份；再核验：
demo-life = { "" }     { $number }  { $outcome }  { $status }
demo-passport = 登记培训合格 1 次；该劳动者的技能护照（{ $count } 条）：
demo-recognise = 职业发展贯通（{ $count } 条规则适用）：
demo-rebuild = 视图从头重建至位置 { $position }，差异 { $differences } 处
demo-audit = 审计：{ $events } 个事件，问题 { $problems } 处
demo-tamper = 有人在数据库副本里把一个“不合格”改成“合格”，审计指出 { $count } 处：
demo-files = 文件留在 { $dir }：certificates/ 证书与收录证明，coats/ 一张证书的各种形式，public/ 信任列表等，sheets/ 成绩表，ledger.sqlite 与 keys/ 台账
demo-next = 
    可以再试：
    { "  " }skill-ledger verify { $file } --trust { $trust }
    { "  " }skill-ledger audit --data { $ledger }
    { "  " }skill-ledger serve --data { $ledger } --passphrase-file { $ledger }/passphrase
face-title = 职业技能等级证书   Vocational Skill Level Certificate
face-name = 姓　　名
face-document = 证　　件
face-occupation = 职　　业
face-work-type = 工　　种
face-level = 等　　级
face-number = 证书编号
face-body = 评价机构
face-region = 评价地区
face-assessed = 评定日期
face-issued = 发证日期
