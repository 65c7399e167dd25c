"""Tables of the views counted again, row by row and column by column."""

import hashlib
from collections import Counter, defaultdict

from processes import attested, changed_state
from registers import only, text

# What of a table is not counted: the version of the program's own functions, and the chain, which
# is over columns that the events as told do not have.
UNCOUNTED = {"view_position": {"version", "chain"}}


class Tables:
    """Rows as `table -> key -> {column: value}`."""

    def __init__(self):
        self.rows = defaultdict(dict)
        self.number_of = {}
        self.results = defaultdict(dict)

    def of_proposal(self, stream, at, verb, said):
        if verb == "made":
            self.rows["view_proposal"][said["proposal"]] = {
                **only(said, "proposal", "act", "digest", "made_by", "expires_at"),
                "stream": stream,
                "state": "open",
                "decided_by": None,
                "reason": None,
                "position": at,
                "decided_position": None,
            }
            return
        self.rows["view_proposal"][said["proposal"]].update(
            state=verb,
            decided_by=said.get("approved_by") or said.get("rejected_by"),
            reason=said.get("reason"),
            decided_position=at,
        )

    def of_key(self, owner, at, verb, said):
        held = self.rows["view_key"]
        if verb == "key_registered":
            held[at] = {
                **only(said, "key_id", "purpose", "public_key"),
                "from_position": at,
                "body": owner,
                "to_position": None,
                "retired_on": None,
                "compromised_from_position": None,
                "compromise_ground": None,
            }
            return
        for key in held.values():
            if key["key_id"] != said["key_id"] or key["body"] != owner:
                continue
            if verb == "key_retired" and key["to_position"] is None:
                key.update(to_position=at, retired_on=said["on"])
            elif verb == "key_compromised":
                before = key["compromised_from_position"]
                if before is None or said["from_position"] < before:
                    key["compromised_from_position"] = said["from_position"]
                    key["compromise_ground"] = said["ground"]

    def of_authority(self, stream, at, verb, said):
        if verb.startswith("key_"):
            self.of_key(None, at, verb, said)
        elif verb == "established":
            self.rows["view_authority"][1] = {
                **only(said, "ledger", "jurisdiction", "host", "region"),
                "one": 1,
                "name_zh": said["name"]["zh"],
                "name_en": said["name"].get("en"),
                "position": at,
            }
        elif verb == "trust_list_published":
            self.published(stream, at, "trust-list", 0, said, said["document"])

    def published(self, owner, at, kind, number, said, document):
        self.rows["view_published"][(kind, owner, number)] = {
            "kind": kind,
            "owner": owner,
            "list": number,
            "position": at,
            "as_of_position": said["as_of_position"],
            "digest": hashlib.sha256(document.encode()).hexdigest(),
            "document": document,
        }

    def of_body(self, stream, own, at, verb, said):
        if verb.startswith("key_"):
            self.of_key(own, at, verb, said)
        elif verb == "registered":
            self.rows["view_body"][own] = {
                **only(said, "credit_code", "kind", "region", "public_id"),
                "body": own,
                "name_zh": said["name"]["zh"],
                "name_en": said["name"].get("en"),
                "standing": "active",
                "since": at,
                "position": at,
            }
            self.standing(own, at, "active", {})
        elif verb in ("suspended", "reinstated", "withdrawn"):
            standing = {"reinstated": "active"}.get(verb, verb)
            self.rows["view_body"][own].update(standing=standing, since=at)
            self.standing(own, at, standing, said)
        elif verb == "scope_granted":
            self.rows["view_scope"][said["grant"]] = {
                "grant_id": said["grant"],
                "body": own,
                **{
                    many: said.get(many) or []
                    for many in ("occupations", "work_types", "levels", "items", "regions")
                },
                "valid_from": said["from"],
                "valid_to": said["to"],
                "basis": said["basis"],
                "from_position": at,
                "to_position": None,
                "ended_on": None,
                "end_reason": None,
            }
        elif verb == "scope_ended":
            scope = self.rows["view_scope"][said["grant"]]
            scope.update(to_position=at, ended_on=said["on"], end_reason=said["reason"])
        elif verb == "run_off_granted":
            self.rows["view_run_off"][(own, said["session"], at)] = {
                "body": own,
                "session": said["session"],
                "from_position": at,
                "to_position": None,
                "valid_until": said["until"],
                "reason": said["reason"],
                "ended_on": None,
            }
        elif verb == "run_off_ended":
            for (body, session, _), run_off in self.rows["view_run_off"].items():
                if (body, session) == (own, said["session"]) and run_off["to_position"] is None:
                    run_off.update(to_position=at, ended_on=said["on"])
        elif verb == "status_list_published":
            # Lists of the first version have no token.
            for kind in ("revocation", "suspension", "details", "token"):
                if said.get(kind) is not None:
                    self.published(stream, at, kind, said["list"], said, said[kind])

    def standing(self, own, at, standing, said):
        for (body, _), before in self.rows["view_standing"].items():
            if body == own and before["to_position"] is None:
                before["to_position"] = at
        self.rows["view_standing"][(own, at)] = {
            "body": own,
            "from_position": at,
            "to_position": None,
            "standing": standing,
            "since": said.get("on"),
            "ground": said.get("ground"),
            "basis": said.get("basis"),
        }

    def of_session(self, own, at, verb, said):
        if verb == "opened":
            self.rows["view_session"][own] = {
                **only(said, "body", "code", "route", "process", "assessed", "standard"),
                **only(said, "assessed_on", "region", "site"),
                "session": own,
                "occupation": said["assessed"].get("occupation") or said["assessed"].get("of"),
                "dual": 1 if said.get("dual") else 0,
                "state": "open",
                "notice_from": None,
                "closes_on": None,
                "closed_on": None,
                "issued_on": None,
                "certificates": 0,
                "position": at,
                "last_position": at,
            }
            return
        row = self.rows["view_session"][own]
        results = self.results[own]
        changed = {
            "results_confirmed": lambda: {"state": "confirmed"},
            "notice_started": lambda: {
                "state": "notice",
                "notice_from": said["from"],
                "closes_on": said["closes_on"],
            },
            "closed": lambda: {"state": "closed", "closed_on": said["on"]},
            "certificates_issued": lambda: {
                "state": "issued",
                "issued_on": said["on"],
                "certificates": said["count"],
            },
            "result_entered": lambda: {},
            "result_struck": lambda: {"state": "open"},
            "result_changed": lambda: {"state": "open"},
            "submitted": lambda: {"state": "submitted"},
            "audit_returned": lambda: {"state": "returned"},
            "audit_passed": lambda: {"state": "audited"},
        }
        if verb == "result_entered":
            results[said["worker"]] = said["verdict"]
        elif verb == "result_struck":
            del results[said["worker"]]
        elif verb == "result_changed":
            results[said["result"]["worker"]] = said["result"]["verdict"]
        elif verb == "closed":
            told = [said["passed"], said["failed"], said["absent"]]
            counted = [count(results)[word] for word in ("passed", "failed", "absent")]
            if told != counted:
                raise SystemExit(f"session {own} says at its close {told}, its results are {counted}")
        if verb in changed:
            row.update(changed[verb](), last_position=at)

    def of_worker(self, own, at, kind, said):
        if kind not in ("worker.enrolled", "worker.details_sealed"):
            self.passport(own, at, kind, said)

    def passport(self, worker, at, kind, data):
        self.rows["view_passport"][(worker, at)] = {
            "worker": worker,
            "position": at,
            "kind": kind,
            "data": data,
        }

    def of_certificate(self, own, at, verb, said):
        kind = f"certificate.{verb}"
        if verb == "issued":
            self.issued(own, at, kind, said)
            return
        number = self.number_of[own]
        row = self.rows["view_certificate"][number]
        state = changed_state(verb)
        if verb == "reissued":
            row.update(issue=said["issue"], key_id=said["key_id"], last_position=at)
            self.credential(number, at, said, said["issue"])
            told = only(said, "issue", "issued_on")
        elif state:
            row.update(
                state=state,
                since=said["on"],
                ground=said["ground"],
                basis=said.get("basis"),
                successor=said.get("by"),
                last_position=at,
            )
            names = {
                "suspended": ("ground", "basis", "on"),
                "reinstated": ("ground", "on"),
                "superseded": ("ground", "on", "by"),
                "revoked": ("ground", "basis", "on", "with"),
                "forfeited": ("ground", "basis", "on", "with"),
            }
            told = only(said, *names.get(verb, ("ground", "basis", "on")))
        else:
            return
        self.passport(row["worker"], at, kind, {**told, "number": number})

    def issued(self, own, at, kind, said):
        award, number = said["award"], said["number"]
        attests = attested(award)
        if number in self.rows["view_certificate"]:
            raise SystemExit(f"number {number} is issued twice")
        self.number_of[own] = number
        self.rows["view_certificate"][number] = {
            **only(award, "body", "session", "worker", "route", "standard", "region"),
            **only(award, "assessed_on", "attainment"),
            **only(attests, "kind", "occupation", "level", "item"),
            **only(said, "issued_on", "supersedes", "twin", "key_id"),
            "number": number,
            "certificate": own,
            "issue": 1,
            "state": "active",
            "since": said["issued_on"],
            "ground": None,
            "basis": None,
            "successor": None,
            "list": said["status"]["list"],
            "list_index": said["status"]["index"],
            "position": at,
            "last_position": at,
        }
        self.credential(number, at, said, 1)
        told = dict(attests)
        told.update(only(award, "session", "body", "route"))
        told.update(only(said, "number", "issued_on", "supersedes", "twin"))
        self.passport(award["worker"], at, kind, told)

    def credential(self, number, at, said, issue):
        self.rows["view_credential"][said["credential"]] = {
            **only(said, "credential", "issued_on", "reason", "key_id"),
            "number": number,
            "issue": issue,
            "position": at,
        }

    def finish(self, position):
        """Counts what is counted at the end."""
        for own, row in self.rows["view_session"].items():
            found = count(self.results[own])
            row.update(entered=len(self.results[own]))
            row.update({word: found[word] for word in ("passed", "failed", "absent")})
        self.rows["view_position"]["views"] = {"projection": "views", "position": position}


def count(results):
    return Counter(results.values())


KEYS = {
    "view_position": ("projection",),
    "view_authority": ("one",),
    "view_body": ("body",),
    "view_standing": ("body", "from_position"),
    "view_scope": ("grant_id",),
    "view_run_off": ("body", "session", "from_position"),
    "view_key": ("from_position",),
    "view_session": ("session",),
    "view_certificate": ("number",),
    "view_credential": ("credential",),
    "view_passport": ("worker", "position"),
    "view_proposal": ("proposal",),
    "view_published": ("kind", "owner", "list"),
}

# Columns that hold JSON as text.
DOCUMENTS = {
    "view_scope": ("occupations", "work_types", "levels", "items", "regions"),
    "view_session": ("assessed", "standard"),
    "view_certificate": ("attainment", "standard"),
    "view_passport": ("data",),
    "view_proposal": ("act",),
}


def key_of(table, row):
    key = tuple(row[name] for name in KEYS[table])
    return key if len(key) > 1 else key[0]


__all__ = ["DOCUMENTS", "KEYS", "Tables", "UNCOUNTED", "key_of", "text"]
