outcome-valid = 有效
outcome-invalid = 无效
outcome-unknown = 无法核验
