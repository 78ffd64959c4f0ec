#!/usr/bin/env python3
"""Writes cases.json and expected.json: what the reference (tokenizers==0.22.2) gives for this folder's tokenizers.

    python3 tests/data/tokenizers/make_expected.py

byte_level_480.json and metaspace_430.json are trained here. wordpiece_360.json and wordpiece_raw_160.json were trained by the reference once; its WordPiece trainer is not
reproducible, so they are data, not output. Every variant is one of them with some members replaced.
"""
import itertools
import json
import os
import zlib

import tokenizers
from tokenizers import Tokenizer, decoders
from tokenizers.models import BPE
from tokenizers.pre_tokenizers import ByteLevel, Metaspace
from tokenizers.trainers import BpeTrainer

from random_texts import random_texts
from split_patterns import CL100K, GPT2, O200K, QWEN2

HERE = os.path.dirname(os.path.abspath(__file__))

TEXTS = {
    "fa": "هزار بهترین کتابخانه هوش مصنوعی فارسی است.",
    "en": "Hezar is an all-in-one AI library for Persian.",
    "zwnj": "او می‌خواهد خانه‌های بزرگ‌تری بسازد",
    "digits": "سال ۱۴۰۲ و 2023 با ١٢٣ تفاوت دارند",
    "emoji": "سلام 😀👍🏽 دنیا 👨‍👩‍👧",
    "arabic": "كتاب علي يك كاغذ ـــ مُحَمَّد",
    "empty": "",
    "spaces": "  hello   world \t\n test ",
    "unknown": "漢字 кириллица ñandú café ﬁ Å ½",
    "special": "[CLS] test [MASK] <s> <mask> </s> <pad>",
    "punct": "سلام!؟ (تست)، «نقل» - a.b,c;d",
    "long": "این یک متن بسیار طولانی است " * 6,
    "marks": "آ\u0653 e\u0301\u0323\u0344 \u0301x I\u0307 İSTANBUL ẞ \u1100\u1161\u11a8 각 \u09c7\u09be",
    "controls": "a\u0000b\u0007c\u200fd\u00ade\ufeff \u2028 \u3000f\ufffdg",
    "added": "foo Foo foobar  bar\u00a0 baz bazbaz [MASK]  x <tag>y  <tag> z",
    "contractions": "I do not , it 's n't we 've they 're ' quoted ' end . ? !",
}


# texts of added tokens, and what is nearly one
ADDED_TEXTS = ["[CLS]", "[MASK]", "foo", "Bar", "bar", "baz", "<tag>", "  ", "É", "e\u0301", "x"]


def bert(clean, cjk, accents, lower):
    return {"type": "BertNormalizer", "clean_text": clean, "handle_chinese_chars": cjk, "strip_accents": accents,
            "lowercase": lower}


def sequence(kind, *parts):
    return {"type": "Sequence", kind: list(parts)}


def simple(name, **members):
    return {"type": name, **members}


def replace(kind, pattern, content):
    return {"type": "Replace", "pattern": {kind: pattern}, "content": content}


def template(single, pair):
    def piece(text):
        name, type_id = text.split(":")
        if name.startswith("$"):
            return {"Sequence": {"id": name[1:], "type_id": int(type_id)}}
        return {"SpecialToken": {"id": name, "type_id": int(type_id)}}

    ids = {"[PAD]": 0, "[UNK]": 1, "[CLS]": 2, "[SEP]": 3}
    return {
        "type": "TemplateProcessing",
        "single": [piece(p) for p in single.split()],
        "pair": [piece(p) for p in pair.split()],
        "special_tokens": {t: {"id": t, "ids": [i], "tokens": [t]} for t, i in ids.items()},
    }


BERT_ROWS = template("[CLS]:0 $A:0 [SEP]:0", "[CLS]:0 $A:0 [SEP]:0 $B:1 [SEP]:1")
ROBERTA_ROWS = template("[CLS]:0 $A:0 [SEP]:0", "[CLS]:0 $A:0 [SEP]:0 [SEP]:0 $B:0 [SEP]:0")
ODD_ROWS = template("$A:3 [SEP]:2", "$B:2 [SEP]:1 $A:4 [UNK]:7")
BERT_PROCESSING = {"type": "BertProcessing", "sep": ["[SEP]", 3], "cls": ["[CLS]", 2]}


def added(*tokens, first=258):
    """(content, flags): w single_word, l lstrip, r rstrip, n normalized, s special. "x" is in the vocabulary."""
    base = [("[PAD]", "s"), ("[UNK]", "s"), ("[CLS]", "s"), ("[SEP]", "s"), ("[MASK]", "sl")]
    out, next_id = [], first
    for i, (content, flags) in enumerate(base + list(tokens)):
        is_new = i >= 5 and content != "x"
        out.append({"id": next_id if is_new else 35 if i >= 5 else i, "content": content, "single_word": "w" in flags, "lstrip": "l" in flags,
                    "rstrip": "r" in flags, "normalized": "n" in flags, "special": "s" in flags})
        next_id += is_new
    return out


BIG = "wordpiece_360.json"
PUNCTUATION = [simple("Punctuation", behavior=b)
               for b in ("Removed", "Isolated", "MergedWithPrevious", "MergedWithNext", "Contiguous")]
FLAGS = added(("foo", "w"), ("Bar", "n"), ("baz", "lr"), ("<tag>", "rs"), ("خانه", "n"), ("É", "nl"), ("  ", ""), ("x", "wn"))
VARIANTS = {
    "hublike": (BIG, {"post_processor": BERT_ROWS}),
    "raw": ("wordpiece_raw_160.json", {}),
    "uncased": (BIG, {"normalizer": bert(True, True, None, True), "post_processor": BERT_PROCESSING}),
    "cased": (BIG, {"normalizer": bert(True, True, None, False), "post_processor": ROBERTA_ROWS}),
    "accents": (BIG, {"normalizer": bert(False, True, True, False), "post_processor": ODD_ROWS}),
    "unclean": (BIG, {"normalizer": bert(False, False, False, True), "pre_tokenizer": simple("Whitespace")}),
    "nfc": (BIG, {"normalizer": sequence("normalizers", simple("NFC"), simple("Lowercase")),
                  "pre_tokenizer": sequence("pretokenizers", simple("WhitespaceSplit"), PUNCTUATION[2])}),
    "nfd": (BIG, {"normalizer": sequence("normalizers", simple("NFD"), simple("StripAccents")),
                  "pre_tokenizer": sequence("pretokenizers", simple("Whitespace"), PUNCTUATION[3])}),
    "nfkc": (BIG, {"normalizer": sequence("normalizers", simple("NFKC"), replace("Regex", " {2,}", " "),
                                          replace("String", "ك", "ک"), replace("Regex", "[يى]", "ی"),
                                          simple("Strip", strip_left=True, strip_right=True)),
                   "pre_tokenizer": sequence("pretokenizers", PUNCTUATION[1], simple("Digits", individual_digits=True),
                                             simple("WhitespaceSplit"))}),
    "nfkd": (BIG, {"normalizer": sequence("normalizers", simple("NFKD"), simple("Strip", strip_left=False, strip_right=True),
                                          simple("Lowercase"), simple("Prepend", prepend="می "), simple("NFC")),
                   "pre_tokenizer": sequence("pretokenizers", simple("WhitespaceSplit"), PUNCTUATION[4],
                                             simple("Digits", individual_digits=False))}),
    "delimiter": (BIG, {"normalizer": replace("String", "ی", "یی"),
                        "pre_tokenizer": simple("CharDelimiterSplit", delimiter=" ")}),
    "empty_matches": (BIG, {"normalizer": replace("Regex", "x*", "ا"), "pre_tokenizer": PUNCTUATION[0], "decoder": None}),
    "flags": (BIG, {"added_tokens": FLAGS, "post_processor": sequence("processors", BERT_ROWS),
                    "decoder": sequence("decoders", simple("WordPiece", prefix="##", cleanup=False), simple("Fuse"))}),
    "flags_nfc": (BIG, {"added_tokens": FLAGS, "normalizer": sequence("normalizers", simple("NFC"), simple("Lowercase"))}),
    "no_normalizer": (BIG, {"normalizer": None, "added_tokens": FLAGS, "pre_tokenizer": simple("WhitespaceSplit")}),
    "word_level": (BIG, {"model": {"type": "WordLevel", "unk_token": "[UNK]"}}),
    "short_words": (BIG, {"model": {"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##",
                                    "max_input_chars_per_word": 4}}),
}

BYTES, MARKS = "byte_level_480.json", "metaspace_430.json"


def byte_level(prefix, trim=True, regex=True):
    return simple("ByteLevel", add_prefix_space=prefix, trim_offsets=trim, use_regex=regex)


def split(pattern, behavior="Isolated", invert=False, kind="Regex"):
    return simple("Split", pattern={kind: pattern}, behavior=behavior, invert=invert)


def metaspace(scheme, **members):
    return simple("Metaspace", replacement="\u2581", prepend_scheme=scheme, **members)


def bpe(**members):
    return {"type": "BPE", "dropout": None, "unk_token": None, "continuing_subword_prefix": None, "end_of_word_suffix": None,
            "fuse_unk": False, "byte_fallback": False, "ignore_merges": False, **members}


def roberta(prefix):
    return simple("RobertaProcessing", sep=["[SEP]", 3], cls=["[CLS]", 2], trim_offsets=True, add_prefix_space=prefix)


def split_then_bytes(*arguments, **options):
    return sequence("pretokenizers", split(*arguments, **options), byte_level(False, regex=False))


VARIANTS.update({
    "bytes": (BYTES, {"post_processor": byte_level(False)}),
    "bytes_prefix": (BYTES, {"pre_tokenizer": byte_level(True), "post_processor": roberta(True), "normalizer": simple("NFC")}),
    "bytes_trims": (BYTES, {"pre_tokenizer": byte_level(True), "post_processor": sequence(
        "processors", byte_level(True), BERT_PROCESSING, byte_level(False))}),
    "bytes_cl100k": (BYTES, {"pre_tokenizer": split_then_bytes(CL100K), "model": bpe(ignore_merges=True)}),
    "bytes_qwen2": (BYTES, {"pre_tokenizer": split_then_bytes(QWEN2, "Removed", True)}),
    "bytes_o200k": (BYTES, {"pre_tokenizer": split_then_bytes(O200K)}),
    "bytes_gpt2": (BYTES, {"pre_tokenizer": split_then_bytes(GPT2), "model": bpe(dropout=1.0)}),
    "bytes_added": (BYTES, {"pre_tokenizer": byte_level(True), "post_processor": byte_level(True), "added_tokens": added(
        ("foo", "w"), ("Bar", "n"), ("baz", "lr"), ("<tag>", "rs"), ("  ", ""), first=480)}),
    "bytes_mapped": (BYTES, {"pre_tokenizer": sequence("pretokenizers", byte_level(False, regex=False), split(
        "\u0120", "MergedWithNext", kind="String"))}),
    "marks": (MARKS, {"post_processor": ROBERTA_ROWS}),
    "marks_first": (MARKS, {"pre_tokenizer": metaspace("first", split=True), "normalizer": sequence(
        "normalizers", simple("NFKC"), simple("Strip", strip_left=True, strip_right=True)),
        "added_tokens": added(("foo", "w"), ("Bar", "n"), ("baz", "lr"), first=430),
        "model": bpe(unk_token="[UNK]", fuse_unk=True)}),
    "marks_fallback": (MARKS, {"pre_tokenizer": metaspace("always", split=False), "model": bpe(byte_fallback=True, unk_token="[UNK]")}),
    "marks_none": (MARKS, {"pre_tokenizer": simple("Metaspace", replacement="_", add_prefix_space=True)}),
    "marks_suffix": (MARKS, {"pre_tokenizer": metaspace("never", split=True),
                             "model": bpe(unk_token="[UNK]", end_of_word_suffix="\u2581", continuing_subword_prefix="")}),
    "scripts": (BIG, {"pre_tokenizer": sequence("pretokenizers", simple("UnicodeScripts"), simple("WhitespaceSplit"))}),
    "fixed_length": (BIG, {"pre_tokenizer": sequence("pretokenizers", simple("WhitespaceSplit"), simple("FixedLength", length=3))}),
    "split_merged": (BIG, {"pre_tokenizer": sequence("pretokenizers", split(" ", "Removed", kind="String"),
                                                     split("[aeiouا]+", "MergedWithPrevious"), split("", kind="String"))}),
    "split_inverted": (BIG, {"pre_tokenizer": sequence("pretokenizers", split("[a-zA-Z]+", "Contiguous", True),
                                                       split("و", "MergedWithNext", True, kind="String"))}),
})
WITH_GRID = ("hublike", "uncased", "cased", "accents", "word_level", "bytes_prefix", "bytes_trims")


def build(name):
    """A variant's tokenizer.json; the test builds it in the same way."""
    base, changes = VARIANTS[name]
    with open(os.path.join(HERE, base), encoding="utf-8") as f:
        out = json.load(f)
    kept = {key: out["model"][key] for key in ("vocab", "merges") if key in out["model"]}
    out.update(changes)
    out["model"] = {**out["model"], **kept}
    return out


def train_bpe():
    """The base files of BPE, whose trainer is reproducible."""
    specials = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    for name, size, model, pre_tokenizer, alphabet in (
            (BYTES, 480, BPE(), ByteLevel(add_prefix_space=False), ByteLevel.alphabet()),
            (MARKS, 174, BPE(unk_token="[UNK]"), Metaspace(), [])):
        tokenizer = Tokenizer(model)
        tokenizer.pre_tokenizer = pre_tokenizer
        tokenizer.decoder = decoders.ByteLevel() if name == BYTES else decoders.Metaspace()
        tokenizer.train_from_iterator(3 * list(TEXTS.values()), BpeTrainer(
            vocab_size=size, special_tokens=specials, show_progress=False, initial_alphabet=alphabet, limit_alphabet=300 if alphabet else 60))
        out = json.loads(tokenizer.to_str())
        vocab = out["model"]["vocab"]
        if name == MARKS:  # byte fallback, of which only a variant makes use
            vocab.update({f"<0x{i:02X}>": len(vocab) + i for i in range(256)})
        with open(os.path.join(HERE, name), "w", encoding="utf-8") as f:
            json.dump(out, f, ensure_ascii=False, separators=(",", ":"))
            f.write("\n")


def row_text(e):
    """One line per row; the test writes the same."""
    return "|".join([
        ",".join(map(str, e.ids)), ",".join(map(str, e.type_ids)), ",".join(map(str, e.attention_mask)),
        ",".join(map(str, e.special_tokens_mask)), "\x1f".join(e.tokens), ",".join(f"{s}-{t}" for s, t in e.offsets),
        ",".join(str(-1 if w is None else w) for w in e.word_ids),
    ])


def crc(lines):
    return zlib.crc32("\n".join(lines).encode())


def texts_of(tokenizer):
    out = {}
    for key, text in TEXTS.items():
        e = tokenizer.encode(text)
        out[key] = {"row": row_text(e), "decoded": tokenizer.decode(e.ids),
                    "decoded_all": tokenizer.decode(e.ids, skip_special_tokens=False)}
    return out


PAIRS = [("fa", "en"), ("en", "empty"), ("empty", "digits"), ("empty", "empty"), ("special", "marks")]
WORDS = [["سلام", "دنیا!", "", "خانه‌های", "[MASK]", "a.b"], [], ["Hello  world", "\u0301", "  "]]
PADDINGS = [None, {}, {"length": 12, "direction": "left", "pad_id": 0, "pad_token": "[PAD]", "pad_type_id": 2},
            {"pad_to_multiple_of": 8}]


def grid(tokenizer):
    """Truncation, padding, pairs and words: CRC of all rows of a batch, overflow included; null where it fails."""
    batches = {
        "texts": [TEXTS[k] for k in ("fa", "en", "empty", "spaces")],
        "pairs": [(TEXTS[a], TEXTS[b]) for a, b in PAIRS],
        "words": WORDS,
        "word_pairs": [(WORDS[0], WORDS[2]), (WORDS[1], WORDS[0])],
    }
    # enable_truncation refuses strides longer than a row without its special tokens, though add_special_tokens=False has none
    truncations = [None] + [t for t in itertools.product((4, 6, 9, 14), (0, 1, 3), ("longest_first", "only_first", "only_second"),
                                                         ("left", "right")) if t[1] <= t[0] - 2]
    out = []
    for (kind, batch), truncation, i, special in itertools.product(batches.items(), truncations, range(len(PADDINGS)), (True, False)):
        padding = PADDINGS[i]
        if truncation is not None and padding is not None and truncation[0] != 9:
            continue
        tokenizer.no_truncation()
        tokenizer.no_padding()
        try:
            if truncation:
                tokenizer.enable_truncation(**dict(zip(("max_length", "stride", "strategy", "direction"), truncation)))
            if padding is not None:
                tokenizer.enable_padding(**padding)
            rows = tokenizer.encode_batch(batch, is_pretokenized=kind.startswith("word"), add_special_tokens=special)
            result = crc(row_text(r) for e in rows for r in [e] + e.overflowing)
        except BaseException:  # the reference panics where a stride is too long
            result = None
        out.append([kind, truncation, i, special, result])
    return out


def main():
    assert tokenizers.__version__ == "0.22.2"
    train_bpe()
    words = [word for text in TEXTS.values() for word in text.split()]
    randoms = random_texts(2000, words, ADDED_TEXTS, 14)
    cases = {"reference": "tokenizers 0.22.2", "texts": TEXTS, "pairs": PAIRS, "words": WORDS, "paddings": PADDINGS,
             "variants": {n: {"base": b, "changes": c} for n, (b, c) in VARIANTS.items()}, "random": randoms}
    expected = {}
    for name in VARIANTS:
        tokenizer = Tokenizer.from_str(json.dumps(build(name)))
        lines = [row_text(tokenizer.encode(t)) for t in randoms]
        expected[name] = {
            "sizes": [tokenizer.get_vocab_size(False), tokenizer.get_vocab_size(True)],
            "special": [tokenizer.num_special_tokens_to_add(False), tokenizer.num_special_tokens_to_add(True)],
            "texts": texts_of(tokenizer),
            "random": [crc(lines[i : i + 100]) for i in range(0, len(lines), 100)],
            "grid": grid(tokenizer) if name in WITH_GRID else [],
        }
    for path, data in (("cases.json", cases), ("expected.json", expected)):
        with open(os.path.join(HERE, path), "w", encoding="utf-8") as f:
            json.dump(data, f, ensure_ascii=False, separators=(",", ":"))
            f.write("\n")


if __name__ == "__main__":
    main()
