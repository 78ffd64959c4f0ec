#!/usr/bin/env python3
"""Writes regex_properties.inc by probing the reference engine: what its regular expressions take for a letter, a word ...

The reference (the Python package tokenizers==0.22.2) brings an Oniguruma of its own, whose Unicode is newer than that of the
one that is installed. Run with that package installed:

    python3 core/src/text/make_regex_properties.py
"""
import pathlib

import tokenizers
from tokenizers import Regex, pre_tokenizers

CODE_POINTS = [c for c in range(0x110000) if not 0xD800 <= c < 0xE000]
CHUNK = 1 << 14

# names that mean the same; those of one line are written once
CATEGORIES = """
L Letter | Lu Uppercase_Letter | Ll Lowercase_Letter | Lt Titlecase_Letter | Lm Modifier_Letter | Lo Other_Letter
LC Cased_Letter | M Mark Combining_Mark | Mn Nonspacing_Mark | Mc Spacing_Mark | Me Enclosing_Mark
N Number | Nd Decimal_Number | Nl Letter_Number | No Other_Number
P Punctuation | Pc Connector_Punctuation | Pd Dash_Punctuation | Ps Open_Punctuation | Pe Close_Punctuation
Pi Initial_Punctuation | Pf Final_Punctuation | Po Other_Punctuation
S Symbol | Sm Math_Symbol | Sc Currency_Symbol | Sk Modifier_Symbol | So Other_Symbol
C Other | Cn Unassigned | Cf Format
"""
CLASSES = "Word | Alnum | Alpha | Alphabetic | Digit | Graph | Print | Punct | Lower Lowercase | Upper Uppercase"
EMOJI = "Emoji | Emoji_Presentation | Extended_Pictographic | Ideographic"
SCRIPTS = """
Arabic | Armenian | Bengali | Bopomofo | Common | Cyrillic | Devanagari | Ethiopic | Georgian | Greek | Gujarati | Gurmukhi
Han | Hangul | Hebrew | Hiragana | Inherited | Kannada | Katakana | Khmer | Lao | Latin | Malayalam | Mongolian | Myanmar
Oriya | Sinhala | Syriac | Tamil | Telugu | Thaana | Thai | Tibetan
"""


# Brackets make a difference for these: in them, words have no superscript digits, and punctuation has symbols.
IN_BRACKETS = {"Bracketed_Word": r"[\w]", "Bracketed_Punct": "[[:punct:]]"}


def ranges_of(pattern):
    """First and last code points of the runs that the reference finds."""
    split = pre_tokenizers.Split(Regex(f"{pattern}+"), "removed", invert=True)
    out = []
    for start in range(0, len(CODE_POINTS), CHUNK):
        text = "".join(map(chr, CODE_POINTS[start : start + CHUNK]))
        for _, (begin, end) in split.pre_tokenize_str(text):
            first, last = ord(text[begin]), ord(text[end - 1])
            parts = [(first, 0xD7FF), (0xE000, last)] if first < 0xD800 <= last else [(first, last)]
            for part in parts:
                if out and out[-1][1] + 1 == part[0]:
                    out[-1] = (out[-1][0], part[1])
                else:
                    out.append(part)
    return out


def wrapped(items, width=100):
    line, out = "", []
    for item in items:
        if len(line) + len(item) > width:
            out.append(line)
            line = ""
        line += item
    return "\n".join([*out, line])


def main():
    assert tokenizers.__version__ == "0.22.2"
    names = []
    groups = [group.split() for text in (CATEGORIES, CLASSES, EMOJI, SCRIPTS)
              for line in text.strip().split("\n") for group in line.split("|")]
    out = [f"// Written by make_regex_properties.py from tokenizers {tokenizers.__version__}; do not edit."]
    patterns = [(group, rf"\p{{{group[0]}}}") for group in groups]
    for group, pattern in [*patterns, *(([name], pattern) for name, pattern in IN_BRACKETS.items())]:
        ranges = ranges_of(pattern)
        values = wrapped([f"{len(ranges)},", *(f"{first:#x},{last:#x}," for first, last in ranges)])
        out.append(f"constexpr OnigCodePoint k{group[0].replace('_', '')}[] = {{\n{values}}};")
        names += [(name.replace("_", "").lower(), f"k{group[0].replace('_', '')}") for name in group]
    out.append("constexpr NamedRanges kProperties[] = {")
    out.append(wrapped([f'{{"{name}", {ranges}}},' for name, ranges in sorted(names)]) + "};")
    path = pathlib.Path(__file__).with_name("regex_properties.inc")
    path.write_text("\n".join(out) + "\n", encoding="ascii")


if __name__ == "__main__":
    main()
