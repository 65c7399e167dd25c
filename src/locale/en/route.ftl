## Routes to a level

route = { $route ->
    [direct-recognition] direct recognition (直接认定)
    [competition] competition (竞赛晋升)
    [apprentice-grading] grading after apprenticeship (转正定级)
    [appointment] appointment (评聘)
    [recognition] recognition (比照认定)
   *[assessment] assessment (考核认定)
}

reject-route-unfit = level { $level } is not reached by { route }
    .rule = 人社部发〔2022〕14号: 特级技师 and 首席技师 come by appointment only; rule of this ledger: a recognition comes without a session, every other route by one
    .need = the route that belongs to the level
