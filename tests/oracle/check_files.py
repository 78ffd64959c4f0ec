"""Compares the tokenizers engine with the reference (tokenizers==0.22.2) on files that nobody would write.

    python3 tests/oracle/check_files.py BUILD_DIR/oracle/files_oracle [--files N] [--first SEED]

Draws tokenizers with odd but legal parts (random_files.py) and calls of each: single texts and pairs, split or not, cut
and filled in all ways, with and without special tokens. Every column, the decoded texts and the overflow must be equal,
and the file that the engine saves must mean the same to the reference. What the reference refuses, or panics at, the
engine may answer as it likes but not crash on. Ends with 1 and the seed of each file that differs.
"""

import argparse
import collections
import json
import os
import subprocess
import sys

import tokenizers
from tokenizers import Tokenizer

from random_files import Draw

COLUMNS = ["ids", "type_ids", "attention_mask", "special_tokens_mask", "tokens"]
MOST_SHOWN = 10


class Failed(dict):
    """What a call gave that has no answer."""


def attempt(call):
    """What `call` gives; the reference's panics are no Exception."""
    try:
        return call()
    except KeyboardInterrupt:
        raise
    except BaseException as error:
        return Failed(error=f"{type(error).__name__}: {error}")


class Engine:
    """The program under test, started again when it dies."""

    def __init__(self, binary):
        self.binary = binary
        self.process = None

    def ask(self, request):
        if self.process is None:
            self.process = subprocess.Popen([self.binary], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        try:
            self.process.stdin.write(json.dumps(request).encode() + b"\n")
            self.process.stdin.flush()
        except BrokenPipeError:
            pass
        line = self.process.stdout.readline()
        if line:
            return json.loads(line)
        code = self.process.wait()
        self.process = None
        return Failed(crash=code)


def shown(tokenizer, row, with_overflow=True):
    out = {column: getattr(row, column) for column in COLUMNS}
    out["offsets"] = [list(offset) for offset in row.offsets]
    out["word_ids"] = [-1 if word is None else word for word in row.word_ids]
    out["decoded"] = attempt(lambda: tokenizer.decode(row.ids))
    out["decoded_all"] = attempt(lambda: tokenizer.decode(row.ids, skip_special_tokens=False))
    # rows that overflowed have overflow of their own, which nobody uses
    out["overflowing"] = [shown(tokenizer, each, False) for each in row.overflowing] if with_overflow else None
    return out


def reference_call(tokenizer, call):
    tokenizer.no_truncation()
    tokenizer.no_padding()
    if call["truncation"]:
        tokenizer.enable_truncation(**call["truncation"])
    if call["padding"]:
        tokenizer.enable_padding(**call["padding"])
    inputs = [sides[0] if len(sides) == 1 else tuple(sides) for sides in call["inputs"]]
    is_split = isinstance(call["inputs"][0][0], list)
    rows = tokenizer.encode_batch(inputs, is_pretokenized=is_split, add_special_tokens=call["special"])
    return [shown(tokenizer, row) for row in rows]


def reference(file, calls):
    tokenizer = attempt(lambda: Tokenizer.from_str(file))
    return tokenizer if isinstance(tokenizer, Failed) else [attempt(lambda c=call: reference_call(tokenizer, c)) for call in calls]


def difference_of_rows(wanted, got):
    if len(wanted) != len(got):
        return f"{len(wanted)} rows expected, got {len(got)}"
    for expected, row in zip(wanted, got):
        for column, value in expected.items():
            if column == "overflowing" and value is not None:
                found = difference_of_rows(value, row[column])
                if found:
                    return f"overflow: {found}"
            elif value is not None and not isinstance(value, Failed) and value != row[column]:
                return f"{column}: expected {value!r}, got {row[column]!r}"
    return None


def difference(wanted, got):
    """Nothing where both agree, or the reference has no answer."""
    if "crash" in got:
        return f"the engine ended with {got['crash']}"
    if isinstance(wanted, Failed):
        return None
    if "error" in got:
        return f"refused: {got['error']}"
    for expected, answer in zip(wanted, got["calls"]):
        if isinstance(expected, Failed) or answer.get("error", "").startswith("max_length: expected at least"):
            continue  # the reference does not truncate where special tokens leave no room
        found = f"failed: {answer['error']}" if "error" in answer else difference_of_rows(expected, answer["rows"])
        if found:
            return found
    return None


def is_broken_there(file):
    """Where the reference panics at most texts, and at the others has what nobody means: a normalizer that leaves nothing
    of an added token, which then matches everywhere, and text that stands for nothing before ByteLevel, which doubles it.
    """
    normalizer = json.dumps(file["normalizer"])
    if "pattern" in normalizer or '"prepend": ""' in normalizer:
        if "ByteLevel" in json.dumps(file["pre_tokenizer"]):
            return True
    tokens = [token["content"] for token in file["added_tokens"] if token["normalized"]]
    if not tokens or file["normalizer"] is None:
        return False
    alone = {**file, "added_tokens": [], "pre_tokenizer": None, "post_processor": None}
    normalize = attempt(lambda: Tokenizer.from_str(json.dumps(alone)).normalizer.normalize_str)
    return isinstance(normalize, Failed) or any(attempt(lambda t=token: normalize(t)) == "" for token in tokens)


def keeps_tokens(file):
    """Whether a file means the same when it was saved: no added token is listed twice, shares its id with one of the
    vocabulary, or stands behind one with a higher id."""
    vocabulary = file["model"]["vocab"]
    if isinstance(vocabulary, list):
        vocabulary = {piece[0]: i for i, piece in enumerate(vocabulary)}
    contents = [token["content"] for token in file["added_tokens"]]
    ids = [vocabulary.get(content, len(vocabulary) + i) for i, content in enumerate(contents)]
    is_dense = max(vocabulary.values(), default=-1) < len(vocabulary)
    return is_dense and ids == sorted(set(ids)) and len(contents) == len(set(contents))


def check(engine, seed):
    draw = Draw(seed)
    drawn = draw.file()
    if is_broken_there(drawn):
        return None, False
    file, calls = json.dumps(drawn, ensure_ascii=False), draw.calls()
    wanted = reference(file, calls)
    got = engine.ask({"file": file, "calls": calls})
    found = difference(wanted, got)
    if found or isinstance(wanted, Failed) or not keeps_tokens(drawn):
        return found, not isinstance(wanted, Failed)
    saved = reference(json.dumps(got["saved"], ensure_ascii=False), calls)
    found = f"refused by the reference: {saved['error']}" if isinstance(saved, Failed) else difference(saved, got)
    return found and f"saved: {found}", True


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("binary")
    parser.add_argument("--files", type=int, default=3000)
    parser.add_argument("--first", type=int, default=0)
    options = parser.parse_args()
    assert tokenizers.__version__ == "0.22.2", "install tokenizers==0.22.2"
    os.environ["TOKENIZERS_PARALLELISM"] = "false"
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # its panics print a page each
    engine = Engine(options.binary)
    counts = collections.Counter()
    for seed in range(options.first, options.first + options.files):
        found, is_read = check(engine, seed)
        counts["read"] += is_read
        counts["differ"] += found is not None
        if found and counts["differ"] <= MOST_SHOWN:
            print(f"file {seed}: {found[:600]}", flush=True)
    print(f"{options.files:,} files drawn, {counts['read']:,} compared, {counts['differ']} differ")
    return 1 if counts["differ"] or not counts["read"] else 0


if __name__ == "__main__":
    sys.exit(main())
