"""python ob.py TRUST_LIST DID_DIRECTORY CREDENTIAL…

One JSON line a credential: {"file","accepted","reason"}. Accepted means that openbadgeslib verifies an Open
Badge with the proof eddsa-rdfc-2022: signature, issuer, dates, and that its JSON says what its RDF says. It
reads no Bitstring Status List that is not a JWT, so the status is not looked at. Nothing is fetched.
"""

import json
import pathlib
import sys

from openbadgeslib.ob3.ldp import OB3LdpVerifier

_, did_directory, *files = sys.argv[1:]
documents = {}
for path in pathlib.Path(did_directory).rglob("did.json"):
    did = json.loads(path.read_text("utf-8"))
    host, *rest = did["id"].removeprefix("did:web:").split(":")
    documents["/".join(["https:/", host.replace("%3A", ":"), *rest, "did.json"])] = path.read_bytes()

for file in files:
    reason = None
    try:
        credential = pathlib.Path(file).read_bytes()
        verifier = OB3LdpVerifier()
        verifier.verify(credential, download=documents.__getitem__)
        accepted = True
    except Exception as error:  # noqa: BLE001: any refusal is a refusal
        accepted, reason = False, f"{type(error).__name__}: {error}"
    print(json.dumps({"file": file, "accepted": accepted, "reason": reason}))
