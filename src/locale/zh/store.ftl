# 事件库：不能完成时的说明
store-locked = 另一进程正在写此台账：{ $holder }
store-newer-schema = 数据库结构版本为 { $found }，本程序只识别到 { $known }：请使用更新的程序
store-older-schema = 数据库结构版本为 { $found }，本程序需要 { $known }：请先以写入方式打开一次
store-exists = 文件已存在：{ $path }
store-missing = 文件不存在：{ $path }
store-not-a-ledger = 该文件不是台账，或创建未完成
store-pragma = 数据库未接受设置 { $pragma }，当前为 { $found }
store-read-only = 此台账以只读方式打开
store-busy = 系统繁忙，请在 { $milliseconds } 毫秒后重试；本次未写入
store-malformed-batch = 程序错误：提交的批次不合规格；本次未写入
store-vault-version = 个人信息已被他人更新，请重新读取后再试
store-unknown-subject = 个人信息库中没有此人
store-corrupt = 数据表 { $table } 的 { $row }：{ $column } 列无法读取，请运行 audit 查明
store-stopped = 自 { $since } 起已停止写入：{ $cause }。已确认的数据均已保存，排除故障后请重新启动
store-engine = 数据库故障：{ $detail }
store-file = 文件系统故障：{ $path }：{ $detail }
