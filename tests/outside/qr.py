"""python qr.py < REQUESTS

Reads QR codes with zxing-cpp and what is in them with pycose (COSE, RFC 9052) and cwt (CWT, RFC 8392).
A request and its answer are one JSON line each.

{"decode": FILE, "change": NAME}            what zxing-cpp finds in a picture, changed first as NAME says:
                                            {"found": [{"text", "format", "level"}]}
{"cose": HEX, "key": HEX}                   a COSE_Sign1 under an Ed25519 public key: {"pycose": CLAIMS,
                                            "cwt": CLAIMS}, the claims in JSON (bytes in hexadecimal),
                                            or null where the library refuses
"""

import json
import random
import sys

import cbor2
import cwt
import zxingcpp
from PIL import Image, ImageChops, ImageFilter, ImageOps
from pycose.algorithms import EdDSA
from pycose.headers import Algorithm
from pycose.keys import OKPKey
from pycose.keys.curves import Ed25519
from pycose.messages import CoseMessage, Sign1Message

WHITE = 255


def rotated(picture, degrees):
    return picture.rotate(degrees, Image.Resampling.BICUBIC, expand=True, fillcolor=WHITE)


def tilted(picture, sideways, upwards):
    """As a camera sees it that does not look straight at it: the far edges this much smaller."""
    margin = max(picture.size) // 4
    picture = ImageOps.expand(picture, margin, WHITE)
    x, y = (side / 2 for side in picture.size)
    g, h = sideways / picture.width, upwards / picture.height
    at_centre = 1 - g * x - h * y
    back = (1 + x * g, x * h, x * (at_centre - 1), y * g, 1 + y * h, y * (at_centre - 1), g, h)
    back = (*(part / at_centre for part in back),)
    return picture.transform(
        picture.size, Image.Transform.PERSPECTIVE, back, Image.Resampling.BICUBIC, fillcolor=WHITE
    )


def blurred(picture, radius):
    return picture.filter(ImageFilter.GaussianBlur(radius))


def greyed(picture):
    """Ink is not black and paper not white, and there is less light towards one corner."""
    picture = picture.point(lambda value: 60 + value * 150 // 255)
    light = Image.linear_gradient("L").rotate(45).resize(picture.size)
    return ImageChops.multiply(picture, light.point(lambda value: 155 + value * 100 // 255))


def noisy(picture, most):
    """Every pixel darker or lighter by up to so much, the same at every run."""
    grains = random.Random(20261123).randbytes(picture.width * picture.height)
    grains = Image.frombytes("L", picture.size, grains).point(lambda v: v * 2 * most // 255)
    return ImageChops.add(greyed(picture), grains, offset=-most)


def spotted(picture, side):
    """A white spot in the middle, its side this part of the picture's."""
    picture = picture.copy()
    wide, high = (round(side * length) for length in picture.size)
    left, top = (picture.width - wide) // 2, (picture.height - high) // 2
    picture.paste(WHITE, (left, top, left + wide, top + high))
    return picture


CHANGES = {
    "none": lambda picture: picture,
    "rotated 7": lambda picture: rotated(picture, 7),
    "rotated 200": lambda picture: rotated(picture, 200),
    "tilted": lambda picture: tilted(picture, 0.25, 0.1),
    "blurred": lambda picture: blurred(picture, 1.5),
    "noisy": lambda picture: noisy(picture, 50),
    "small": lambda picture: picture.resize(
        (round(picture.width * 0.55), round(picture.height * 0.55)), Image.Resampling.BILINEAR
    ),
    "photographed": lambda picture: noisy(
        blurred(tilted(rotated(picture, 12), -0.2, 0.15), 1.2), 25
    ),
    "spotted": lambda picture: spotted(picture, 0.2),
    "hidden": lambda picture: spotted(picture, 0.6),
}


def decode(request):
    picture = Image.open(request["decode"]).convert("L")
    found = zxingcpp.read_barcodes(
        CHANGES[request["change"]](picture), formats=zxingcpp.BarcodeFormat.QRCode
    )
    return {
        "found": [
            {"text": it.text, "format": it.format.name, "level": it.ec_level} for it in found
        ]
    }


def by_pycose(message, key):
    read = CoseMessage.decode(message)
    if not isinstance(read, Sign1Message) or read.phdr.get(Algorithm) is not EdDSA:
        raise ValueError("not a COSE_Sign1 with EdDSA")
    read.key = OKPKey(crv=Ed25519, x=key)
    if not read.verify_signature():
        raise ValueError("signature")
    return cbor2.loads(read.payload)


def by_cwt(message, key):
    # kty OKP, kid the key itself, alg EdDSA, key_ops verify, crv Ed25519 (RFC 9052, RFC 9053).
    own = cwt.COSEKey.new({1: 1, 2: key, 3: -8, 4: [2], -1: 6, -2: key})
    return cwt.decode(message, own)


def plain(value):
    match value:
        case bytes():
            return value.hex()
        case list():
            return [plain(it) for it in value]
        case dict():
            return {str(key): plain(it) for key, it in value.items()}
        case _:
            return value


def verdict(library, message, key):
    try:
        return plain(library(message, key))
    except Exception:  # noqa: BLE001: any refusal is a refusal
        return None


def cose(request):
    message, key = (bytes.fromhex(request[it]) for it in ("cose", "key"))
    return {"pycose": verdict(by_pycose, message, key), "cwt": verdict(by_cwt, message, key)}


for line in sys.stdin:
    request = json.loads(line)
    print(json.dumps(decode(request) if "decode" in request else cose(request)))
