"""What is counted in the trade's own terms, once from the events and once from the views."""

from collections import Counter, defaultdict

# Days on which scopes and memberships are counted.
DAYS = ("2019-06-15", "2022-01-01", "2024-12-31", "2025-01-01", "2026-03-14")

BACKGROUNDS = (
    "work_recorded",
    "study_recorded",
    "title_recorded",
    "outside_certificate_recorded",
    "training_completed",
    "component_passed",
)


class Tallies:
    """What the events come to, without rows and registers."""

    def __init__(self):
        self.bodies = {}
        self.scopes = {}
        self.members = {}
        self.sessions = {}
        self.awards = {}
        self.certificates = {}
        self.posts = {}
        self.places = {}
        self.contests = {}
        self.recognitions = {}
        self.certified_recognitions = 0
        self.cards = {}
        self.records = {}
        self.candidates = {}
        self.objections = {}
        self.backgrounds = Counter()

    def take(self, stream, own, verb, said):
        part = getattr(self, f"of_{stream}", None)
        if part:
            part(own, verb, said)

    def of_body(self, own, verb, said):
        if verb == "registered":
            self.bodies[own] = [said["kind"], "active"]
        elif verb in ("suspended", "withdrawn"):
            self.bodies[own][1] = verb
        elif verb == "reinstated":
            self.bodies[own][1] = "active"
        elif verb == "scope_granted":
            self.scopes[said["grant"]] = [said["from"], said["to"], None]
        elif verb == "scope_ended":
            self.scopes[said["grant"]][2] = said["on"]
        elif verb == "ecosystem_member_joined":
            self.members[(own, said["member"])] = [said["from"], None]
        elif verb == "ecosystem_member_left":
            self.members[(own, said["member"])][1] = said["on"]

    def of_session(self, own, verb, said):
        if verb == "opened":
            self.sessions[own] = {
                "route": said["route"],
                "process": said["process"],
                "levels": said["assessed"].get("levels") is not None,
                "results": {},
                "closed": False,
            }
            return
        session = self.sessions[own]
        if verb == "result_entered":
            session["results"][said["worker"]] = said["verdict"]
        elif verb == "result_changed":
            session["results"][said["result"]["worker"]] = said["result"]["verdict"]
        elif verb == "result_struck":
            del session["results"][said["worker"]]
        elif verb == "closed":
            session["closed"] = True
        elif verb == "candidate_registered":
            self.candidates[(own, said["worker"])] = "registered"
        elif verb == "eligibility_decided":
            decided = "eligible" if said["eligible"] else "refused"
            self.candidates[(own, said["worker"])] = decided
        elif verb == "objection_filed":
            self.objections[said["objection"]] = "open"
        elif verb == "objection_decided":
            self.objections[said["objection"]] = said["outcome"]

    def of_worker(self, own, verb, said):
        if verb == "level_awarded":
            what = (said["occupation"], said["level"], said["awarded_on"][:4], said["route"])
            self.awards[(own, *said["by"].values())] = [what, said["by"].get("session"), "stands"]
        elif verb == "level_withdrawn":
            self.awards[(own, *said["by"].values())][2] = "withdrawn"
        elif verb == "appointed":
            self.posts[(own, said["session"])] = [said["level"], "in-post"]
        elif verb == "appointment_ended":
            over = said["ground"] == "term-over"
            self.posts[(own, said["session"])][1] = "term-over" if over else "ended"
        elif verb == "recognition_applied":
            self.recognitions[said["recognition"]] = [said["rule"], "applied"]
        elif verb == "recognition_used":
            self.certified_recognitions += 1
        elif verb.startswith("recognition_"):
            self.recognitions[said["recognition"]][1] = verb.removeprefix("recognition_")
        elif verb == "honour_conferred":
            self.records[said["record"]] = ["honour", said["rank"], "stands"]
        elif verb == "apprenticeship_started":
            self.records[said["record"]] = ["apprenticeship", said["kind"], "running"]
        elif verb in ("honour_withdrawn", "apprenticeship_completed", "apprenticeship_ended"):
            self.records[said["record"]][2] = verb.rpartition("_")[2]
        elif verb in BACKGROUNDS:
            self.backgrounds[f"worker.{verb}"] += 1

    def of_certificate(self, own, verb, said):
        if verb == "issued":
            it = said["award"]["attainment"]
            twin = "twin" if said.get("twin") else "single"
            what = (it["kind"], it.get("level"), said["award"]["route"], twin)
            self.certificates[own] = [what, "active"]
        elif verb in ("suspended", "superseded", "revoked", "cancelled", "forfeited", "voided"):
            self.certificates[own][1] = verb
        elif verb == "reinstated":
            self.certificates[own][1] = "active"

    def of_competition(self, own, verb, said):
        states = {"places_confirmed": "confirmed", "notice_started": "in-notice", "closed": "closed"}
        if verb == "registered":
            self.contests[own] = [said["tier"], "open"]
        elif verb in states:
            self.contests[own][1] = states[verb]
        elif verb == "place_entered":
            place = (own, said["worker"], said["occupation"])
            self.places[place] = [said["group"], said["rank"], "entered"]
        elif verb == "place_struck":
            del self.places[(own, said["worker"], said["occupation"])]
        elif verb == "place_withdrawn":
            self.places[(own, said["worker"], said["occupation"])][2] = "withdrawn"

    def of_staff(self, _, verb, said):
        standings = {
            "card_suspended": "suspended",
            "card_reinstated": "active",
            "card_withdrawn": "withdrawn",
        }
        if verb == "card_granted":
            self.cards[said["card"]] = [said["role"], said.get("to"), "active"]
        elif verb == "card_renewed":
            self.cards[said["card"]][1] = said["to"]
        elif verb in standings:
            self.cards[said["card"]][2] = standings[verb]

    def summary(self):
        return {
            "bodies": len(self.bodies),
            "sessions": len(self.sessions),
            "levels": tally(f"{route} {state}" for (*_, route), _, state in self.awards.values()),
            "certificates": tally(state for _, state in self.certificates.values()),
            "twins": sum(what[3] == "twin" for what, _ in self.certificates.values()),
            "posts": tally(f"{level} {state}" for level, state in self.posts.values()),
            "places": tally(state for _, _, state in self.places.values()),
            "certified_recognitions": self.certified_recognitions,
            "recognitions": tally(state for _, state in self.recognitions.values()),
            "cards": tally(state for _, _, state in self.cards.values()),
            "candidates": tally(self.candidates.values()),
            "objections": tally(self.objections.values()),
            "records": tally(f"{kind} {state}" for kind, _, state in self.records.values()),
            "backgrounds": dict(self.backgrounds),
        }


class OfViews:
    """What the views answer, as rows come by."""

    def __init__(self):
        self.counts = defaultdict(Counter)
        self.passport_levels = []
        self.passport_withdrawn = set()

    def count(self, what, key):
        self.counts[what][key] += 1

    def take(self, table, row):
        if table == "view_body":
            self.count("bodies", (row["kind"], row["standing"]))
        elif table == "view_scope":
            for day in DAYS:
                if holds(row["valid_from"], row["valid_to"], row["ended_on"], day):
                    self.count("scopes", day)
        elif table == "view_session":
            self.count("sessions", (row["route"], row["process"]))
            for word in ("passed", "failed", "absent"):
                self.counts["results"][(row["route"], word)] += row[word]
        elif table == "view_certificate":
            twin = "twin" if row["twin"] else "single"
            what = (row["kind"], row["level"], row["route"], twin)
            self.count("certificates", (what, row["state"]))
        elif table == "view_passport":
            self.passport(row)

    def passport(self, row):
        said, kind = row["data"], row["kind"]
        if kind.removeprefix("worker.") in BACKGROUNDS:
            self.count("backgrounds", kind)
        elif kind == "worker.level_awarded":
            what = (said["occupation"], said["level"], said["awarded_on"][:4], said["route"])
            self.passport_levels.append(((row["worker"], *said["by"].values()), what))
        elif kind == "worker.level_withdrawn":
            self.passport_withdrawn.add((row["worker"], *said["by"].values()))

    def register(self, kind, key, owner, said):
        """A state that holds at the end."""
        if kind == "ecosystem-member":
            for day in DAYS:
                if said["from"] <= day and not said.get("left_on", "9999") <= day:
                    self.count("members", day)
        elif kind == "award":
            what = (said["occupation"], said["level"], said["awarded_on"][:4], said["route"])
            self.count("levels", (what, said["standing"]))
            if owner:
                self.count("levels of session", owner)
            if said.get("certified_in"):
                self.count("recognitions certified in session", said["certified_in"])
        elif kind == "certificate":
            self.count("certificates by register", (said["kind"], said["state"]))
        elif kind == "appointment":
            self.count("posts", (said["level"], said["standing"]))
        elif kind == "competition":
            self.count("competitions", (said["tier"], said["state"]))
        elif kind == "competition-result":
            self.count("places", (said["group"], said["rank"], said["standing"]))
        elif kind == "recognition":
            self.count("recognitions", (said["rule"], said["state"]))
        elif kind == "staff-card":
            self.count("cards", (said["role"], said.get("to"), said["standing"]))
        elif kind == "honour":
            self.count("records", ("honour", said["rank"], said["standing"]))
        elif kind == "apprenticeship":
            self.count("records", ("apprenticeship", said["kind"], said["standing"]))
        elif kind == "session-candidate":
            self.count("candidates", said["state"])
        elif kind == "session-objection":
            self.count("objections", said["state"])


def tally(words):
    return dict(Counter(words))


def holds(first, last, ended_on, day):
    return first <= day <= last and (ended_on is None or day < ended_on)


def both(events, views):
    """The same thing counted twice: what it is, from the events, from the views."""
    passed, certified = Counter(), Counter()
    results = Counter()
    for own, session in events.sessions.items():
        for verdict in session["results"].values():
            results[(session["route"], verdict)] += 1
        if session["closed"] and session["levels"]:
            found = sum(verdict == "passed" for verdict in session["results"].values())
            # Recognitions had awarded their levels before: a session certifies them.
            of_route = certified if session["route"] == "recognition" else passed
            of_route.update({own: found} if found else {})
    levels = Counter((what, standing) for what, _, standing in events.awards.values())
    passports = Counter(
        (what, "withdrawn" if key in views.passport_withdrawn else "stands")
        for key, what in views.passport_levels
    )
    by_register = Counter()
    for what, state in events.certificates.values():
        by_register[(what[0], state)] += 1
    ours = {
        "bodies": Counter(tuple(it) for it in events.bodies.values()),
        "scopes": on_days(events.scopes.values(), lambda it, day: holds(*it, day)),
        "members": on_days(
            events.members.values(),
            lambda it, day: it[0] <= day and (it[1] is None or day < it[1]),
        ),
        "sessions": Counter((it["route"], it["process"]) for it in events.sessions.values()),
        "results": results,
        "levels": levels,
        "levels of session": passed,
        "recognitions certified in session": certified,
        "certificates": Counter((what, state) for what, state in events.certificates.values()),
        "certificates by register": by_register,
        "posts": Counter(tuple(it) for it in events.posts.values()),
        "competitions": Counter(tuple(it) for it in events.contests.values()),
        "places": Counter(tuple(it) for it in events.places.values()),
        "recognitions": Counter(tuple(it) for it in events.recognitions.values()),
        "cards": Counter(tuple(it) for it in events.cards.values()),
        "records": Counter(tuple(it) for it in events.records.values()),
        "candidates": Counter(events.candidates.values()),
        "objections": Counter(events.objections.values()),
        "backgrounds": events.backgrounds,
    }
    for what, counted in ours.items():
        yield f"number of {what}", +counted, +views.counts[what]
    yield "number of levels in passports", levels, passports


def on_days(things, on):
    things = list(things)
    return +Counter({day: sum(on(it, day) for it in things) for day in DAYS})
