#!/usr/bin/env python3
"""Writes unicode_tables.inc and tests/data/text/unicode_crc.json by probing the reference engine.

The reference (the Python package tokenizers==0.22.2) mixes Unicode versions: the Rust standard library, the regex crate,
unicode_categories and unicode-normalization each bring their own tables. So nothing here comes from a Unicode file; every
property and mapping is what the reference did with that code point. Run with that package installed:

    python3 core/src/text/make_unicode_tables.py
"""
import json
import os
import unicodedata
import zlib

import tokenizers
from tokenizers import normalizers as N
from tokenizers import pre_tokenizers as P

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(os.path.dirname(HERE)))
LAST = 0x110000
BLOCK = 128
CODE_POINTS = [c for c in range(LAST) if not 0xD800 <= c < 0xE000]

FLAGS = {
    name: 1 << bit
    for bit, name in enumerate(
        "whitespace punctuation numeric word control cjk nonspacing combining lower canonical compatibility "
        "nfc_changes nfkc_changes composes_back".split()
    )
}

nfd, nfkd, nfc, nfkc = (n().normalize_str for n in (N.NFD, N.NFKD, N.NFC, N.NFKC))
lower = N.Lowercase().normalize_str
strip_accents = N.StripAccents().normalize_str
OFF = dict(clean_text=False, handle_chinese_chars=False, strip_accents=False, lowercase=False)
clean = N.BertNormalizer(**{**OFF, "clean_text": True}).normalize_str
cjk = N.BertNormalizer(**{**OFF, "handle_chinese_chars": True}).normalize_str
bert_accents = N.BertNormalizer(**{**OFF, "strip_accents": True}).normalize_str
bert = N.BertNormalizer().normalize_str


def pieces(pre_tokenizer):
    return lambda text: [p for p, _ in pre_tokenizer.pre_tokenize_str(text)]


whitespace_split, punctuation, digits, words, bert_pieces = map(
    pieces, (P.WhitespaceSplit(), P.Punctuation(), P.Digits(True), P.Whitespace(), P.BertPreTokenizer())
)


def combining_classes():
    """ccc(x) > ccc(y) > 0 shows as NFD swapping "xy"; one known character of each class places every other one."""
    known = {}
    for c in CODE_POINTS:
        k = unicodedata.combining(chr(c))
        if k and k not in known and nfd(chr(c)) == chr(c):
            known[k] = chr(c)
    lowest, highest = known[min(known)], known[max(known)]
    values = sorted(known)
    out = {}
    for c in CODE_POINTS:
        x = chr(c)
        if nfd(x) != x or (nfd(x + lowest) == x + lowest and nfd(highest + x) == highest + x):
            continue
        below = sum(nfd(x + known[v]) != x + known[v] for v in values)  # classes smaller than x's own
        assert nfd(known[values[below]] + x) == known[values[below]] + x, hex(c)
        out[c] = values[below]
    return out


def compositions():
    out = {}
    for c in CODE_POINTS:
        x = chr(c)
        d = nfd(x)
        if len(d) < 2 or 0xAC00 <= c < 0xD7A4 or nfc(d) != x:
            continue
        first = nfc(d[:-1])
        assert len(first) == 1 and nfc(first + d[-1]) == x, hex(c)
        out[(ord(first), ord(d[-1]))] = c
    return out


def hangul(c):
    return 0xAC00 <= c < 0xD7A4


def flags_of(c, ccc, seconds):
    x = chr(c)
    f = FLAGS
    out = 0
    around = "a" + x + "a"
    if whitespace_split(around) == ["a", "a"]:
        out |= f["whitespace"]
    if punctuation(around) == ["a", x, "a"]:
        out |= f["punctuation"]
    if digits(around) == ["a", x, "a"]:
        out |= f["numeric"]
    w = words(around)
    if w == [around]:
        out |= f["word"]
    # the regex crate's \s and the standard library's is_whitespace agree, so one flag serves both
    assert (w == ["a", "a"]) == bool(out & f["whitespace"]), hex(c)
    cleaned = clean(around)
    if cleaned == "aa":
        out |= f["control"]
    else:
        assert cleaned == ("a a" if out & f["whitespace"] else around), hex(c)
    if cjk(around) != around:
        assert cjk(around) == f"a {x} a", hex(c)
        out |= f["cjk"]
    if nfd(x) == x and bert_accents(x) == "":
        out |= f["nonspacing"]
    if strip_accents(x) == "":
        out |= f["combining"]
    if lower(x) != x:
        out |= f["lower"]
    if nfd(x) != x:
        out |= f["canonical"]
    if nfkd(x) != x:
        out |= f["compatibility"]
    if nfc(x) != x:
        out |= f["nfc_changes"]
    if nfkc(x) != x:
        out |= f["nfkc_changes"]
    starts = (ord(nfd(x)[0]), ord(nfkd(x)[0]))
    if any(s in ccc or s in seconds for s in starts):
        out |= f["composes_back"]
    return out


def rows(values, fmt="{}", width=118):
    line, out = "", []
    for v in values:
        item = fmt.format(v) + ","
        if len(line) + len(item) > width:
            out.append(line)
            line = ""
        line += item
    return "\n".join(out + [line])


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


def write_tables():
    ccc = combining_classes()
    pairs = compositions()
    seconds = {b for _, b in pairs} | set(range(0x1161, 0x1176)) | set(range(0x11A8, 0x11C3))
    records, record_of, properties = [], {}, []
    pool, pool_of = [0], {}
    mappings, mapping_of, mapping_ids = [(0, 0, 0)], {(0, 0, 0): 0}, []

    def pooled(text, x):
        if text == x:
            return 0
        if text not in pool_of:
            pool_of[text] = len(pool)
            pool.extend([len(text)] + [ord(t) for t in text])
        return pool_of[text]

    for c in range(LAST):
        if 0xD800 <= c < 0xE000:
            key, mapping = (0, 0), (0, 0, 0)
        else:
            x = chr(c)
            key = (flags_of(c, ccc, seconds), ccc.get(c, 0))
            mapping = (0 if hangul(c) else pooled(nfd(x), x), 0 if hangul(c) else pooled(nfkd(x), x), pooled(lower(x), x))
        if key not in record_of:
            record_of[key] = len(records)
            records.append(key)
        properties.append(record_of[key])
        if mapping not in mapping_of:
            mapping_of[mapping] = len(mappings)
            mappings.append(mapping)
        mapping_ids.append(mapping_of[mapping])
    assert len(records) < 256 and len(pool) < 65536 and len(mappings) < 65536

    property_index, property_blocks = trie(properties)
    mapping_index, mapping_blocks = trie(mapping_ids)
    ordered = sorted(pairs.items())
    tables = [
        ("const std::uint16_t kPropertyIndex", rows(property_index)),
        ("const std::uint8_t kPropertyBlocks", rows(property_blocks)),
        ("const Properties kPropertyRecords", rows([f"{{{a},{b}}}" for a, b in records])),
        ("constexpr std::uint16_t kMappingIndex", rows(mapping_index)),
        ("constexpr std::uint16_t kMappingBlocks", rows(mapping_blocks)),
        ("constexpr Mapping kMappings", rows(["{%d,%d,%d}" % m for m in mappings])),
        ("constexpr char32_t kMappingPool", rows([f"{v:#x}" for v in pool])),
        ("constexpr Composition kCompositions", rows([f"{{{a:#x},{b:#x},{c:#x}}}" for (a, b), c in ordered])),
    ]
    with open(os.path.join(HERE, "unicode_tables.inc"), "w") as out:
        out.write(f"// Written by make_unicode_tables.py from tokenizers {tokenizers.__version__}; do not edit.\n")
        for name, body in tables:
            out.write(f"{name}[] = {{\n{body}}};\n")
        out.write(f"constexpr std::size_t kCompositionCount = {len(ordered)};\n")


def write_digests():
    """CRC-32 per 4,096 code points of what each component gives for every code point alone and as "a<it>b"."""
    components = {
        "NFC": nfc, "NFD": nfd, "NFKC": nfkc, "NFKD": nfkd, "Lowercase": lower, "StripAccents": strip_accents,
        "BertNormalizer": bert, "BertClean": clean, "BertCjk": cjk, "BertAccents": bert_accents,
        "WhitespaceSplit": whitespace_split, "Punctuation": punctuation, "Digits": digits, "Whitespace": words,
        "BertPreTokenizer": bert_pieces,
    }
    out = {"reference": f"tokenizers {tokenizers.__version__}", "block": 4096}
    for name, apply in components.items():
        sums = []
        joined = (lambda t, a=apply: "|".join(a(t))) if isinstance(apply("a"), list) else apply
        for start in range(0, LAST, 4096):
            text = "".join(
                joined(chr(c)) + "\n" + joined("a" + chr(c) + "b") + "\n"
                for c in range(start, start + 4096)
                if not 0xD800 <= c < 0xE000
            )
            sums.append(zlib.crc32(text.encode()))
        out[name] = sums
    with open(os.path.join(ROOT, "tests/data/text/unicode_crc.json"), "w") as f:
        f.write(json.dumps(out).replace('], "', '],\n"') + "\n")


if __name__ == "__main__":
    assert tokenizers.__version__ == "0.22.2"
    write_tables()
    write_digests()
