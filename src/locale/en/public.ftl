verify-register-active = Valid in the ledger, as of entry { $position }
verify-register-reissued = Valid in the ledger, as of entry { $position }; issued again, newest is issue { $issue }
verify-register-suspended = Suspended since { $on }: { $ground }
verify-register-superseded = Corrected on { $on } and replaced by { $successor }: { $ground }
verify-register-revoked = Revoked on { $on }: { $ground }
verify-register-cancelled = Cancelled on { $on }: { $ground }
verify-register-forfeited = Forfeited on { $on }: { $ground }
verify-register-voided = Voided on { $on }: { $ground }
