# 查询与截至位置
app-view-not-reached = 所问的位置 { $asked } 尚未到达：目前到第 { $position } 位
app-view-position-zero = 位置从 1 起算，没有第 0 位
app-view-newest-only = 已签发的名单与状态列表只保存最新一份；以前各份在日志中
input-after = 上一页末位
rule-session-or-worker = 批次与劳动者编号只能、也必须给出其一
rule-one-of-these = 机构、批次、证书编号至多给出一项
group-keys = 密钥
group-proposal = 待复核事项
group-certificate = 证书
group-worker = 劳动者：护照、申报条件、比照认定
