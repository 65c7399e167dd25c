outcome-valid = valid
outcome-invalid = invalid
outcome-unknown = could not check
