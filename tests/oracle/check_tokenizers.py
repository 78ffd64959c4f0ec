"""Compares the tokenizers engine with the reference (tokenizers==0.22.2) on much text.

    python3 tests/oracle/check_tokenizers.py BUILD_DIR/oracle/tokenizers_oracle [--only WORD] [--size MB] [--random N]
            [--step N] [--vocabulary N] [--persian FILE] [--english FILE] [--jobs N] [--again] [--work FOLDER]

For every entry of CASES in oracle_cases.py: ids, type ids, special tokens mask, offsets, word ids, tokens, decoded and
normalized text of
  - Persian and English text, line by line: the given files, else sentences put together from demo/ and docstrings,
  - random Unicode strings of all planes, combining marks, joiners, direction marks, emoji sequences, controls,
  - for entries that say so, every code point alone and between letters.
Vocabularies are trained by the reference on that text and kept in the work folder, with the list of what passed. Ends
with 1 and a line for each difference, of which the first ones are shown.
"""

import argparse
import array
import gc
import hashlib
import itertools
import json
import multiprocessing
import os
import pathlib
import struct
import subprocess
import sys
import time

import tokenizers
from tokenizers import Tokenizer

from oracle_cases import CASES, TRAINERS
from oracle_texts import code_points, english_lines, persian_sentences, random_texts, read_lines

COLUMNS = ["ids", "type_ids", "special_tokens_mask", "offsets", "word_ids", "tokens", "decoded", "decoded_all", "normalized"]
SIZE = struct.Struct("<I")
MOST_SHOWN = 5
PART = 100_000  # texts


def packed(columns):
    return b"".join(part for data in columns for part in (SIZE.pack(len(data)), data))


def unpacked(data):
    at = 0
    while at < len(data):
        (size,) = SIZE.unpack_from(data, at)
        yield data[at + 4 : at + 4 + size]
        at += 4 + size


def integers(values):
    return array.array("i", values).tobytes()


def reference_row(tokenizer, text):
    row = tokenizer.encode(text)
    return [
        integers(row.ids), integers(row.type_ids), integers(row.special_tokens_mask),
        integers(itertools.chain.from_iterable(row.offsets)), integers(-1 if w is None else w for w in row.word_ids),
        "".join(token + "\x1f" for token in row.tokens).encode(), tokenizer.decode(row.ids).encode(),
        tokenizer.decode(row.ids, skip_special_tokens=False).encode(),
        (tokenizer.normalizer.normalize_str(text) if tokenizer.normalizer else text).encode(),
    ]


def shown(column, data):
    return list(array.array("i", data)) if COLUMNS.index(column) < 5 else data.decode()


def compare(binary, file, texts):
    """Differing texts, each with the column and both values; a part of the texts is in memory at a time."""
    return list(itertools.chain.from_iterable(
        compare_part(binary, file, texts[at : at + PART]) for at in range(0, len(texts), PART)))


def compare_part(binary, file, texts):
    done = subprocess.run([binary, file], input=packed(text.encode() for text in texts), capture_output=True, check=False)
    if done.returncode != 0:
        raise SystemExit(f"check_tokenizers: {file.name}: {done.stderr.decode()}")
    tokenizer = Tokenizer.from_file(str(file))
    rows = [reference_row(tokenizer, text) for text in texts]
    if done.stdout == packed(itertools.chain.from_iterable(rows)):
        return []
    found = unpacked(done.stdout)
    out = []
    for text, row in zip(texts, rows, strict=True):
        for column, wanted, got in zip(COLUMNS, row, itertools.islice(found, len(COLUMNS)), strict=True):
            if wanted != got:
                out.append(f"{text!r}: {column}: expected {shown(column, wanted)}, got {shown(column, got)}")
                for _ in range(len(COLUMNS) - COLUMNS.index(column) - 1):
                    next(found, None)
                break
    return out


def trained(work, texts, size):
    """The trained tokenizer.json of each kind, from the work folder where it is there."""
    out = {}
    for name, train in TRAINERS.items():
        path = work / f"trained-{name}.json"
        if not path.exists():
            train(texts, size).save(str(path))
        out[name] = path.read_text(encoding="utf-8")
    return out


class Work:
    """What the processes share."""


def case_file(name):
    return Work.folder / f"case-{name}.json"


def check_case(name):
    start = time.perf_counter()
    texts = Work.texts + Work.code_points if CASES[name][1] else Work.texts
    try:
        differences = compare(Work.binary, case_file(name), texts)
    except BaseException as error:  # the reference panics, which would end this process, and the pool wait for ever
        differences = [f"{type(error).__name__}: {error}"]
    return name, len(texts), time.perf_counter() - start, differences


class Passed:
    """The cases that passed, kept in a file, so that a run that was stopped goes on where it was."""

    def __init__(self, options):
        self.path = options.work / "passed.json"
        same = [options.size, options.random, options.step, options.vocabulary, str(options.persian), str(options.english),
                *(hashlib.sha256(file.read_bytes()).hexdigest()
                  for file in (options.binary, *sorted(pathlib.Path(__file__).parent.glob("*.py"))))]
        self.state = {"of": same, "names": []}
        if self.path.exists() and not options.again:
            state = json.loads(self.path.read_text(encoding="utf-8"))
            self.state = state if state["of"] == same else self.state

    def has(self, name):
        return name in self.state["names"]

    def add(self, name):
        self.state["names"].append(name)
        self.path.write_text(json.dumps(self.state), encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("binary", type=pathlib.Path)
    parser.add_argument("--only", default="", help="cases whose name contains this")
    parser.add_argument("--size", type=float, default=5.0, help="megabytes of text in each language")
    parser.add_argument("--random", type=int, default=100_000, help="random strings")
    parser.add_argument("--step", type=int, default=1, help="2: every second code point, and so on")
    parser.add_argument("--vocabulary", type=int, default=8000)
    parser.add_argument("--persian", type=pathlib.Path)
    parser.add_argument("--english", type=pathlib.Path)
    parser.add_argument("--jobs", type=int, default=os.cpu_count(), help="cases at a time")
    parser.add_argument("--again", action="store_true", help="also what passed before")
    parser.add_argument("--work", type=pathlib.Path, default=pathlib.Path("build/oracle/work"))
    options = parser.parse_args()
    assert tokenizers.__version__ == "0.22.2", "install tokenizers==0.22.2"
    gc.disable()  # millions of rows and not one cycle: looking for them took four fifths of the time
    options.work.mkdir(parents=True, exist_ok=True)
    size = int(options.size * 1e6)
    persian = read_lines(options.persian, persian_sentences, size)
    english = read_lines(options.english, english_lines, size)
    files = trained(options.work, persian[:20000] + english[:20000], options.vocabulary)
    Work.texts = persian + english + random_texts(options.random)
    Work.code_points = code_points(options.step)
    Work.binary, Work.folder = options.binary, options.work
    passed = Passed(options)
    cases = [name for name in CASES if options.only in name]
    left = [name for name in cases if not passed.has(name)]
    for name in left:
        file = CASES[name][0]({k: json.loads(v) for k, v in files.items()})
        case_file(name).write_text(json.dumps(file, ensure_ascii=False), encoding="utf-8")
    if len(left) < len(cases):
        print(f"{len(cases) - len(left)} cases passed before with this program and these options", flush=True)
    strings = failed = 0
    with multiprocessing.get_context("fork").Pool(options.jobs) as pool:
        for name, count, seconds, differences in pool.imap_unordered(check_case, left):
            print(f"{name:<28} {count:>9,} strings {len(differences):>6} differ {seconds:>7.1f} s", flush=True)
            for difference in differences[:MOST_SHOWN]:
                print("   ", difference[:600])
            strings += count
            failed += len(differences)
            if not differences:
                passed.add(name)
    print(f"{strings:,} strings compared, {failed} differ")
    return 1 if failed or not cases else 0


if __name__ == "__main__":
    sys.exit(main())
