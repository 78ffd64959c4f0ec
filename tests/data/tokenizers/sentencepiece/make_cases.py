#!/usr/bin/env python3
"""Writes cases.json: what the reference gives for folders without a tokenizer.json, for normalizers and for decoders.

    pip install tokenizers==0.22.2 transformers==5.3.0 sentencepiece==0.2.3 protobuf
    python3 tests/data/tokenizers/sentencepiece/make_cases.py

The models come from train_models.py.
"""
import json
import os
import random
import sys
import tempfile
import zlib

import tokenizers
import transformers
from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, trainers
from transformers import AutoTokenizer, convert_slow_tokenizer

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.dirname(HERE))
from make_expected import TEXTS, crc, random_texts, row_text  # noqa: E402
from train_models import RULES, WORDS  # noqa: E402

MARKS = ["\u0643\u0654", "e\u0301\u0302", "A\u0308b", "\r\n", "\u200c\u200c", "\u00ad\u0308x", "\u0007\u0007a", "\ufb01\u0007b", "\u1100\u1161\u11a8",
         "\u0915\u094d\u0915\u0301", "\U0001f1e6\U0001f1e7\U0001f1e8", "\u00a9\u200d\u00a9\u0301", "A\u0903\u0301", "\u0600A\u0301", "\ufb01\u0301"]
ROLE = {"lstrip": True, "normalized": True, "rstrip": False, "single_word": False}


def byte_bpe():
    t = Tokenizer(models.BPE())
    t.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    t.train_from_iterator(WORDS * 3, trainers.BpeTrainer(
        vocab_size=330, special_tokens=["<s>", "<pad>", "</s>", "<unk>", "<mask>", "<|endoftext|>"],
        initial_alphabet=sorted(pre_tokenizers.ByteLevel.alphabet()), show_progress=False))
    model = json.loads(t.to_str())["model"]
    merges = "#version: 0.2\n" + "".join(" ".join(m) + "\n" for m in model["merges"])
    return {"vocab.json": json.dumps(model["vocab"], ensure_ascii=False), "merges.txt": merges}


def folders():
    """name: (a model file and its name in the folder, or none, text files)"""
    bytes_ = byte_bpe()
    letters = sorted(set("".join(WORDS).lower()))
    words = "\n".join(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *letters, *("##" + c for c in letters), "کتاب", "the", "the", "##خانه"]) + "\n"

    def config(name, **options):
        return {"tokenizer_config.json": json.dumps({"tokenizer_class": name, **options}, ensure_ascii=False)}

    return {
        "t5": (("unigram.model", "spiece.model"), config("T5Tokenizer", extra_ids=3)),
        "t5_old": (("unigram.model", "spiece.model"), {
            **config("T5Tokenizer", extra_ids=2),
            "special_tokens_map.json": json.dumps({"eos_token": "</s>", "pad_token": {"content": "<pad>", **ROLE}}),
            "added_tokens.json": json.dumps({"کتاب": 91, "<pad>": 90})}),
        "xlm_roberta": (("unigram.model", "sentencepiece.bpe.model"), config("XLMRobertaTokenizerFast", mask_token={
            "__type": "AddedToken", "content": "<mask>", **ROLE}, additional_special_tokens=["<new>"])),
        "llama": (("bpe.model", "tokenizer.model"), config("LlamaTokenizer", add_bos_token=True)),
        "llama_legacy": (("bpe.model", "tokenizer.model"), config("LlamaTokenizer", legacy=True, add_bos_token=True, add_eos_token=True)),
        "plain_unigram": (("unigram.model", "any.model"), {}),
        "plain_bpe": (("bpe.model", "any.model"), {}),
        "bert": (None, {"vocab.txt": words, **config("BertTokenizer")}),
        "bert_cased": (None, {"vocab.txt": words.replace("\n", "\r\n"), **config(
            "DistilBertTokenizer", do_lower_case=False, strip_accents=True, tokenize_chinese_chars=False,
            added_tokens_decoder={"200": {"content": "[Z]", **ROLE, "special": True}, "100": {"content": "می", **ROLE, "special": False}})}),
        "bert_type": (None, {"vocab.txt": words, "config.json": json.dumps({"model_type": "electra"})}),
        "roberta": (None, {**bytes_, **config("RobertaTokenizer", add_prefix_space=True, trim_offsets=False)}),
        "gpt2": (None, {**bytes_, **config("GPT2Tokenizer", add_bos_token=True, pad_token="<pad>")}),
    }


def convert_plain(path, is_bpe):
    """A model without a class, as transformers' converter without one has it, but with byte tokens where it has some."""
    extracted = convert_slow_tokenizer.SentencePieceExtractor(path).extract(None)

    class Extractor:
        def __init__(self, _):
            pass

        def extract(self, _):
            return None, extracted.get("merges")

    class Original:
        vocab_file = path

    converter = convert_slow_tokenizer.SpmConverter(Original())
    converter.SpmExtractor, converter.handle_byte_fallback = Extractor, is_bpe
    t = converter.converted()
    if is_bpe:
        t.decoder = decoders.Sequence([decoders.Replace("▁", " "), decoders.ByteFallback(), decoders.Fuse(), decoders.Strip(" ", 1, 0)])
    return t


def load(name, model, files):
    with tempfile.TemporaryDirectory() as folder:
        for file, text in files.items():
            with open(os.path.join(folder, file), "w", encoding="utf-8", newline="") as f:
                f.write(text)
        if model:
            with open(os.path.join(HERE, model[0]), "rb") as f, open(os.path.join(folder, model[1]), "wb") as out:
                out.write(f.read())
        if name.startswith("plain"):
            return convert_plain(os.path.join(folder, model[1]), name == "plain_bpe")
        t = AutoTokenizer.from_pretrained(folder)._tokenizer
        t.no_padding()
        t.no_truncation()
        return t


def lists_of(count, size, seed):
    rng = random.Random(seed)
    return [[rng.randrange(size + 3) for _ in range(rng.randrange(20))] for _ in range(count)]


def decoded(t, lists):
    return crc(t.decode(row, skip_special_tokens=skip) for row in lists for skip in (True, False))


def without_vocabulary(t):
    out = json.loads(t.to_str())
    out["model"]["vocab"] = None
    return out


def normalizer_cases(charsmap):
    n = normalizers
    return {
        "precompiled": n.Precompiled(charsmap),
        "nmt": n.Nmt(), "byte_level": n.ByteLevel(), "prepend": n.Prepend("▁ab"), "spaces": n.Replace(Regex(" {2,}"), "▁"),
        "sequence": n.Sequence([n.Nmt(), n.Precompiled(charsmap), n.NFKC(), n.Strip(False, True), n.Replace(Regex(" {2,}"), "▁"), n.Prepend("▁")]),
    }


def decoder_cases():
    d = decoders
    return {
        "byte_level": d.ByteLevel(), "bpe": d.BPEDecoder("</w>"), "bpe_letter": d.BPEDecoder("a"), "bpe_empty": d.BPEDecoder(""),
        "wordpiece": d.WordPiece("##", True), "wordpiece_raw": d.WordPiece("", False), "metaspace": d.Metaspace(),
        "metaspace_never": d.Metaspace("_", "never"), "byte_fallback": d.ByteFallback(), "fuse": d.Fuse(), "replace": d.Replace("▁", " "),
        "replace_regex": d.Replace(Regex("a+|▁"), "<>"), "replace_empty": d.Replace("", "-"), "ctc": d.CTC("<pad>", "|", True),
        "ctc_raw": d.CTC("a", "▁", False), "strip": d.Sequence([d.Fuse(), d.Strip("a", 2, 0)]), "none": None, "sequence_of_none": d.Sequence([]),
        "llama": d.Sequence([d.Replace("▁", " "), d.ByteFallback(), d.Fuse(), d.Strip(" ", 1, 0)]),
    }


TOKENS = ["<pad>", "</s>", "a", "b", "the", "▁the", "▁", "▁▁a", "Ġhello", "Ġ", "Ċ", "##ing", "ing</w>", "</w>", "|", "||", "<0x41>", "<0xE2>",
          "<0x96>", "<0x81>", "<0xF0>", "<0x9F>", "<0xff>", "<0x+F>", "<0xZZ>", "Ø", "§", "Ù", "Ħ", "ð", "Ł", "ĺ", "í", "ł", "سلام", "▁سلام", " .",
          ".", "n't", "'s", "do not", "'", "?", " ' ", "do", "not", " do not", "", "é", "\u0301", " ", "  ", "aab", "_a_"]


def main():
    assert tokenizers.__version__ == "0.22.2" and transformers.__version__ == "5.3.0"
    texts = [*TEXTS.values(), *WORDS, *MARKS, *RULES, *("a" + s + "b" for s in RULES), *random_texts(300)]
    out = {"reference": "tokenizers 0.22.2, transformers 5.3.0, sentencepiece 0.2.3", "texts": texts, "folders": {}, "normalizers": {},
           "tokens": TOKENS, "lists": lists_of(300, len(TOKENS), 1), "decoders": {}}
    charsmap = None
    for name, (model, files) in folders().items():
        t = load(name, model, files)
        lists = lists_of(200, t.get_vocab_size(), 2)
        out["folders"][name] = {"model": model, "files": files, "json": without_vocabulary(t), "lists": lists, "decoded": decoded(t, lists),
                                "rows": [crc([row_text(t.encode(x))]) for x in texts]}
        if name == "plain_unigram":
            charsmap = t.normalizer[0].__getstate__()
    import base64
    charsmap = base64.b64decode(json.loads(charsmap)["precompiled_charsmap"])
    for name, n in normalizer_cases(charsmap).items():
        state = json.loads(n.__getstate__())
        # a token for each character, so that rows show what stands for what
        t = Tokenizer(models.WordLevel({"?": 0}, unk_token="?"))
        t.normalizer = n
        t.pre_tokenizer = pre_tokenizers.FixedLength(1)
        everything = [chr(c) for c in range(0x110000) if not 0xD800 <= c < 0xE000][:0x3100:7]
        out["normalizers"][name] = {"json": state, "normalized": crc(map(n.normalize_str, texts)),
                                    "rows": crc(row_text(t.encode(x)) for x in texts),
                                    "characters": crc(n.normalize_str("a" + c + "b") for c in everything)}
    for name, d in decoder_cases().items():
        t = Tokenizer(models.WordLevel({x: i for i, x in enumerate(TOKENS)}, unk_token="a"))
        if d is not None:
            t.decoder = d
        t.add_special_tokens(["<pad>", "</s>", "<new>"])
        out["decoders"][name] = {"json": json.loads(t.to_str())["decoder"], "decoded": decoded(t, out["lists"])}
    with open(os.path.join(HERE, "cases.json"), "w", encoding="utf-8") as f:
        json.dump(out, f, ensure_ascii=False, separators=(",", ":"))
        f.write("\n")


if __name__ == "__main__":
    main()
