#!/usr/bin/env python3
"""Writes seeds/*.json, small tokenizers that together hold every component, and tokenizer_json.dict, their words.

    python3 tests/fuzz/make_seeds.py
"""
import base64
import json
import pathlib
import re
import struct

HERE = pathlib.Path(__file__).parent
SPLITS = ["Removed", "Isolated", "MergedWithPrevious", "MergedWithNext", "Contiguous"]
CHARSMAP = base64.b64encode(struct.pack("<I", 1024) + bytes(1024)).decode()  # a trie that maps nothing
BYTES = [chr(c) for c in [*range(33, 127), *range(161, 173), *range(174, 256), *range(256, 324)]]


def added(id_, content, **flags):
    return {"id": id_, "content": content, "single_word": False, "lstrip": False, "rstrip": False, "normalized": False,
            "special": True} | flags


def template(first, last):
    def special(name, type_=0):
        return {"SpecialToken": {"id": name, "type_id": type_}}

    def sequence(name, type_):
        return {"Sequence": {"id": name, "type_id": type_}}
    return {"type": "TemplateProcessing", "single": [special(first), sequence("A", 0), special(last)],
            "pair": [special(first), sequence("A", 0), special(last), sequence("B", 1), special(last, 1)],
            "special_tokens": {name: {"id": name, "ids": [i], "tokens": [name]} for i, name in enumerate((first, last))}}


def sequence(kind, parts):
    return {"type": "Sequence", kind: parts}


def tokenizer(model, added_tokens=(), **parts):
    return {"version": "1.0", "truncation": None, "padding": None, "added_tokens": list(added_tokens)} | \
        {key: parts.get(key) for key in ("normalizer", "pre_tokenizer", "post_processor", "decoder")} | {"model": model}


def vocabulary(tokens):
    return {token: i for i, token in enumerate(tokens)}


SEEDS = {
    "wordpiece": tokenizer(
        {"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##", "max_input_chars_per_word": 20,
         "vocab": vocabulary(["[CLS]", "[SEP]", "[UNK]", "he", "##llo", "w", "##o", "سلام", ",", "1"])},
        [added(0, "[CLS]"), added(1, "[SEP]"), added(10, "new", special=False, normalized=True, single_word=True, lstrip=True)],
        normalizer={"type": "BertNormalizer", "clean_text": True, "handle_chinese_chars": True, "strip_accents": None,
                    "lowercase": True},
        pre_tokenizer={"type": "BertPreTokenizer"}, post_processor=template("[CLS]", "[SEP]"),
        decoder={"type": "WordPiece", "prefix": "##", "cleanup": True})
    | {"truncation": {"direction": "Right", "max_length": 8, "strategy": "LongestFirst", "stride": 2},
       "padding": {"strategy": {"Fixed": 6}, "direction": "Left", "pad_to_multiple_of": 4, "pad_id": 2, "pad_type_id": 0,
                   "pad_token": "[UNK]"}},
    "bpe": tokenizer(
        {"type": "BPE", "dropout": None, "unk_token": "<unk>", "continuing_subword_prefix": "", "end_of_word_suffix": "</w>",
         "fuse_unk": True, "byte_fallback": True, "ignore_merges": True,
         "vocab": vocabulary(["<s>", "</s>", "<unk>", "h", "e", "l", "o</w>", "he", "<0xD8>", "lo</w>"]),
         "merges": [["h", "e"], ["l", "o</w>"]]},
        [added(0, "<s>"), added(1, "</s>", rstrip=True)],
        normalizer=sequence("normalizers", [{"type": "NFC"}, {"type": "Replace", "pattern": {"Regex": "a+"}, "content": "b"},
                                            {"type": "Prepend", "prepend": "x"}, {"type": "Lowercase"}, {"type": "Nmt"}]),
        pre_tokenizer=sequence("pretokenizers", [
            {"type": "Split", "pattern": {"Regex": "\\s+|[^\\s]"}, "behavior": SPLITS[0], "invert": True},
            {"type": "Digits", "individual_digits": True}, {"type": "Punctuation", "behavior": SPLITS[2]}]),
        post_processor={"type": "RobertaProcessing", "sep": ["</s>", 1], "cls": ["<s>", 0], "trim_offsets": True,
                        "add_prefix_space": False},
        decoder=sequence("decoders", [{"type": "BPEDecoder", "suffix": "</w>"}, {"type": "ByteFallback"}, {"type": "Fuse"},
                                      {"type": "Strip", "content": " ", "start": 1, "stop": 0}])),
    "byte_level": tokenizer(
        {"type": "BPE", "dropout": None, "unk_token": None, "continuing_subword_prefix": None, "end_of_word_suffix": None,
         "fuse_unk": False, "byte_fallback": False, "ignore_merges": False, "vocab": vocabulary(BYTES), "merges": []},
        pre_tokenizer={"type": "ByteLevel", "add_prefix_space": True, "trim_offsets": True, "use_regex": True},
        post_processor={"type": "ByteLevel", "add_prefix_space": True, "trim_offsets": False, "use_regex": True},
        decoder={"type": "ByteLevel", "add_prefix_space": True, "trim_offsets": True, "use_regex": True}),
    "unigram": tokenizer(
        {"type": "Unigram", "unk_id": 0, "byte_fallback": False,
         "vocab": [["<unk>", 0.0], ["▁", -1.5], ["▁h", -2.0], ["ello", -3.0], ["l", -4.25], ["o", -5.0]]},
        normalizer=sequence("normalizers", [{"type": "NFKC"}, {"type": "StripAccents"},
                                            {"type": "Strip", "strip_left": True, "strip_right": True},
                                            {"type": "Precompiled", "precompiled_charsmap": CHARSMAP}]),
        pre_tokenizer={"type": "Metaspace", "replacement": "▁", "prepend_scheme": "first", "split": True},
        decoder={"type": "Metaspace", "replacement": "▁", "prepend_scheme": "first", "split": True}),
    "wordlevel": tokenizer(
        {"type": "WordLevel", "vocab": vocabulary(["a", "b", "<unk>", "hello"]), "unk_token": "<unk>"},
        pre_tokenizer=sequence("pretokenizers", [
            {"type": "WhitespaceSplit"}, {"type": "UnicodeScripts"}, {"type": "FixedLength", "length": 3},
            {"type": "CharDelimiterSplit", "delimiter": "-"}, {"type": "Whitespace"}]),
        post_processor=sequence("processors", [{"type": "BertProcessing", "sep": ["b", 1], "cls": ["a", 0]}]),
        decoder=sequence("decoders", [{"type": "Replace", "pattern": {"String": "a"}, "content": " "},
                                      {"type": "CTC", "pad_token": "<pad>", "word_delimiter_token": "|", "cleanup": True}])),
}


def main():
    (HERE / "seeds").mkdir(exist_ok=True)
    text = ""
    for name, seed in SEEDS.items():
        line = json.dumps(seed, ensure_ascii=False, separators=(",", ":"))
        (HERE / "seeds" / f"{name}.json").write_text(line + "\n", encoding="utf-8")
        text += line
    words = sorted(set(re.findall(r'"[A-Za-z_]{3,}"', text)) | {f'"{split}"' for split in SPLITS})
    escaped = (word.replace('"', '\\"') for word in words)
    (HERE / "tokenizer_json.dict").write_text("".join(f'"{word}"\n' for word in escaped), encoding="utf-8")


if __name__ == "__main__":
    main()
