"""python vc.py TRUST_LIST DID_DIRECTORY CREDENTIAL…

One JSON line a credential: {"file","accepted","reason"}. Accepted means that openvc verifies
proof, issuer binding and status. Nothing is fetched.
"""

import json
import pathlib
import sys

from openvc import VerificationPolicy, verify_credential
from openvc.did.base import DidResolverRegistry
from openvc.did.did_web import DidWebResolver
from openvc.resolvers import default_status_list_resolver

trust_file, did_directory, *files = sys.argv[1:]
trust = json.loads(pathlib.Path(trust_file).read_text("utf-8"))
documents = {}
for path in pathlib.Path(did_directory).rglob("did.json"):
    did = json.loads(path.read_text("utf-8"))
    host, *rest = did["id"].removeprefix("did:web:").split(":")
    documents["/".join(["https:/", host.replace("%3A", ":"), *rest, "did.json"])] = did
lists = {item["id"]: json.dumps(item, ensure_ascii=False) for item in trust["status_lists"]}

registry = DidResolverRegistry([DidWebResolver(documents.__getitem__)])
policy = VerificationPolicy(
    expected_types=["OpenBadgeCredential"], require_status_issuer_binding=True
)
resolve_status_list = default_status_list_resolver(resolver=registry, fetch=lists.__getitem__)

for file in files:
    reason = None
    try:
        credential = json.loads(pathlib.Path(file).read_text("utf-8"))
        verify_credential(
            credential,
            policy=policy,
            resolver=registry,
            resolve_status_list=resolve_status_list,
        )
        accepted = True
    except Exception as error:  # noqa: BLE001: any refusal is a refusal
        accepted, reason = False, f"{type(error).__name__}: {error}"
    print(json.dumps({"file": file, "accepted": accepted, "reason": reason}))
