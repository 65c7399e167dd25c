"""Registers of sessions, workers and certificates, counted again."""

from registers import only, without

ENDS = {
    "revoked": "revoked",
    "cancelled": "cancelled",
    "forfeited": "forfeited",
    "voided": "voided",
}


def taught_key(own, teacher, training):
    """Where a teacher's class stands in the register of classes taught."""
    return f"{teacher}/{training['to']}/{own}/{training['provider']}/{training['class']}"


def counts(registers, own, body, at, verb, said):
    """How many results a session has, counted anew after each of them."""
    results = registers.results.setdefault(own, {})
    if verb == "result_entered":
        results[said["worker"]] = said["verdict"]
    elif verb == "result_struck":
        del results[said["worker"]]
    elif verb == "result_changed":
        results[said["result"]["worker"]] = said["result"]["verdict"]
    elif verb != "opened":
        return
    found = list(results.values())
    data = {word: found.count(word) for word in ("passed", "failed", "absent")}
    registers.put("session-counts", own, body, at, {**data, "entered": len(found)})


def of_session(registers, own, at, verb, said):
    put, patch = registers.put, registers.patch
    if verb == "opened":
        registers.body_of[own] = said["body"]
    counts(registers, own, registers.body_of[own], at, verb, said)

    def candidate(worker, **data):
        patch("session-candidate", f"{own}/{worker}", at, data)

    def session(**data):
        patch("session", own, at, data)

    def audit(state, **data):
        days = only(said, "on", "due_on")
        session(state=state, audit={**days, "late": said["on"] > said["due_on"], **data})

    if verb == "opened":
        names = "code route process assessed standard question_bank dual assessed_on region"
        put("session", own, said["body"], at, {"state": "open", **only(said, *names.split())})
    elif verb == "registration_scheduled":
        session(registration=said)
    elif verb == "candidate_registered":
        data = only(said, "worker", "level", "declared", "retained")
        data.update(registered_on=said["on"], state="registered")
        data["retained"] = data["retained"] or []
        put("session-candidate", f"{own}/{said['worker']}", own, at, data)
    elif verb == "eligibility_decided":
        state = "eligible" if said["eligible"] else "refused"
        decided = only(said, "source", "verified")
        for many in ("met", "refused"):
            decided[many] = said.get(many) or []
        candidate(said["worker"], state=state, decided_on=said["on"], **decided)
    elif verb == "arranged":
        data = only(said, "candidates", "rooms", "question_bank", "policy", "on")
        session(arrangement={**data, "staff": len(said["staff"])})
        arranged(registers, own, at, said)
    elif verb == "evidence_recorded":
        put("session-evidence", f"{own}/{said['digest']}", own, at, said)
    elif verb == "result_entered":
        brought = said.get("retained") or []
        candidate(said["worker"], verdict=said["verdict"], basis=said["basis"], brought=brought)
    elif verb == "review_held":
        session(review=said)
    elif verb == "results_confirmed":
        session(state="confirmed")
    elif verb == "notice_started":
        session(state="notice", notice=said)
    elif verb == "objection_filed":
        data = {"state": "open", "filed_on": said["on"], **only(said, "about", "ground", "evidence")}
        put("session-objection", said["objection"], own, at, data)
    elif verb == "objection_decided":
        data = {"state": said["outcome"], "decision": said["ground"], "decided_on": said["on"]}
        patch("session-objection", said["objection"], at, data)
    elif verb == "result_struck":
        candidate(said["worker"], verdict="struck", basis=None, struck_for=said["ground"])
        session(state="open")
    elif verb == "result_changed":
        now = said["result"]
        changed = {"verdict": now["verdict"], "basis": now["basis"], "changed_for": said["ground"]}
        candidate(now["worker"], **changed)
        session(state="open")
    elif verb == "submitted":
        report = only(said, "round", "on", "due_on")
        session(state="submitted", report={**report, "late": said["on"] > said["due_on"]})
    elif verb == "audit_returned":
        audit("returned", reasons=said["reasons"], fix_by=said["fix_by"])
    elif verb == "audit_passed":
        audit("audited", reasons=None, fix_by=None, basis=said["basis"])
    elif verb == "closed":
        session(state="closed", closed=said)
    elif verb == "certificates_issued":
        session(state="issued", issued=said)
    elif verb == "certificates_uploaded":
        session(uploads={said["platform"]: said})


def arranged(registers, own, at, said):
    """Who has which duty in a session, and who has it no more."""

    def key(it):
        return f"{it['staff']}/{own}/{it['duty']}"

    stays = {key(it) for it in said["staff"]}
    for gone in said.get("released") or []:
        if key(gone) not in stays:
            registers.end("staff-appointment", key(gone), at)
    for it in said["staff"]:
        data = {"session": own, "on": said["on"], **only(it, "duty", "card", "role")}
        registers.put("staff-appointment", key(it), it["staff"], at, data)


def by(said):
    """What awarded a level: the kind and the id."""
    ((kind, source),) = said["by"].items()
    return kind, source


def of_worker(registers, own, at, verb, said):
    put, patch = registers.put, registers.patch
    if verb == "level_awarded":
        kind, source = by(said)
        session = source if kind == "session" else None
        data = only(said, "body", "route", "occupation", "level", "awarded_on")
        data.update(worker=own, session=session, standing="stands")
        put("award", f"{own}/{source}", session, at, data)
    elif verb == "level_withdrawn":
        data = {"standing": "withdrawn", "withdrawn_on": said["on"]}
        patch("award", f"{own}/{by(said)[1]}", at, data)
        registers.end("award-question", f"{own}/{by(said)[1]}", at)
    elif verb in ("award_questioned", "award_upheld"):
        of_question(registers, own, at, verb, said)
    elif verb == "training_completed":
        names = "provider class course occupation level hours from to"
        for teacher in said.get("teachers") or []:
            data = {"trainee": own, **only(said, *names.split())}
            put("staff-taught", taught_key(own, teacher, said), teacher, at, data)
    elif verb == "training_struck":
        for teacher in said["training"].get("teachers") or []:
            registers.end("staff-taught", taught_key(own, teacher, said["training"]), at)
    elif verb == "component_passed":
        put("component-kept", f"{own}/{said['session']}/{said['component']}", own, at, said)
    elif verb == "study_recorded":
        until = said.get("graduated_on") or said.get("expected_on")
        data = only(said, "school", "education", "from", "graduated_on")
        data.update(worker=own, graduation_year=int(until[:4]) if until else None)
        put("study", said["record"], own, at, data)
    elif verb == "record_struck":
        registers.end("study", said["record"], at)
    elif verb.startswith(("appoint", "performance")):
        of_post(registers, own, at, verb, said)
    elif verb.startswith("recognition_"):
        of_recognition(registers, own, at, verb, said)
    elif verb == "apprenticeship_started":
        data = {**without(said, "agreement"), "worker": own, "standing": "running"}
        put("apprenticeship", said["record"], own, at, data)
    elif verb == "apprenticeship_completed":
        data = {"standing": "completed", "completed_on": said["on"]}
        patch("apprenticeship", said["record"], at, data)
    elif verb == "apprenticeship_ended":
        data = {"standing": "ended", "ended_on": said["on"], "ground": said["ground"]}
        patch("apprenticeship", said["record"], at, data)
    elif verb == "honour_conferred":
        data = {**without(said, "evidence"), "worker": own, "standing": "stands"}
        put("honour", said["record"], own, at, data)
    elif verb == "honour_withdrawn":
        data = {"standing": "withdrawn", "withdrawn_on": said["on"], "ground": said["ground"]}
        patch("honour", said["record"], at, data)


def of_question(registers, own, at, verb, said):
    ((_, source),) = said["award"].items()
    key = f"{own}/{source}"
    if verb == "award_questioned":
        registers.patch("award", key, at, {"in_question": said["on"]})
        registers.put("award-question", key, own, at, {**said, "worker": own})
    else:
        upheld = {"in_question": None, "upheld_on": said["on"]}
        registers.patch("award", key, at, upheld)
        registers.end("award-question", key, at)


def of_post(registers, own, at, verb, said):
    key = f"{own}/{said['session']}"

    def post(**data):
        registers.patch("appointment", key, at, data)

    if verb == "appointed":
        data = {**said, "worker": own, "standing": "in-post"}
        registers.put("appointment", key, said["body"], at, data)
    elif verb == "performance_reviewed":
        post(reviewed_year=said["year"], performance=said["outcome"])
    elif verb == "appointment_renewed":
        post(to=said["to"], renewed_from=said["from"])
    elif verb == "appointment_ended":
        ground = said["ground"]
        standing = "term-over" if ground == "term-over" else "ended"
        post(standing=standing, ended_on=said["on"], ground=ground)


def of_recognition(registers, own, at, verb, said):
    def case(state, *names, **data):
        data.update(state=state, **only(said, *names))
        registers.patch("recognition", said["recognition"], at, data)

    if verb == "recognition_applied":
        data = {**said, "state": "applied"}
        registers.put("recognition", said["recognition"], own, at, data)
    elif verb == "recognition_granted":
        case("granted", "effect", "citation", "met", decided_on=said["on"])
    elif verb == "recognition_refused":
        case("refused", "unmet", "ground", decided_on=said["on"])
    elif verb == "recognition_used":
        case_id, session = said["recognition"], said["session"]
        used = {"certified_in": session, "used_on": said["on"]}
        registers.patch("recognition", case_id, at, used)
        registers.patch("award", f"{own}/{case_id}", at, {"certified_in": session})
    elif verb == "recognition_withdrawn":
        case("withdrawn", "ground", "basis", withdrawn_on=said["on"])


def attested(award):
    """What a certificate attests; a level is called by the name of its occupation."""
    attainment = award["attainment"]
    level = attainment["kind"] == "level"
    return {
        **only(attainment, "kind", "work_type", "level", "item"),
        "occupation": attainment.get("occupation") or attainment.get("of"),
        "name": attainment["occupation_name" if level else "name"],
    }


def of_certificate(registers, number, at, verb, said):
    patch = registers.patch
    if verb == "issued":
        award = said["award"]
        data = {"state": "active", "since": said["issued_on"], "issue": 1}
        data.update(only(award, "body", "session", "route"))
        data.update(only(attested(award), "kind", "name", "occupation", "level", "item"))
        data.update(only(said, "issued_on", "supersedes", "twin", "key_id"))
        registers.put("certificate", number, award["worker"], at, data)
    elif verb == "reissued":
        patch("certificate", number, at, only(said, "issue", "key_id"))
    else:
        state = changed_state(verb)
        if state:
            data = {"state": state, "since": said["on"], "ground": said["ground"]}
            data.update(basis=said.get("basis"), successor=said.get("by"))
            patch("certificate", number, at, data)


def changed_state(verb):
    """What becomes of a certificate by this event, if anything."""
    states = {"suspended": "suspended", "reinstated": "active", "superseded": "superseded"}
    return states.get(verb) or ENDS.get(verb)
