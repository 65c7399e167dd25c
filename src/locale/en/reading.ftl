# Queries, and positions they are asked of
app-view-not-reached = position { $asked } is not reached yet: the newest is { $position }
app-view-position-zero = positions begin at 1; there is no position 0
app-view-newest-only = signed lists are kept in their newest form only; the older ones stand in the log
input-after = end of the page before
rule-session-or-worker = name either the session or the worker
rule-one-of-these = name at most one of body, session and certificate
group-keys = Keys
group-proposal = Proposals that wait for a checker
group-certificate = Certificates
group-worker = Workers: passport, eligibility, recognitions
