verify-register-active = 台账登记有效（截至第 { $position } 位）
verify-register-reissued = 台账登记有效；已补发，最新为第 { $issue } 次签发（截至第 { $position } 位）
verify-register-suspended = 自 { $on } 起暂停，原因：{ $ground }
verify-register-superseded = 已于 { $on } 更正，由 { $successor } 取代，原因：{ $ground }
verify-register-revoked = 已于 { $on } 撤销，原因：{ $ground }
verify-register-cancelled = 已于 { $on } 注销，原因：{ $ground }
verify-register-forfeited = 已于 { $on } 吊销，原因：{ $ground }
verify-register-voided = 已于 { $on } 作废，原因：{ $ground }
