province-bodies = 备案机构 { $count } 家，授予范围与密钥
province-round = { $day } 评定：{ $sessions } 个批次，累计签发 { $certificates } 张证书
province-backgrounds = 登记从业经历 { $works } 条、学历 { $studies } 条、职称 { $titles } 条
province-trainings = 登记培训合格 { $count } 人次
province-lives = 办理证书撤销、注销、吊销、作废、暂停、恢复、更正、补发共 { $count } 件
province-standing = 暂停机构资质 { $count } 家，其中恢复或取消
province-published = 发布状态列表与信任列表 { $count } 份
province-done = 用时 { $seconds } 秒，内存峰值 { $memory } MiB，数据库 { $database } MiB；台账在 { $dir }
