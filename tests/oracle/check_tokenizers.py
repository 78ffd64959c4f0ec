"""Compares the tokenizers engine with the reference (tokenizers==0.22.2) on much text.

    python3 tests/oracle/check_tokenizers.py BUILD_DIR/oracle/tokenizers_oracle [--only WORD] [--lines N] [--random N]
            [--step N] [--persian FILE] [--english FILE] [--jobs N] [--again] [--work FOLDER]

For every entry of CASES: ids, type ids, special tokens mask, offsets, word ids, tokens, decoded and normalized text of
  - Persian and English text, line by line: the given files, else sentences put together from demo/ and docstrings,
  - random Unicode strings of all planes, combining marks, joiners, direction marks, emoji sequences, controls,
  - for entries that say so, every code point alone and between letters.
Vocabularies are trained by the reference on that text and kept in the work folder, with the list of what passed. Ends
with 1 and a line for each difference, of which the first ones are shown.
"""

import argparse
import array
import hashlib
import itertools
import json
import multiprocessing
import os
import pathlib
import random
import re
import struct
import subprocess
import sys
import time

import tokenizers
from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers

ROOT = pathlib.Path(__file__).resolve().parents[2]
COLUMNS = ["ids", "type_ids", "special_tokens_mask", "offsets", "word_ids", "tokens", "decoded", "decoded_all", "normalized"]
MOST_SHOWN = 5
PART = 100_000  # texts


# --- texts -----------------------------------------------------------------------------------------------------------

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


# --- tokenizers ------------------------------------------------------------------------------------------------------

SPECIALS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
GPT2 = r"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"
CL100K = (r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+"
          r"|\s+(?!\S)|\s+")
QWEN2 = CL100K.replace("{1,3}", "")
O200K = "|".join([
    r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?",
    r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?",
    r"\p{N}{1,3}", r" ?[^\s\p{L}\p{N}]+[\r\n/]*", r"\s*[\r\n]+", r"\s+(?!\S)", r"\s+"])


def train_wordpiece(texts, size):
    out = Tokenizer(models.WordPiece(unk_token="[UNK]"))
    out.normalizer = normalizers.BertNormalizer()
    out.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    out.decoder = decoders.WordPiece()
    out.train_from_iterator(texts, trainers.WordPieceTrainer(vocab_size=size, special_tokens=SPECIALS, show_progress=False))
    return out


def train_byte_level(texts, size):
    out = Tokenizer(models.BPE())
    out.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    out.decoder = decoders.ByteLevel()
    out.train_from_iterator(texts, trainers.BpeTrainer(
        vocab_size=size, special_tokens=SPECIALS, show_progress=False,
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet()))
    return out


def train_metaspace(texts, size):
    out = Tokenizer(models.BPE(unk_token="[UNK]", fuse_unk=True))
    out.pre_tokenizer = pre_tokenizers.Metaspace()
    out.train_from_iterator(texts, trainers.BpeTrainer(vocab_size=size, special_tokens=SPECIALS, show_progress=False,
                                                       limit_alphabet=300))
    return out


def train_affixes(texts, size):
    out = Tokenizer(models.BPE(unk_token="[UNK]", continuing_subword_prefix="##", end_of_word_suffix="</w>"))
    out.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    out.train_from_iterator(texts, trainers.BpeTrainer(
        vocab_size=size, special_tokens=SPECIALS, show_progress=False, limit_alphabet=300,
        continuing_subword_prefix="##", end_of_word_suffix="</w>"))
    return out


TRAINERS = {"wordpiece": train_wordpiece, "byte_level": train_byte_level, "metaspace": train_metaspace,
            "affixes": train_affixes}


def part(name, **members):
    return {"type": name, **members}


def sequence(key, *parts):
    return {"type": "Sequence", key: list(parts)}


def split(pattern, behavior="Isolated", invert=False, kind="Regex"):
    return part("Split", pattern={kind: pattern}, behavior=behavior, invert=invert)


def byte_level(prefix=False, trim=True, regex=True):
    return part("ByteLevel", add_prefix_space=prefix, trim_offsets=trim, use_regex=regex)


def metaspace(scheme, **members):
    return part("Metaspace", replacement="\u2581", prepend_scheme=scheme, split=members.pop("split", True), **members)


def with_bytes(file):
    """The vocabulary with the tokens of byte fallback, behind the others."""
    vocab = file["model"]["vocab"]
    for byte in range(256):
        vocab.setdefault(f"<0x{byte:02X}>", len(vocab))
    return file


BERT_ROWS = part("BertProcessing", sep=["[SEP]", 3], cls=["[CLS]", 2])
ROBERTA_ROWS = part("RobertaProcessing", sep=["[SEP]", 3], cls=["[CLS]", 2], trim_offsets=True, add_prefix_space=True)
TEMPLATE_ROWS = json.loads(processors.TemplateProcessing(
    single="[CLS] $A [SEP]", pair="[CLS] $A [SEP] $B:1 [SEP]:1",
    special_tokens=[("[CLS]", 2), ("[SEP]", 3)]).__getstate__())
SPLITS = {
    "split_cl100k": sequence("pretokenizers", split(CL100K), byte_level(regex=False)),
    "split_qwen2": sequence("pretokenizers", split(QWEN2), byte_level(regex=False)),
    "split_o200k": sequence("pretokenizers", split(O200K), byte_level(regex=False)),
    "split_gpt2": sequence("pretokenizers", split(GPT2, "Removed", True), byte_level(regex=False)),
    "split_regex": sequence("pretokenizers", split(r"[اeo]\w?|\d+", "MergedWithNext"), byte_level()),
    "digits": sequence("pretokenizers", part("Digits", individual_digits=True), byte_level(prefix=True)),
}


def byte_level_case(pre_tokenizer, post_processor=None, model=None):
    def make(files):
        file = files["byte_level"]
        file.update(pre_tokenizer=pre_tokenizer, post_processor=post_processor)
        file["model"].update(model or {})
        return file
    return make


def metaspace_case(pre_tokenizer, fallback=False, normalizer=None, **model):
    def make(files):
        file = with_bytes(files["metaspace"]) if fallback else files["metaspace"]
        file.update(pre_tokenizer=pre_tokenizer, normalizer=normalizer)
        file["model"].update(model, byte_fallback=fallback)
        return file
    return make


def wordpiece_case(**members):
    def make(files):
        return {**files["wordpiece"], **members}
    return make


def pieces_case(pre_tokenizer):
    """Only the pre-tokenizer counts: each piece is an unknown word."""
    def make(_):
        return {"version": "1.0", "truncation": None, "padding": None, "added_tokens": [], "normalizer": None,
                "pre_tokenizer": pre_tokenizer, "post_processor": None, "decoder": None,
                "model": part("WordLevel", vocab={"?": 0}, unk_token="?")}
    return make


def normalizer_case(normalizer):
    """Only the normalizer counts: the text is one unknown word."""
    def make(files):
        return {**pieces_case(None)(files), "normalizer": normalizer}
    return make


def bert_normalizer(**members):
    return part("BertNormalizer", **{"clean_text": True, "handle_chinese_chars": True, "strip_accents": None,
                                     "lowercase": True, **members})


NORMALIZERS = {
    "bert": bert_normalizer(), "bert_cased": bert_normalizer(lowercase=False),
    "bert_cased_stripped": bert_normalizer(lowercase=False, strip_accents=True),
    "nfc": part("NFC"), "nfd": part("NFD"), "nfkc": part("NFKC"), "nfkd": part("NFKD"), "lowercase": part("Lowercase"),
    "strip_accents": sequence("normalizers", part("NFD"), part("StripAccents")),
    "strip": part("Strip", strip_left=True, strip_right=True), "nmt": part("Nmt"), "byte_level": part("ByteLevel"),
    "replace": part("Replace", pattern={"Regex": r"\s+|[aeiou]"}, content="_"),
    "prepended": sequence("normalizers", part("Prepend", prepend="\u2581"), part("Replace", pattern={"String": " "},
                                                                              content="\u2581")),
}


# name: what makes the tokenizer.json from the trained ones, and whether every code point is tried
CASES = {
    "wordpiece": (wordpiece_case(post_processor=BERT_ROWS), False),
    "wordpiece_cased": (wordpiece_case(normalizer=part("BertNormalizer", clean_text=True, handle_chinese_chars=True,
                                                       strip_accents=None, lowercase=False),
                                       post_processor=TEMPLATE_ROWS), False),
    "byte_level": (byte_level_case(byte_level()), True),
    "byte_level_prefix": (byte_level_case(byte_level(prefix=True), byte_level()), False),
    "byte_level_roberta": (byte_level_case(byte_level(prefix=True), ROBERTA_ROWS), False),
    "byte_level_trims": (byte_level_case(byte_level(prefix=True), sequence("processors", TEMPLATE_ROWS, byte_level(prefix=True))), False),
    "byte_level_ignore_merges": (byte_level_case(SPLITS["split_cl100k"], None, {"ignore_merges": True}), False),
    **{name: (byte_level_case(pre), False) for name, pre in SPLITS.items()},
    "byte_level_whole_line": (byte_level_case(byte_level(regex=False)), False),
    "metaspace_always": (metaspace_case(metaspace("always")), False),
    "metaspace_first": (metaspace_case(metaspace("first"), fallback=True), False),
    "metaspace_first_normalized": (metaspace_case(metaspace("first"), normalizer=sequence(
        "normalizers", part("NFKC"), part("Strip", strip_left=True, strip_right=True))), False),
    "metaspace_never": (metaspace_case(metaspace("never"), fuse_unk=False), False),
    "metaspace_whole_line": (metaspace_case(metaspace("always", split=False), fallback=True), False),
    "metaspace_no_unknown": (metaspace_case(metaspace("always"), unk_token=None), False),
    "affixes": (lambda files: files["affixes"], False),
    **{f"normalizer_{name}": (normalizer_case(normalizer), True) for name, normalizer in NORMALIZERS.items()},
    **{f"pieces_{name}": (pieces_case(pre), True) for name, pre in {
        "gpt2": split(GPT2), "cl100k": split(CL100K), "qwen2": split(QWEN2), "o200k": split(O200K),
        "byte_level": byte_level(), "scripts": part("UnicodeScripts"), "fixed_length": part("FixedLength", length=3),
        "metaspace": metaspace("first"), "bert": part("BertPreTokenizer"), "whitespace": part("Whitespace"),
        "whitespace_split": part("WhitespaceSplit"), "digits": part("Digits", individual_digits=False),
        "contiguous": part("Punctuation", behavior="Contiguous"),
        "merged": split(" ", "MergedWithPrevious", kind="String"), "empty": split("", kind="String"),
        "inverted": split(r"[a-z\x{600}-\x{6ff}]+", "MergedWithNext", True),
    }.items()},
}


# --- comparison ------------------------------------------------------------------------------------------------------

def packed(texts):
    return b"".join(part for text in texts for data in [text.encode()] for part in (struct.pack("<I", len(data)), data))


def unpacked(data):
    at = 0
    while at < len(data):
        (size,) = struct.unpack_from("<I", data, at)
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
    done = subprocess.run([binary, file], input=packed(texts), capture_output=True, check=False)
    if done.returncode != 0:
        raise SystemExit(f"check_tokenizers: {file.name}: {done.stderr.decode()}")
    tokenizer = Tokenizer.from_file(str(file))
    found = unpacked(done.stdout)
    out = []
    for text in texts:
        for column, wanted, got in zip(COLUMNS, reference_row(tokenizer, text), itertools.islice(found, len(COLUMNS)), strict=True):
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
    differences = compare(Work.binary, case_file(name), texts)
    return name, len(texts), time.perf_counter() - start, differences


class Passed:
    """The cases that passed, kept in a file, so that a run that was stopped goes on where it was."""

    def __init__(self, options):
        self.path = options.work / "passed.json"
        same = [options.size, options.random, options.step, options.vocabulary, str(options.persian), str(options.english),
                hashlib.sha256(options.binary.read_bytes()).hexdigest(),
                hashlib.sha256(pathlib.Path(__file__).read_bytes()).hexdigest()]
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
