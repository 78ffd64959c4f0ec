#!/usr/bin/env python3
"""Writes the tables of the Persian steps from Hazm's data and from Unicode's.

    pip download --no-deps hazm==0.10.0 && tar xf hazm-0.10.0.tar.gz
    python3 plugins/text/data/make.py hazm-0.10.0/hazm

characters.txt    a letter and, after a tab, what counts as that letter; presentation forms of
                  letters with hamza or madda keep it, unlike in Hazm
replacements.txt  a character and the words it stands for
removed.txt       code points, or ranges of them, that carry no text
verbs.txt         past stem, tab, present stem
words.txt         words that Hazm's list counts or gives a part of speech; what has a ZWNJ is a compound
"""
import ast
import collections
import pathlib
import re
import sys
import unicodedata

HERE = pathlib.Path(__file__).parent
HAMZA_LETTERS = "آأؤإئۀ"


def write(name, lines):
    (HERE / name).write_text("".join(line + "\n" for line in lines), encoding="utf-8")


def constant(source, name):
    """The string literal that the Normalizer assigns to `name`."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "attr", "") == name:
            return ast.literal_eval(node.value)
    raise SystemExit(f"normalizer.py: expected an assignment of {name}, got none")


def characters(source):
    folded = collections.defaultdict(dict)
    table = dict(zip(constant(source, "translation_src"), constant(source, "translation_dst"), strict=True))
    for character, letter in table.items():
        form = unicodedata.normalize("NFKC", character)
        if form != character and form in HAMZA_LETTERS:
            letter = form  # U+FE83 is a form of U+0623, and stays that letter as U+0623 does
        folded[letter][character] = None
    folded["ا"]["\u0671"] = None
    write("characters.txt", (f"{'U+0020' if letter == ' ' else letter}\t" +
                             " ".join(f"U+{ord(c):04X}" for c in sources) for letter, sources in folded.items()))


def removed(source):
    pattern = constant(source, "specials_chars_patterns")[0][0]
    ranges = []
    for point in sorted(map(ord, pattern[1:-1])):
        if ranges and ranges[-1][1] == point - 1:
            ranges[-1][1] = point
        else:
            ranges.append([point, point])
    write("removed.txt", (f"U+{a:04X}" if a == b else f"U+{a:04X} U+{b:04X}" for a, b in ranges))


def replacements(source):
    pairs = constant(source, "replacements")
    write("replacements.txt", (f"{c}\t{text}" for group, text in pairs for c in re.sub("[()|]", "", group)))


def verbs(folder):
    rows = [line.strip().split("#") for line in (folder / "data/verbs.dat").open(encoding="utf-8") if "#" in line]
    good = [row for row in rows if len(row) == 2 and " " not in "".join(row).strip()]
    write("verbs.txt", (f"{past.strip()}\t{present.strip()}" for past, present in good))


def words(folder):
    rows = [line.strip().split("\t") for line in (folder / "data/words.dat").open(encoding="utf-8")]
    entries = {row[0]: (int(row[1]), row[2]) for row in rows if len(row) == 3}
    write("words.txt", sorted(word for word, (count, part) in entries.items()
                              if count > 0 or (part != "0" and "\u200c" not in word)))


def main():
    folder = pathlib.Path(sys.argv[1])
    source = (folder / "normalizer.py").read_text(encoding="utf-8")
    characters(source)
    removed(source)
    replacements(source)
    verbs(folder)
    words(folder)


if __name__ == "__main__":
    main()
