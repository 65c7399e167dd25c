"""python log.py TRUST_LIST CREDENTIAL…

Checks the proof beside each credential (NUMBER.tlog-proof) with proofbundle, an implementation of
RFC 6962 proofs, C2SP signed notes, checkpoints and tlog-proofs; then that the logged entry is about
this credential. One JSON line each: {"file","accepted","reason"}.
"""

import hashlib
import json
import pathlib
import sys

from proofbundle.checkpoint import verify_checkpoint
from proofbundle.tlogproof import parse_tlog_proof, verify_tlog_proof

trust_file, *files = sys.argv[1:]
trust = json.loads(pathlib.Path(trust_file).read_text("utf-8"))
log = trust["trust_list"]["log"]
key = log["keys"][0]
# A key whose life is not said stands alone.
vkey = key if isinstance(key, str) else key["vkey"]


def canonical(value):
    # Sorted by code unit as RFC 8785 asks: every name here is ASCII, every number an integer.
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def check(file):
    text = pathlib.Path(file).with_suffix(".tlog-proof").read_text("utf-8")
    entry = parse_tlog_proof(text)["extra"]
    result = verify_tlog_proof(text, entry, vkey, expected_origin=log["origin"])
    if not result["ok"]:
        return f"proof: {result}"
    head = verify_checkpoint(trust["checkpoint"], vkey)
    if not head["ok"] or head["tree_size"] < result["tree_size"]:
        return f"checkpoint: {head}"
    credential = json.loads(pathlib.Path(file).read_text("utf-8"))
    method = credential.pop("proof")["verificationMethod"]
    entry = json.loads(entry)
    if entry["credential"] != hashlib.sha256(canonical(credential)).hexdigest():
        return "the entry is about another document"
    if entry["key"] != method.partition("#")[2]:
        return "the entry names another key"
    return None


for file in files:
    try:
        reason = check(file)
    except Exception as error:  # noqa: BLE001: any refusal is a refusal
        reason = f"{type(error).__name__}: {error}"
    print(json.dumps({"file": file, "accepted": reason is None, "reason": reason}))
