# 个人信息库：不能完成时的说明
vault-key = { $subject } 的密钥无法解开：数据已损坏，或密钥库不是本台账的
vault-row = { $subject } 的加密信息（{ $field } 第 { $version } 版）无法解开
vault-shape = 解开的信息（{ $field }）格式不符
vault-too-long = 内容过长，无法加密保存
vault-seal = 内容无法加密
