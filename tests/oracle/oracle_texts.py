"""Texts on which the tokenizers are compared with the reference, and from which vocabularies are learnt."""

import itertools
import pathlib
import random
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]


def persian_sentences(size):
    """Sentences of `size` bytes in all, drawn from the words of demo/ so that few are frequent, as in a language."""
    rng = random.Random(1)
    text = "\n".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "demo").rglob("*.tsv")))
    words = sorted(set(re.findall(r"[\u0600-\u06ff\u200c]+|[^\w\s]", text)))
    rng.shuffle(words)
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
    rng = random.Random(360)

    def one_of(*ranges):
        return chr(rng.randrange(*rng.choice(ranges)))

    pools = [
        lambda: rng.choice("abcXYZ .,!?'-#[]<>0123456789\t\n\r\u00a0\u3000"),
        lambda: rng.choice(["سلام", "می\u200cخواهم", "دنیا", "the", "Hello", "don't", "WE'LL", "[MASK]", "<s>", "  ", "\u2581", "\u0120"]),
        lambda: rng.choice("\u200c\u200d\u200e\u200f\u202a\u2066\ufe0f\u20e3\u00ad\ufeff\u2028\u0085"),
        lambda: one_of((0x300, 0x370), (0x64B, 0x660), (0x1AB0, 0x1AFF)),
        lambda: one_of((0, 0x20), (0x7F, 0xA1)),
        lambda: one_of((0x600, 0x700)),
        lambda: one_of((0xFB50, 0xFF00)),
        lambda: one_of((0x1F300, 0x1FAFF), (0x1F1E6, 0x1F200), (0x1F466, 0x1F46A)),
        lambda: one_of((0, 0xD800), (0xE000, 0x110000)),
        lambda: one_of((0xC0, 0x250), (0x370, 0x500), (0x1E00, 0x2000)),
        lambda: one_of((0x1100, 0x1200), (0xAC00, 0xD7A4), (0x3040, 0x3100)),
        lambda: one_of((0x4E00, 0xA000), (0x20000, 0x2FFFF)),
    ]
    out = []
    for _ in range(count):
        some = rng.sample(pools, rng.randrange(1, 5))
        out.append("".join(rng.choice(some)() for _ in range(rng.randrange(1, 20))))
    return out


def code_points(step):
    points = [chr(c) for c in range(0, 0x110000, step) if not 0xD800 <= c < 0xE000]
    return [text for c in points for text in (c, f"a{c}b")]
