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
