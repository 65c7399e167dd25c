# The vault: what it could not do
vault-key = The key of { $subject } does not open: it is damaged, or the keyring is another ledger's
vault-row = The sealed row of { $subject } ({ $field } version { $version }) does not open
vault-shape = The opened field { $field } has not its shape
vault-too-long = The content is too long to be sealed
vault-seal = The content could not be sealed
