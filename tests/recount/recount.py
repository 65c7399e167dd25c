#!/usr/bin/env python3
"""Counts a ledger again from its events, by logic of its own, and compares with its views.

    skill-ledger log events --data DIR        > events.jsonl
    skill-ledger projections dump --data DIR  > views.jsonl
    python3 recount.py events.jsonl views.jsonl

Both files are read line by line. Every line of difference is printed; exit 0 if there is none,
1 if there is one, 2 if a file cannot be read. Standard library only; knows nothing of the
program but what its formats say. Shares no code with it on purpose.
"""

import json
import sys
from collections import Counter, defaultdict

ENDS = {
    "certificate.revoked": "revoked",
    "certificate.cancelled": "cancelled",
    "certificate.forfeited": "forfeited",
    "certificate.voided": "voided",
}


def lines(path):
    with open(path, encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            try:
                yield json.loads(line)
            except ValueError as error:
                raise SystemExit(f"{path}:{number}: {error}") from error


class FromEvents:
    """What the events come to."""

    def __init__(self):
        self.position = 0
        self.types = Counter()
        self.bodies = {}
        self.scopes = {}
        self.run_offs = {}
        self.keys = {}
        self.sessions = {}
        self.certificates = {}
        self.number_of = {}
        self.credentials = {}
        self.proposals = {}
        self.levels = {}
        self.people = defaultdict(Counter)
        self.published = {}
        self.recognitions = {}
        self.cards = {}

    def take(self, event):
        position, kind = event["position"], event["type"]
        if position != self.position + 1:
            raise SystemExit(f"after position {self.position} comes {position}: an event is missing")
        self.position = position
        self.types[kind] += 1
        stream, _, own = event["stream"].partition("/")
        said = event["data"]
        if kind.startswith("proposal."):
            self.proposal(kind, event["stream"], said)
        elif stream == "body":
            self.body(kind, own, position, said)
        elif stream == "session":
            self.session(kind, own, said)
        elif stream == "certificate":
            self.certificate(kind, own, said)
        elif stream == "worker":
            self.worker(kind, own, said)
        elif stream == "staff":
            self.staff(kind, said)
        elif stream == "authority":
            self.authority(kind, position, said)

    def proposal(self, kind, stream, said):
        if kind == "proposal.made":
            self.proposals[said["proposal"]] = ("open", stream, said["act"]["act"])
        else:
            _, stream, act = self.proposals[said["proposal"]]
            self.proposals[said["proposal"]] = (kind.split(".")[1], stream, act)

    def key_event(self, kind, owner, said):
        verb = kind.split(".")[1]
        if verb == "key_registered":
            self.keys[said["key_id"]] = [owner, said["purpose"], False, None]
        elif verb == "key_retired":
            self.keys[said["key_id"]][2] = True
        elif verb == "key_compromised":
            self.keys[said["key_id"]][3] = said["from_position"]

    def authority(self, kind, position, said):
        if ".key_" in kind:
            self.key_event(kind, None, said)
        elif kind == "authority.trust_list_published":
            self.published[("trust", None)] = (position, said["digest"])

    def body(self, kind, own, position, said):
        if ".key_" in kind:
            self.key_event(kind, own, said)
        elif kind == "body.registered":
            self.bodies[own] = {
                "credit_code": said["credit_code"],
                "kind": said["kind"],
                "region": said["region"],
                "standing": "active",
            }
        elif kind == "body.suspended":
            self.bodies[own]["standing"] = "suspended"
        elif kind == "body.reinstated":
            self.bodies[own]["standing"] = "active"
        elif kind == "body.withdrawn":
            self.bodies[own]["standing"] = "withdrawn"
        elif kind == "body.scope_granted":
            self.scopes[said["grant"]] = [own, said["from"], said["to"], False]
        elif kind == "body.scope_ended":
            self.scopes[said["grant"]][3] = True
        elif kind == "body.run_off_granted":
            self.run_offs[(own, said["session"])] = False
        elif kind == "body.run_off_ended":
            self.run_offs[(own, said["session"])] = True
        elif kind == "body.status_list_published":
            self.published[("status", own, said["list"])] = (position, said["digest"])

    def staff(self, kind, said):
        if kind == "staff.card_granted":
            self.cards[said["card"]] = [said["role"], said["from"], said.get("to"), "active"]
        elif kind == "staff.card_renewed":
            self.cards[said["card"]][2] = said["to"]
        elif kind == "staff.card_suspended":
            self.cards[said["card"]][3] = "suspended"
        elif kind == "staff.card_reinstated":
            self.cards[said["card"]][3] = "active"
        elif kind == "staff.card_withdrawn":
            self.cards[said["card"]][3] = "withdrawn"

    def session(self, kind, own, said):
        if kind == "session.opened":
            assessed = said.get("assessed", said)
            self.sessions[own] = {
                "body": said["body"],
                "code": said["code"],
                "route": said.get("route", "assessment"),
                "occupation": assessed.get("occupation"),
                "assessed_on": said["assessed_on"],
                "closed_on": None,
                "issued_on": None,
                "certificates": 0,
                "results": {},
            }
            return
        session = self.sessions[own]
        if kind == "session.result_entered":
            # A person has one result: what is entered again takes the place of what was.
            session["results"][said["worker"]] = said["verdict"]
        elif kind == "session.closed":
            session["closed_on"] = said["on"]
            found = Counter(session["results"].values())
            told = (said["passed"], said["failed"], said["absent"])
            counted = (found["passed"], found["failed"], found["absent"])
            if told != counted:
                raise SystemExit(f"session {own} says at its close {told}, its results are {counted}")
        elif kind == "session.certificates_issued":
            session["issued_on"] = said["on"]

    def certificate(self, kind, own, said):
        if kind == "certificate.issued":
            award = said["award"]
            attainment = award.get("attainment", award)
            self.number_of[own] = said["number"]
            if said["number"] in self.certificates:
                raise SystemExit(f"number {said['number']} is issued twice")
            self.certificates[said["number"]] = {
                "body": award["body"],
                "session": award["session"],
                "worker": award["worker"],
                "kind": attainment.get("kind", "level"),
                "occupation": attainment.get("occupation"),
                "level": attainment.get("level"),
                "route": award.get("route", "assessment"),
                "issued_on": said["issued_on"],
                "issue": 1,
                "state": "active",
                "successor": None,
                "supersedes": said.get("supersedes"),
            }
            self.credentials[said["credential"]] = (said["number"], 1)
            # A correction is a new certificate of the same assessment.
            if not said.get("supersedes"):
                self.sessions[award["session"]]["certificates"] += 1
            return
        held = self.certificates[self.number_of[own]]
        if kind == "certificate.reissued":
            held["issue"] = said["issue"]
            self.credentials[said["credential"]] = (self.number_of[own], said["issue"])
        elif kind == "certificate.suspended":
            held["state"] = "suspended"
        elif kind == "certificate.reinstated":
            held["state"] = "active"
        elif kind == "certificate.superseded":
            held["state"] = "superseded"
            held["successor"] = said["by"]
        elif kind in ENDS:
            held["state"] = ENDS[kind]

    def worker(self, kind, own, said):
        if kind not in ("worker.enrolled", "worker.details_sealed"):
            self.people[own][kind] += 1
        if kind.startswith("worker.recognition_"):
            self.recognitions[said["recognition"]] = (own, kind.rpartition("_")[2])
        if kind == "worker.level_awarded":
            by = json.dumps(said.get("by", said.get("session")), sort_keys=True)
            self.levels[(own, by, said["occupation"], said["level"])] = [
                said["awarded_on"][:4],
                said.get("route", "assessment"),
                "held",
            ]
        elif kind == "worker.level_withdrawn":
            by = json.dumps(said.get("by", said.get("session")), sort_keys=True)
            for (worker, ground, _, _), level in self.levels.items():
                if worker == own and ground == by:
                    level[2] = "withdrawn"


class FromViews:
    """What the views answer."""

    def __init__(self):
        self.tables = defaultdict(list)

    def take(self, line):
        row = line["row"]
        if line["table"] == "view_passport":
            row["data"] = json.loads(row["data"])
        for big in ("document", "chain"):
            row.pop(big, None)
        self.tables[line["table"]].append(row)


class Comparison:
    """Differences, counted and told."""

    def __init__(self):
        self.checks = 0
        self.differences = 0

    def same(self, what, events, views):
        """Two dictionaries, key by key."""
        self.checks += len(events)
        for key in sorted(set(events) | set(views), key=str):
            ours, theirs = events.get(key), views.get(key)
            if ours != theirs:
                self.differences += 1
                if self.differences <= 50:
                    print(f"{what} {key}: events say {ours}, the view says {theirs}")


def compare(events, views):
    told = Comparison()
    tables = views.tables
    position = {row["projection"]: row["position"] for row in tables["view_position"]}
    told.same("position", {"views": events.position}, position)
    compare_bodies(told, events, tables)
    compare_sessions(told, events, tables)
    compare_certificates(told, events, tables)
    compare_people(told, events, tables)
    compare_registers(told, events, tables)
    told.same(
        "proposal",
        events.proposals,
        {
            row["proposal"]: (row["state"], row["stream"], json.loads(row["act"])["act"])
            for row in tables["view_proposal"]
        },
    )
    return told


def compare_bodies(told, events, tables):
    fields = ("credit_code", "kind", "region", "standing")
    told.same(
        "body",
        events.bodies,
        {row["body"]: {name: row[name] for name in fields} for row in tables["view_body"]},
    )
    told.same(
        "scope",
        events.scopes,
        {
            row["grant_id"]: [
                row["body"],
                row["valid_from"],
                row["valid_to"],
                row["to_position"] is not None,
            ]
            for row in tables["view_scope"]
        },
    )
    told.same(
        "run-off",
        events.run_offs,
        {
            (row["body"], row["session"]): row["to_position"] is not None
            for row in sorted(tables["view_run_off"], key=lambda row: row["from_position"])
        },
    )
    told.same(
        "key",
        events.keys,
        {
            row["key_id"]: [
                row["body"],
                row["purpose"],
                row["retired_on"] is not None,
                row["compromised_from_position"],
            ]
            for row in tables["view_key"]
        },
    )
    open_standing = {
        row["body"]: row["standing"] for row in tables["view_standing"] if row["to_position"] is None
    }
    told.same(
        "standing", {own: body["standing"] for own, body in events.bodies.items()}, open_standing
    )


def compare_sessions(told, events, tables):
    counted = {}
    for own, session in events.sessions.items():
        found = Counter(session["results"].values())
        counted[own] = {
            "entered": len(session["results"]),
            "passed": found["passed"],
            "failed": found["failed"],
            "absent": found["absent"],
            **{name: value for name, value in session.items() if name != "results"},
        }
    fields = (
        "entered passed failed absent body code route occupation assessed_on closed_on issued_on "
        "certificates"
    ).split()
    told.same(
        "session",
        counted,
        {row["session"]: {name: row[name] for name in fields} for row in tables["view_session"]},
    )


def compare_certificates(told, events, tables):
    fields = (
        "body session worker kind occupation level route issued_on issue state successor supersedes"
    ).split()
    told.same(
        "certificate",
        events.certificates,
        {row["number"]: {name: row[name] for name in fields} for row in tables["view_certificate"]},
    )
    told.same(
        "credential",
        events.credentials,
        {row["credential"]: (row["number"], row["issue"]) for row in tables["view_credential"]},
    )
    ours, theirs = Counter(), Counter()
    for held in events.certificates.values():
        ours[(held["kind"], held["occupation"], held["level"], held["state"])] += 1
    for row in tables["view_certificate"]:
        theirs[(row["kind"], row["occupation"], row["level"], row["state"])] += 1
    told.same("certificates by kind, occupation, level, state", ours, theirs)


def compare_people(told, events, tables):
    passports = defaultdict(Counter)
    levels, withdrawn = [], set()
    for row in sorted(tables["view_passport"], key=lambda row: row["position"]):
        said = row["data"]
        if row["kind"].startswith("worker."):
            passports[row["worker"]][row["kind"]] += 1
        by = json.dumps(said.get("by", said.get("session")), sort_keys=True)
        if row["kind"] == "worker.level_awarded":
            levels.append((row["worker"], by, said))
        elif row["kind"] == "worker.level_withdrawn":
            withdrawn.add((row["worker"], by))
    told.same(
        "passport of worker",
        {own: dict(kinds) for own, kinds in events.people.items()},
        {own: dict(kinds) for own, kinds in passports.items()},
    )
    ours = Counter(
        (occupation, level, year, route, state)
        for (_, _, occupation, level), (year, route, state) in events.levels.items()
    )
    theirs = Counter()
    for own, by, said in levels:
        state = "withdrawn" if (own, by) in withdrawn else "held"
        route = said.get("route", "assessment")
        theirs[(said["occupation"], said["level"], said["awarded_on"][:4], route, state)] += 1
    told.same("levels by occupation, level, year, route, state", ours, theirs)


def compare_registers(told, events, tables):
    now = defaultdict(dict)
    for row in tables["view_register"]:
        if row["to_position"] is None:
            now[row["kind"]][row["key"]] = (row["owner"], json.loads(row["data"]))
    told.same(
        "recognition",
        events.recognitions,
        {key: (owner, said["state"]) for key, (owner, said) in now["recognition"].items()},
    )
    told.same(
        "card",
        events.cards,
        {
            key: [said["role"], said["from"], said["to"], said["standing"]]
            for key, (_, said) in now["staff-card"].items()
        },
    )


def main(arguments):
    if len(arguments) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    events, views = FromEvents(), FromViews()
    try:
        for event in lines(arguments[0]):
            events.take(event)
        for line in lines(arguments[1]):
            views.take(line)
    except OSError as error:
        print(error, file=sys.stderr)
        return 2
    told = compare(events, views)
    summary = {
        "events": events.position,
        "compared": told.checks,
        "differences": told.differences,
        "bodies": len(events.bodies),
        "sessions": len(events.sessions),
        "cards": Counter(card[3] for card in events.cards.values()),
        "recognitions": Counter(state for _, state in events.recognitions.values()),
        "levels": Counter(state for _, _, state in events.levels.values()),
        "certificates": Counter(held["state"] for held in events.certificates.values()),
        "recorded": sum(events.people.values(), Counter()),
    }
    print(json.dumps(summary, ensure_ascii=False, sort_keys=True))
    return 1 if told.differences else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
