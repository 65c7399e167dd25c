#!/usr/bin/env python3
"""Makes the two fonts of this folder from Debian's fonts-noto-cjk (see SOURCE.md).

usage: subset.py FOLDER-OF-THE-TTC-FILES TABLE        needs fonttools
TABLE is tests/vectors/tgh/characters.txt. The result is the same bytes each time.
"""
import sys
from fontTools import subset
from fontTools.ttLib import TTCollection

# Korean syllables and letters, of which the fonts have eleven thousand.
KOREAN = [(0x1100, 0x11FF), (0x3130, 0x318F), (0x3200, 0x321E), (0x3260, 0x327F),
          (0xA960, 0xA97F), (0xAC00, 0xD7FF), (0xFFA0, 0xFFDF)]
LATIN = set(range(0x20, 0x250)) | set(range(0x2000, 0x2070)) | set(range(0x3000, 0x3020)) \
    | set(range(0xFF00, 0xFF61))


def run(source, target, only=None):
    font = TTCollection(source).fonts[2]
    assert font["name"].getDebugName(6).startswith("NotoSerifCJKsc")
    keep = [c for c in font.getBestCmap() if not any(a <= c <= b for a, b in KOREAN)]
    if only is not None:
        keep = [c for c in keep if c in only]
    options = subset.Options()
    options.layout_features = []
    options.hinting = False
    options.name_IDs = ["*"]
    options.name_languages = ["*"]
    options.notdef_outline = True
    options.drop_tables += ["BASE", "GDEF", "GPOS", "GSUB", "VORG", "vhea", "vmtx"]
    options.recalc_timestamp = False
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=keep)
    subsetter.subset(font)
    subset.save_font(font, target, options)


folder, table = sys.argv[1:]
general = {ord(c) for c in open(table, encoding="utf8").read() if not c.isspace()}
run(f"{folder}/NotoSerifCJK-Regular.ttc", "NotoSerifCJKsc-Regular.otf")
run(f"{folder}/NotoSerifCJK-Bold.ttc", "NotoSerifCJKsc-Bold.otf", general | LATIN)
