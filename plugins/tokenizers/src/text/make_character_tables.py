#!/usr/bin/env python3
"""Writes character_tables.inc by probing the reference engine (the Python package tokenizers==0.22.2).

What a regular expression of a Split takes for a letter, and which script UnicodeScripts sees, depends on the Unicode
versions inside the reference; so nothing here comes from a Unicode file. Run with that package installed:

    python3 plugins/tokenizers/src/text/make_character_tables.py
"""
import os

import tokenizers
from tokenizers import Regex
from tokenizers import pre_tokenizers as P

HERE = os.path.dirname(os.path.abspath(__file__))
LAST = 0x110000
BLOCK = 128
CODE_POINTS = [c for c in range(LAST) if not 0xD800 <= c < 0xE000]
# in the order of enum class CharacterKind; 0 is everything else
KINDS = [r"[\p{Lu}\p{Lt}]", r"\p{Ll}", r"[\p{Lm}\p{Lo}]", r"\p{M}", r"\p{N}", r"\s"]


def kinds():
    text = "".join(map(chr, CODE_POINTS))
    out = [0] * LAST
    for kind, pattern in enumerate(KINDS, 1):
        found = P.Split(Regex(pattern), "removed", invert=True).pre_tokenize_str(text)
        for character, _ in found:
            assert len(character) == 1 and out[ord(character)] == 0, hex(ord(character))
            out[ord(character)] = kind
    letters = P.Split(Regex(r"\p{L}"), "removed", invert=True).pre_tokenize_str(text)
    assert {ord(c) for c, _ in letters} == {c for c in CODE_POINTS if 1 <= out[c] <= 3}
    return out


def pieces(text):
    return [piece for piece, _ in P.UnicodeScripts().pre_tokenize_str(text)]


def scripts():
    """0 for what goes with any script; equal numbers for what is not split."""
    out = [0] * LAST
    known = []  # a character of each script
    previous = None
    for c in CODE_POINTS:
        x = chr(c)
        if pieces("a" + x + "\u0628") == ["a" + x, "\u0628"] and pieces("\u0628" + x + "a") == ["\u0628" + x, "a"]:
            continue
        if previous is not None and len(pieces(chr(previous) + x)) == 1:
            out[c] = out[previous]
        else:
            same = [i for i, other in enumerate(known) if len(pieces(other + x)) == 1]
            assert len(same) <= 1, hex(c)
            if not same:
                known.append(x)
            out[c] = same[0] + 1 if same else len(known)
        previous = c
    return out


def trie(values):
    """Index of a block per 128 code points, and the blocks; equal blocks are stored once."""
    blocks, index, seen = [], [], {}
    for start in range(0, LAST, BLOCK):
        block = tuple(values[start : start + BLOCK])
        if block not in seen:
            seen[block] = len(blocks)
            blocks.append(block)
        index.append(seen[block])
    return index, [v for b in blocks for v in b]


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
    with open(os.path.join(HERE, "character_tables.inc"), "w", encoding="ascii") as out:
        out.write(f"// Written by make_character_tables.py from tokenizers {tokenizers.__version__}; do not edit.\n")
        for name, values in (("Kind", kinds()), ("Script", scripts())):
            index, blocks = trie(values)
            out.write(f"constexpr std::uint16_t k{name}Index[] = {{\n{rows(index)}}};\n")
            out.write(f"constexpr std::uint8_t k{name}Blocks[] = {{\n{rows(blocks)}}};\n")


if __name__ == "__main__":
    main()
