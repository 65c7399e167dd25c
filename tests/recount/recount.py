#!/usr/bin/env python3
"""Counts a ledger again from its events, by logic of its own, and compares with its views.

    skill-ledger log events --data DIR        > events.jsonl
    skill-ledger projections dump --data DIR  > views.jsonl
    python3 recount.py events.jsonl views.jsonl

With `--at N` only the events up to position N are counted; the views are those of
`projections dump --at N`. Every table is compared row by row and column by column, every register
state by state; then levels, certificates, posts, places and more are tallied from both sides. What
the script does not know how to count is a difference too.

Every line of difference is printed; exit 0 if there is none, 1 if there is one, 2 if a file cannot
be read. Standard library only; knows nothing of the program but what its formats say, in the
shapes written today. Shares no code with it on purpose.
"""

import json
import sys
from collections import Counter

import census
import processes
import registers as counted_registers
from registers import Registers
from tables import DOCUMENTS, KEYS, UNCOUNTED, Tables, key_of, text

TOLD_MAX = 200


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
        self.tables = Tables()
        self.registers = Registers()
        self.tallies = census.Tallies()

    def take(self, event):
        at, kind = event["position"], event["type"]
        if at != self.position + 1:
            raise SystemExit(f"after position {self.position} comes {at}: an event is missing")
        self.position = at
        stream, _, own = event["stream"].partition("/")
        verb, said = kind.partition(".")[2], event["data"]
        self.tallies.take(stream, own, verb, said)
        tables, registers = self.tables, self.registers
        if kind.startswith("proposal."):
            tables.of_proposal(event["stream"], at, verb, said)
        elif stream == "authority":
            tables.of_authority(event["stream"], at, verb, said)
            counted_registers.of_authority(registers, event["stream"], at, verb, said)
        elif stream == "body":
            tables.of_body(event["stream"], own, at, verb, said)
            counted_registers.of_body(registers, own, at, verb, said)
        elif stream == "catalogue":
            counted_registers.of_catalogue(registers, at, verb, said)
        elif stream == "competition":
            counted_registers.of_competition(registers, own, at, verb, said)
        elif stream == "staff":
            counted_registers.of_staff(registers, own, at, verb, said)
        elif stream == "session":
            tables.of_session(own, at, verb, said)
            processes.of_session(registers, own, at, verb, said)
        elif stream == "worker":
            tables.of_worker(own, at, kind, said)
            processes.of_worker(registers, own, at, verb, said)
        elif stream == "certificate":
            tables.of_certificate(own, at, verb, said)
            number = tables.number_of[own]
            processes.of_certificate(registers, number, at, verb, said)


class Comparison:
    """Differences, counted and told."""

    def __init__(self, events):
        self.events = events
        self.checks = 0
        self.differences = 0
        self.views = census.OfViews()
        self.kinds = Counter()

    def tell(self, words):
        self.differences += 1
        if self.differences <= TOLD_MAX:
            print(words)

    def take(self, line):
        """One row of a view."""
        table, row = line["table"], line["row"]
        if table == "view_register":
            self.register(row)
            return
        if table not in KEYS:
            self.tell(f"{table}: nobody counts this table")
            return
        for column in DOCUMENTS.get(table, ()):
            row[column] = json.loads(row[column])
        for column in UNCOUNTED.get(table, ()):
            row.pop(column, None)
        self.views.take(table, row)
        self.kinds[table] += 1
        self.checks += 1
        key = key_of(table, row)
        ours = self.events.tables.rows[table].pop(key, None)
        what = f"{table.removeprefix('view_')} {key}"
        if ours is None:
            self.tell(f"{what}: no event says so, the view does")
            return
        for column in sorted(set(ours) | set(row)):
            say, tells = ours.get(column), row.get(column)
            if say != tells:
                self.tell(f"{what} {column}: events say {text(say)}, the view says {text(tells)}")

    def register(self, row):
        self.checks += 1
        kind, key, since = row["kind"], row["key"], row["from_position"]
        self.kinds[kind] += 1
        data = json.loads(row["data"])
        if row["to_position"] is None:
            self.views.register(kind, key, row["owner"], data)
        ours = self.events.registers.states.pop((kind, key, since), None)
        theirs = [row["owner"], row["to_position"], text(data)]
        if ours is None:
            self.tell(f"register {kind} {key} from {since}: no event says so, the view does")
        elif ours != theirs:
            self.tell(f"register {kind} {key} from {since}: {differing(ours, theirs)}")

    def finish(self):
        """What the events say and no view does; and both tallies."""
        for table, rows in self.events.tables.rows.items():
            for key in rows:
                self.tell(f"{table.removeprefix('view_')} {key}: events say so, the view does not")
        for kind, key, since in self.events.registers.states:
            self.tell(f"register {kind} {key} from {since}: events say so, the view does not")
        for what, events, views in census.both(self.events.tallies, self.views):
            self.checks += len(events)
            for key in sorted(set(events) | set(views), key=str):
                if events.get(key) != views.get(key):
                    self.tell(
                        f"{what} {key}: events say {events.get(key)}, the view says {views.get(key)}"
                    )


def differing(ours, theirs):
    """What of two states is not the same: owner, end, or members of what holds."""
    found = []
    for what, say, tells in zip(("owner", "to_position"), ours, theirs):
        if say != tells:
            found.append(f"{what}: events say {say}, the view says {tells}")
    say, tells = json.loads(ours[2]), json.loads(theirs[2])
    for member in sorted(set(say) | set(tells)):
        if say.get(member, "nothing") != tells.get(member, "nothing"):
            one, other = text(say.get(member, "nothing")), text(tells.get(member, "nothing"))
            found.append(f"{member}: events say {one}, the view says {other}")
    return "; ".join(found)


def main(arguments):
    at = None
    if len(arguments) == 4 and arguments[2] == "--at" and arguments[3].isdigit():
        at = int(arguments[3])
        arguments = arguments[:2]
    if len(arguments) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    events = FromEvents()
    try:
        for event in lines(arguments[0]):
            if at is not None and event["position"] > at:
                break
            events.take(event)
        events.tables.finish(events.position)
        told = Comparison(events)
        for line in lines(arguments[1]):
            told.take(line)
    except OSError as error:
        print(error, file=sys.stderr)
        return 2
    told.finish()
    summary = {
        "events": events.position,
        "compared": told.checks,
        "differences": told.differences,
        "rows": dict(told.kinds),
        **events.tallies.summary(),
    }
    print(json.dumps(summary, ensure_ascii=False, sort_keys=True))
    return 1 if told.differences else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
