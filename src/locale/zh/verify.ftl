verify-check-trust-list = 信任列表
verify-check-form = 凭证格式
verify-check-signature = 评价机构签名
verify-check-accreditation = 评价机构资质
verify-check-inclusion = 台账收录
verify-check-witnesses = 见证人共签
verify-check-status = 证书状态
verify-check-key-validity = 签名密钥有效期
verify-check-key-compromise = 签名密钥安全
verify-check-dates = 发证日期

verify-trust-pinned = 信任列表由指定的主管部门密钥签名，签发于 { $issued }（{ $days } 天前），截至台账第 { $position } 位
verify-trust-unpinned = 信任列表签名有效，签发于 { $issued }（{ $days } 天前），截至台账第 { $position } 位；未指定主管部门密钥，其指纹为 { $fingerprint }
verify-trust-missing = 未提供信任列表
verify-trust-malformed = 提供的文件不是信任列表
verify-trust-forged = 信任列表的签名无效
verify-trust-other-key = 信任列表不是由指定的主管部门密钥签名
verify-trust-stale = 信任列表已过期：签发于 { $issued }，已有 { $days } 天
verify-trust-future = 信任列表的签发时间在将来：{ $issued }

verify-form-good = 格式正确，没有多余内容
verify-form-unreadable = 无法读取文件
verify-form-too-large = 文件过大，未读取（上限 1 MiB）
verify-form-not-json = 不是证书文件：不是有效的 JSON，文件可能已损坏
verify-form-duplicate-key = JSON 中有重复的名称，拒绝
verify-form-unsafe-number = JSON 中有不安全的数字，拒绝
verify-form-too-deep = JSON 嵌套过深，拒绝
verify-form-context = 不是本系统的证书：上下文（@context）与证书规定的不同
verify-form-no-proof = 没有签名（proof）
verify-form-proof = 签名（proof）的格式不符，含有不认识、缺少或过期的内容
verify-form-other-suite = 签名使用了其他算法或用途
verify-form-proof-context = 签名中的上下文与证书的不同
verify-form-key-not-issuers = 签名使用的密钥不属于证书上的评价机构
verify-form-other = 内容与证书格式不符，位置：{ $place }
verify-form-not-sd-jwt = 不是完整的 SD-JWT 凭证，文件可能已损坏或被截断
verify-form-other-token = 是另一种令牌（JWT），不是证书
verify-form-spelling = 内容的写法与证书规定的唯一写法不同，拒绝
verify-form-disclosures = 披露的内容与凭证不符，或有重复
verify-form-key-binding = 附有密钥绑定，本系统的证书没有
verify-form-not-qr = 不是证书二维码的内容
verify-form-qr-version = 二维码的编码版本较新，请更新本程序
verify-form-qr-digits = 二维码的内容已损坏
verify-form-qr-key = 二维码中的密钥不是可接受的 Ed25519 密钥

verify-signature-good = { $body } 的签名有效
verify-signature-bad = 签名无效：内容被改动，或不是用该密钥签名
verify-signature-trust-unknown = 没有可用的信任列表，无法确认签名者是谁
verify-signature-trust-older = 签名者不在信任列表中，而该列表只到台账第 { $as_of } 位，请使用更新的列表
verify-signature-body-unknown = 发证机构不在信任列表中
verify-signature-key-not-of-body = 签名密钥不是该机构登记的证书密钥

verify-accreditation-good = 在台账第 { $position } 位，该机构具有该职业、等级和地区的评价资质
verify-accreditation-run-off = 在台账第 { $position } 位，资质范围已结束，主管部门准许完成该批次
verify-accreditation-other-body = 证书上的统一社会信用代码不是签名机构（{ $body }）的
verify-accreditation-out-of-scope = 该机构没有 { $region } { $occupation } { $level } 的评价资质
verify-accreditation-ended = 在台账第 { $position } 位，该机构的这项资质已经结束
verify-accreditation-session-hidden = 在台账第 { $position } 位，该机构的这项资质已经结束；是否属于批准收尾的批次无法判断：本证书没有披露批次
verify-accreditation-suspended = 在台账第 { $position } 位，该机构已被暂停或取消资质
verify-accreditation-claimed = 截至台账第 { $as_of } 位，该机构具有该资质；未核对收录位置
verify-accreditation-claimed-ended = 截至台账第 { $as_of } 位，该资质已结束或暂停；没有收录证明，无法判断发证时是否有效

verify-inclusion-good = 已收录于台账 { $origin } 第 { $position } 位，记录于 { $time }（检查点共 { $size } 条）
verify-inclusion-no-proof = 没有收录证明（.tlog-proof）
verify-inclusion-not-asked = 按要求不核对收录证明
verify-inclusion-malformed = 收录证明的格式不正确
verify-inclusion-checkpoint = 收录证明中的检查点不是由台账签名
verify-inclusion-log-key-void = 收录证明中的检查点所用日志密钥自第 { $from } 位起被声明失密，签名无效；真实的证书重新下载即可获得新的收录证明
verify-inclusion-log-key-compromised = 收录证明中的检查点所用日志密钥自第 { $from } 位起被声明失密，本证书收录在先，请获取较新的收录证明
verify-inclusion-log-key-retired = 收录证明中的检查点所用密钥已于第 { $to } 位停用
verify-inclusion-log-key-early = 收录证明中的检查点所用密钥自第 { $from } 位才启用
verify-inclusion-log-key-unknown = 收录证明中的检查点由信任列表（截至第 { $as_of } 位）尚不认识的日志密钥签名，请使用较新的信任列表
verify-inclusion-path = 收录证明不能导出检查点
verify-inclusion-entry = 收录证明属于另一份凭证
verify-witnesses-good = 检查点有 { $count } 个见证人共签（{ $witnesses }），最近于 { $time }，达到策略要求
verify-witnesses-too-few = 检查点仅有策略认可的 { $count } 个见证人共签，未达到要求；可换取较新的收录证明
verify-witnesses-no-checkpoint = 没有可核对的检查点
verify-witnesses-forged = 检查点上有以见证人或日志名义的无效签名
verify-witnesses-other-log = 检查点不属于策略认可的日志

verify-status-good = 截至 { $as_of }，证书有效
verify-status-good-reissued = 截至 { $as_of }，证书有效；已补发，最新为第 { $issue } 次签发
verify-status-suspended = 截至 { $as_of }，证书已暂停
verify-status-suspended-why = 截至 { $as_of }，证书已暂停，原因：{ $ground }
verify-status-ended = 截至 { $as_of }，证书已终止
verify-status-superseded = 证书已更正，由 { $successor } 取代（{ $on }），原因：{ $ground }
verify-status-revoked = 证书已撤销（{ $on }），原因：{ $ground }
verify-status-cancelled = 证书已注销（{ $on }），原因：{ $ground }
verify-status-forfeited = 证书已吊销（{ $on }），原因：{ $ground }
verify-status-voided = 证书已作废（{ $on }），原因：{ $ground }
verify-status-trust-unknown = 没有可用的信任列表，无法核对状态列表
verify-status-missing = 没有该证书的状态列表
verify-status-malformed = 状态列表的格式不正确
verify-status-forged = 状态列表的签名无效
verify-status-other-key = 状态列表不是由该机构现行的状态密钥签名
verify-status-stale = 状态列表已过期：截至 { $as_of }，有效至 { $until }
verify-status-future = 状态列表的时间在将来：{ $as_of }

verify-key-good = 在台账第 { $position } 位，密钥在用
verify-key-in-use = 截至台账第 { $as_of } 位，密钥在用
verify-key-too-early = 收录于第 { $position } 位，密钥自第 { $from } 位起才启用
verify-key-retired = 收录于第 { $position } 位，密钥已于第 { $to } 位停用

verify-compromise-none = 截至台账第 { $as_of } 位，密钥没有失密声明
verify-compromise-later = 密钥自第 { $from } 位起被声明失密，本证书收录在先
verify-compromise-before = 密钥自第 { $from } 位起被声明失密，本证书收录在后
verify-compromise-of-both = 密钥自第 { $from } 位起被声明失密，证明其位置的日志密钥也被声明失密，请获取较新的收录证明

verify-dates-good = 发证日期为 { $issued }
verify-dates-future = 发证日期 { $issued } 尚未到来

verify-position-unknown = 没有有效的收录证明，不知道在台账中的位置
verify-position-beyond-trust = 收录于第 { $position } 位，而信任列表只到第 { $as_of } 位，请使用更新的列表

verify-no-files = 没有找到证书文件
verify-line = { $title }：{ $detail }
verify-no-such-file = 无法读取 { $file }
verify-certificate = { $name}　{ $occupation }　{ $level }　证书编号 { $number }　{ $body }　{ $issued }
verify-not-disclosed = 未披露
