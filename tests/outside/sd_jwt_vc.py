"""python sd_jwt_vc.py LIBRARY CASES

LIBRARY is `openvc` or `sd-jwt`; CASES as in sd_jwt_vc.mjs. One JSON line a case:
{"accepted","reason","presented"}. openvc checks signature, issuer's keys, type metadata and status;
sd-jwt (the reference implementation) signature and disclosures, and `presented` is what it shows, as
a wallet, of name and number alone. Nothing is fetched.
"""

import json
import pathlib
import sys

library, cases_file = sys.argv[1:]
given = json.loads(pathlib.Path(cases_file).read_text("utf-8"))
documents, keys = given["documents"], given["keys"]


def metadata_of(url):
    return next(it for it in keys.values() if url == well_known(it["issuer"]))


def well_known(issuer):
    host, path = issuer.removeprefix("https://").split("/", 1)
    return f"https://{host}/.well-known/jwt-vc-issuer/{path}"


def by_openvc():
    from openvc import VerificationPolicy, verify_credential
    from openvc.resolvers import default_status_list_token_resolver
    from openvc.type_metadata import validate_type_metadata

    policy = VerificationPolicy(require_status_issuer_binding=True)
    status = default_status_list_token_resolver(
        jwt_vc_issuer_fetch=metadata_of, fetch=documents.__getitem__
    )

    def verify(text):
        result = verify_credential(
            text,
            policy=policy,
            resolve_status_list_token=status,
            jwt_vc_issuer_fetch=metadata_of,
        )
        types = {url: json.dumps(it).encode() for url, it in documents.items()}
        vct = result.claims["vct"]
        validate_type_metadata(result.claims, vct=vct, resolve=types.__getitem__)

    return verify


def by_sd_jwt():
    from jwcrypto.jwk import JWK
    from sd_jwt.holder import SDJWTHolder
    from sd_jwt.verifier import SDJWTVerifier

    def key(issuer, header):
        found = keys[issuer]["jwks"]["keys"]
        return JWK(**next(it for it in found if it["kid"] == header["kid"]))

    def verify(text):
        claims = SDJWTVerifier(text, key).get_verified_payload()
        wallet = SDJWTHolder(text)
        wanted = ("holder_name", "certificate_number")
        wallet.create_presentation({it: True for it in wanted if it in claims})
        return wallet.sd_jwt_presentation

    return verify


verify = {"openvc": by_openvc, "sd-jwt": by_sd_jwt}[library]()
for case in given["cases"]:
    presented = reason = None
    try:
        presented = verify(case)
        accepted = True
    except Exception as error:  # noqa: BLE001: any refusal is a refusal
        accepted, reason = False, f"{type(error).__name__}: {error}"
    print(json.dumps({"accepted": accepted, "reason": reason, "presented": presented}))
