#!/usr/bin/env python3
"""Writes grapheme_table.inc: the grapheme cluster class of every character, as the reference engine sees it.

The reference (tokenizers==0.22.2) cuts text into grapheme clusters in one place only, the normalizer Precompiled: a
cluster of less than 6 bytes that begins with a character of its table is replaced as a whole. That shows where clusters
begin: with a table that replaces nothing but Y, a mark after Y is lost where Y begins a cluster, and stays where the
cluster began before Y and has 6 bytes or more. Run with that package installed:

    python3 plugins/tokenizers/src/text/make_grapheme_table.py
"""
import os
import struct

import tokenizers
from tokenizers.normalizers import Precompiled

HERE = os.path.dirname(os.path.abspath(__file__))
LAST = 0x110000
BLOCK = 128
# in the order of GraphemeClass
NAMES = ("other cr lf control extend conjunct_extend linker zwj regional_indicator prepend spacing_mark l v t lv lvt "
         "pictographic consonant").split()
MARK, DIAERESIS, ZWJ = "\u0301", "\u0308", "\u200d"
KA, VIRAMA, COPYRIGHT = "\u0915", "\u094d", "\u00a9"


def replacing(key):
    """The normalizer that replaces `key` by "q": a double array with a block of 256 units for each byte."""
    data = key.encode()
    units = [0] * (256 * (len(data) + 2))
    base = 0
    for depth, byte in enumerate(data):
        at = 0 if depth == 0 else base ^ data[depth - 1]
        units[at] |= (base ^ 256 * (depth + 1) ^ (at ^ base)) << 10
        base = 256 * (depth + 1)
        units[base ^ byte] = byte
    last = base ^ data[-1]
    leaf = base + 256
    units[last] |= (last ^ leaf) << 10 | 1 << 8
    units[leaf] = 1 << 31
    blob = struct.pack(f"<I{len(units)}I", 4 * len(units), *units) + b"q\0"
    return Precompiled(blob).normalize_str


def joiner(key):
    """Whether a cluster that begins before `key` takes it in; what stands before it must have 2 bytes or more."""
    normalize = replacing(key)
    return lambda before: normalize(before + key + DIAERESIS).endswith(DIAERESIS)


after_a = replacing("a")
joins_other, joins_mark, joins_ka, joins_pictograph = map(joiner, ("\u00e9", MARK, KA, COPYRIGHT))
joins_lv, joins_v, joins_t = map(joiner, ("\uac00", "\u1161", "\u11a8"))


def extending(x):
    if joins_pictograph(COPYRIGHT + x):
        return "zwj"
    if not joins_pictograph(COPYRIGHT + x + ZWJ):
        return "spacing_mark"
    if joins_ka(KA + x):
        return "linker"
    return "conjunct_extend" if joins_ka(KA + VIRAMA + x) else "extend"


def hangul(x):
    if joins_lv(x):
        return "l"
    joins_it = joiner(x)
    if joins_v(x):
        return "v" if joins_it("\uac00") else "lv"
    return "t" if joins_it("\uac00") else "lvt"


def class_of(c):
    x = chr(c)
    if c == 0x0D or c == 0x0A:
        return {0x0D: "cr", 0x0A: "lf"}[c]
    if c < 0x80:  # too short for the probes below; the standard has had these classes for ever
        return "control" if c < 0x20 or c == 0x7F else "other"
    if 0x1F1E6 <= c <= 0x1F1FF:
        return "regional_indicator"
    if after_a("a" + x) == "q":
        return extending(x)
    if not joins_mark(x):
        return "control"
    if joins_other(x):
        return "prepend"
    if joins_v(x) or joins_t(x):
        return hangul(x)
    if joins_pictograph(x + ZWJ):
        return "pictographic"
    return "consonant" if joins_ka(x + VIRAMA) else "other"


def rows(values, width=118):
    line, out = "", []
    for v in values:
        item = f"{v},"
        if len(line) + len(item) > width:
            out.append(line)
            line = ""
        line += item
    return "\n".join(out + [line])


def main():
    assert tokenizers.__version__ == "0.22.2"
    values = [0 if 0xD800 <= c < 0xE000 else NAMES.index(class_of(c)) for c in range(LAST)]
    index, blocks = [], {}
    for start in range(0, LAST, BLOCK):
        block = tuple(values[start : start + BLOCK])
        index.append(blocks.setdefault(block, len(blocks)))
    with open(os.path.join(HERE, "grapheme_table.inc"), "w", encoding="utf-8") as f:
        f.write("// Written by make_grapheme_table.py from tokenizers 0.22.2; do not edit.\n")
        f.write(f"constexpr std::uint8_t kClassIndex[] = {{\n{rows(index)}\n}};\n")
        f.write(f"constexpr std::uint8_t kClassBlocks[] = {{\n{rows(v for b in blocks for v in b)}\n}};\n")
    print({name: values.count(i) for i, name in enumerate(NAMES)}, len(blocks))


if __name__ == "__main__":
    main()
