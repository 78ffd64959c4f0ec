"""Texts on which the tokenizers are compared with the reference, and from which vocabularies are learnt."""

import itertools
import pathlib
import random
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "data" / "tokenizers"))
import random_texts as shared  # noqa: E402

WORDS = ["سلام", "می\u200cخواهم", "دنیا", "the", "Hello", "don't", "WE'LL", "[MASK]", "<s>", "  ", "\u2581", "\u0120"]
CONTROLS = ["\r", "\u2028", *map(chr, range(0x7F, 0xA1))]


PERSIAN_FORMS = ("{}", "{}\u200cها", "{}\u200cهای", "{}ی", "{}\u200cای", "{}م", "می\u200c{}", "نمی\u200c{}", "{}تر", "بی\u200c{}")


def persian_sentences(size):
    """Sentences of `size` bytes in all, drawn from the words of demo/ so that few are frequent, as in a language; their forms are rare."""
    rng = random.Random(1)
    text = "\n".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "demo").rglob("*.tsv")))
    stems = sorted(set(re.findall(r"[\u0600-\u06ff\u200c]+|[^\w\s]", text)))
    rng.shuffle(stems)
    words = [form.format(stem) for form in PERSIAN_FORMS for stem in stems if stem.isalpha() or form == "{}"]
    weights = list(itertools.accumulate(1 / rank for rank in range(1, len(words) + 1)))
    out, total = [], 0
    while total < size:
        out.append(" ".join(rng.choices(words, cum_weights=weights, k=rng.randrange(4, 40))))
        total += len(out[-1].encode()) + 1
    return out


def english_lines(size):
    """Docstrings of the modules that Python has at hand."""
    out, total = [], 0
    for folder in dict.fromkeys(filter(None, sys.path)):
        for path in sorted(pathlib.Path(folder).rglob("*.py")):
            for part in re.findall(r'"""(.*?)"""', path.read_text(encoding="utf-8", errors="ignore"), re.S):
                for line in filter(str.strip, part.split("\n")):
                    out.append(line)
                    total += len(line.encode()) + 1
            if total > size:
                return out
    return out


def read_lines(path, fallback, size):
    if path is None:
        return fallback(size)
    out, total = [], 0
    for line in path.read_text(encoding="utf-8").split("\n"):
        out.append(line)
        total += len(line.encode()) + 1
        if total > size:
            break
    return out


def random_texts(count):
    return shared.random_texts(count, WORDS, CONTROLS, 20)


def code_points(step):
    points = [chr(c) for c in range(0, 0x110000, step) if not 0xD800 <= c < 0xE000]
    return [text for c in points for text in (c, f"a{c}b")]
