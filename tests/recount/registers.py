"""Registers counted again: every state of every registered thing, between its positions."""

import hashlib
import json


def text(value):
    """The one way to write a value, so that two of them compare."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def merged(state, patch):
    """RFC 7396, section 2."""
    if not isinstance(patch, dict):
        return patch
    state = dict(state) if isinstance(state, dict) else {}
    for name, value in patch.items():
        if value is None:
            state.pop(name, None)
        else:
            state[name] = merged(state.get(name), value)
    return state


class Registers:
    """States as `(kind, key, first position) -> [owner, first position after it, data as text]`."""

    def __init__(self):
        self.states = {}
        self.open = {}
        self.results = {}
        self.body_of = {}

    def put(self, kind, key, owner, at, data):
        self.end(kind, key, at)
        self.open[(kind, key)] = at
        self.states[(kind, key, at)] = [owner or "", None, text(data)]

    def patch(self, kind, key, at, patch):
        since = self.open.get((kind, key))
        if since is None:
            return
        owner, _, before = self.states[(kind, key, since)]
        after = merged(json.loads(before), patch)
        if text(after) != before:
            self.put(kind, key, owner, at, after)

    def end(self, kind, key, at):
        since = self.open.pop((kind, key), None)
        if since == at:
            # What began here never held.
            del self.states[(kind, key, since)]
        elif since is not None:
            self.states[(kind, key, since)][1] = at

    def now_of(self, kind, key):
        """What holds of one thing, if it is registered."""
        since = self.open.get((kind, key))
        return None if since is None else json.loads(self.states[(kind, key, since)][2])

    def now(self, kind):
        """What holds of every thing of a kind: `key -> data`."""
        return {
            key: json.loads(self.states[(of, key, since)][2])
            for (of, key), since in self.open.items()
            if of == kind
        }


def only(said, *names):
    """These members, null where the event has none."""
    return {name: said.get(name) for name in names}


def without(said, *names):
    return {name: value for name, value in said.items() if name not in names}


def published(registers, stream, at, kind, number, said, document):
    """Which document of a list was the newest, from when to when."""
    data = {
        "kind": kind,
        "list": number,
        "as_of_position": said["as_of_position"],
        "digest": hashlib.sha256(document.encode()).hexdigest(),
    }
    registers.put("published", f"{stream}/{kind}/{number}", stream, at, data)


def of_authority(registers, stream, at, verb, said):
    if verb == "assessment_policy_set":
        day = said["policy"]["effective_from"]
        registers.put("assessment-policy", day, said["jurisdiction"], at, said["policy"])
    elif verb == "trust_list_published":
        published(registers, stream, at, "trust-list", 0, said, said["document"])


def compromised(registers, own, at, said):
    """A declaration counts if it voids more than the one before."""
    before = registers.now_of("key-compromise", said["key_id"])
    if before is None or said["from_position"] < before["from_position"]:
        data = only(said, "from_position", "ground")
        registers.put("key-compromise", said["key_id"], own, at, data)


def of_catalogue(registers, at, verb, said):
    put = registers.put
    if verb == "occupations_adopted":
        for it in said["occupations"]:
            put("occupation", it["code"], said["edition"], at, it)
    elif verb == "occupations_amended":
        for change in said["changes"]:
            amended(registers, at, said["amendment"], change)
    elif verb == "items_adopted":
        for it in said["items"]:
            put("item", it["code"], said["edition"], at, it)
    elif verb == "resource_released":
        year = str(int(said["released_on"][:4]))
        put("resource", f"{said['code']} {said['version']}", year, at, said)
    elif verb == "standards_adopted":
        standards(registers, at, said)
    elif verb == "comparison_listed":
        row = said["comparison"]
        put("comparison-row", f"{row['jurisdiction']}/{row['code']}", "", at, row)
    elif verb == "issuer_registered":
        put("issuer", said["issuer"]["code"], "", at, said["issuer"])
    elif verb == "issuer_struck":
        struck = {"struck_on": said["on"], "ground": said["ground"], "struck_by": said["basis"]}
        registers.patch("issuer", said["code"], at, struck)
    else:
        tables = {
            "promotion_rules_adopted": ("promotion-rule", "id"),
            "direct_grounds_adopted": ("direct-ground", "code"),
            "appointment_policies_adopted": ("appointment-policy", "id"),
            "apprenticeship_policies_adopted": ("apprenticeship-policy", "id"),
        }
        kind, name = tables.get(verb, (None, None))
        for rule in said["rules"] if kind else []:
            put(kind, rule[name], rule["jurisdiction"], at, rule)


def amended(registers, at, amendment, change):
    what = change["change"]
    if what == "added":
        occupation = change["occupation"]
        registers.put("occupation", occupation["code"], amendment, at, occupation)
    elif what == "renamed":
        named = only(change, "name_zh", "name_en")
        registers.patch("occupation", change["code"], at, named)
    elif what == "adjusted":
        adjusted = only(change, "levels", "work_types")
        registers.patch("occupation", change["code"], at, adjusted)
    elif what == "retired":
        registers.end("occupation", change["code"], at)


def standards(registers, at, said):
    for template in said["templates"]:
        data = {"edition": said["edition"], "template": template}
        registers.put("standard-template", template["id"], "", at, data)
    for standard in said["standards"]:
        key = f"{standard['kind']}:{standard['code']}:{standard['edition']}"
        assesses = standard["assesses"]
        # Whose conditions these are: the occupation's, or the item's.
        ((whose, conditions),) = assesses.items()
        owner = conditions[whose]
        data = {"edition": said["edition"], "standard": standard}
        registers.put("standard", key, owner, at, data)


def of_competition(registers, own, at, verb, said):
    def place():
        return f"{own}/{said['worker']}/{said['occupation']}"

    def state(word, **more):
        registers.patch("competition", own, at, {"state": word, **more})

    if verb == "registered":
        registers.put("competition", own, "", at, {**said, "state": "open"})
    elif verb == "place_entered":
        data = only(said, "worker", "occupation", "group", "rank", "contestants", "prize")
        data.update(competition=own, standing="entered")
        registers.put("competition-result", place(), said["worker"], at, data)
    elif verb == "place_struck":
        registers.end("competition-result", place(), at)
    elif verb == "places_confirmed":
        state("confirmed", places=said["places"])
    elif verb == "notice_started":
        state("in-notice", closes_on=said["closes_on"])
    elif verb == "closed":
        state("closed", closed_on=said["on"])
    elif verb == "place_withdrawn":
        data = {"standing": "withdrawn", "withdrawn_on": said["on"], "ground": said["ground"]}
        registers.patch("competition-result", place(), at, data)


def of_body(registers, own, at, verb, said):
    put, patch = registers.put, registers.patch
    if verb == "status_list_published":
        # Lists of the first version have no token.
        for kind in ("revocation", "suspension", "details", "token"):
            if said.get(kind) is not None:
                published(registers, f"body/{own}", at, kind, said["list"], said, said[kind])
    elif verb == "key_compromised":
        compromised(registers, own, at, said)
    elif verb == "ecosystem_opened":
        put("ecosystem", own, own, at, said)
    elif verb == "ecosystem_closed":
        patch("ecosystem", own, at, {"closed_on": said["on"], "reason": said["reason"]})
    elif verb == "ecosystem_member_joined":
        put("ecosystem-member", f"{own}/{said['member']}", own, at, said)
    elif verb == "ecosystem_member_left":
        left = {"left_on": said["on"], "reason": said["reason"]}
        patch("ecosystem-member", f"{own}/{said['member']}", at, left)
    elif verb == "cross_region_permitted":
        put("cross-region", f"{own}/{said['host']}", own, at, said)
    elif verb == "cross_region_ended":
        ended = {"ended_on": said["on"], "reason": said["reason"]}
        patch("cross-region", f"{own}/{said['host']}", at, ended)
    elif verb == "star_graded":
        put("body-star", own, own, at, said)
    elif verb == "credit_recorded":
        put("body-credit", own, own, at, said)
    elif verb == "selected":
        put("body-selection", f"{own}/{at:012}", own, at, said)
    elif verb == "review_ordered":
        put("review", said["review"], own, at, said)
    elif verb == "review_closed":
        patch("review", said["review"], at, {"closed": said})
    elif verb == "training_base_noticed":
        data = {"body": own, "standing": "noticed", "notice": said}
        put("training-base", own, own, at, data)
    elif verb == "training_base_listed":
        patch("training-base", own, at, {"standing": "listed", "listed": said})
    elif verb == "training_base_struck":
        patch("training-base", own, at, {"standing": "struck", "struck": said})


def of_staff(registers, own, at, verb, said):
    put, patch = registers.put, registers.patch

    def standing(word):
        data = {"standing": word, "since": said["on"], "ground": said["ground"]}
        patch("staff-card", said["card"], at, data)

    if verb == "card_granted":
        data = only(
            said, "card", "role", "occupations", "levels", "items", "grade", "body", "from", "to", "basis"
        )
        for many in ("occupations", "levels", "items"):
            data[many] = data[many] or []
        data.update(staff=own, standing="active")
        put("staff-card", said["card"], own, at, data)
    elif verb == "card_renewed":
        data = {"to": said["to"], "renewed_from": said["from"], "basis": said["basis"]}
        patch("staff-card", said["card"], at, data)
    elif verb == "card_suspended":
        standing("suspended")
    elif verb == "card_reinstated":
        standing("active")
    elif verb == "card_withdrawn":
        standing("withdrawn")
    elif verb == "endorsed":
        put("staff-endorsement", f"{own}/{at:020}", own, at, said)
    elif verb == "relation_declared":
        put("staff-relation", f"{own}/{said['with']}", own, at, said)
    elif verb == "relation_struck":
        registers.end("staff-relation", f"{own}/{said['with']}", at)
    elif verb == "engaged":
        data = {"staff": own, **only(said, "body", "occupations", "from")}
        key = f"{own}/{said['body']}"
        put("staff-engagement", key, own, at, data)
        put("school-teacher", key, said["body"], at, data)
    elif verb == "left":
        for kind in ("staff-engagement", "school-teacher"):
            patch(kind, f"{own}/{said['body']}", at, {"left_on": said["on"]})
