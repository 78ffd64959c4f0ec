#!/usr/bin/env python3
"""Writes classes.json: what the reference saves for a folder of each tokenizer class, in the forms that its versions wrote settings.

    pip install tokenizers==0.22.2 transformers==5.3.0 sentencepiece==0.2.3 protobuf
    python3 tests/data/tokenizers/sentencepiece/make_classes.py

A folder names the vocabulary files and the model it shares with others.
"""
import json
import os
import random
import tempfile

import tokenizers
import transformers
from make_cases import HERE, MARKS, WORDS, byte_bpe, crc, decoded, lists_of, row_text
from tokenizers import Tokenizer
from transformers import AutoTokenizer

SPECIALS = ["<mask>", "[MASK]", "<s>", "</s>", "<|endoftext|>", "[CLS]", "<new>", "en_XX", "``", "''", "I'm", "1,", "۱۲۳", "▁", "  ", "\n"]


def suffix_bpe():
    alphabet = sorted(tokenizers.pre_tokenizers.ByteLevel.alphabet())
    merges = [("t", "h"), ("th", "e</w>"), ("l", "i"), ("r", "e"), ("Ø", "§</w>")]
    tokens = [*alphabet, *(c + "</w>" for c in alphabet), *("".join(m) for m in merges), "<|startoftext|>", "<|endoftext|>", "<unk>", "<s>", "</s>"]
    return {"vocab.json": json.dumps({t: i for i, t in enumerate(tokens)}, ensure_ascii=False),
            "merges.txt": "#version: 0.2\n" + "".join(" ".join(m) + "\n" for m in merges)}


def words():
    letters = sorted(set("".join(WORDS).lower()))
    lines = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "<unk>", "<s>", "</s>", ".", *letters, *("##" + c for c in letters), "کتاب", "the", "##خانه"]
    return {"vocab.txt": "\n".join(dict.fromkeys(lines)) + "\n"}


def token(content, **flags):
    return {"content": content, "lstrip": False, "normalized": False, "rstrip": False, "single_word": False, **flags}


def typed(content, **flags):
    return {"__type": "AddedToken", **token(content, **flags)}


def decoder(*tokens):
    return {"added_tokens_decoder": {str(900 + i): token(t, special=True, lstrip=i == 1) for i, t in enumerate(tokens)}}


def folder(vocabulary, settings=None, model=None, **files):
    """A folder: which vocabulary, tokenizer_config.json, the name of its model, and further files by their stem."""
    if settings is not None:
        files["tokenizer_config"] = settings
    return {"vocabulary": vocabulary, "model": model, "files": {f"{stem}.json": json.dumps(file, ensure_ascii=False) for stem, file in files.items()}}


def whisper():
    """As OpenAI's repos: special tokens behind the vocabulary, in three files."""
    specials = ["<|startoftranscript|>", "<|en|>", "<|translate|>", "<|transcribe|>", "<|startofprev|>", "<|notimestamps|>"]
    added = {t: 330 + i for i, t in enumerate([*specials, *(f"<|{i * 0.02:.2f}|>" for i in range(4))])}
    map_ = {"bos_token": token("<|endoftext|>"), "eos_token": token("<|endoftext|>"), "additional_special_tokens": ["<|endoftext|>", *specials]}
    old = {"tokenizer_class": "WhisperTokenizer", "bos_token": typed("<|endoftext|>", normalized=True), "pad_token": None, "errors": "replace"}
    return {
        "whisper": folder("bytes", old, added_tokens=added, special_tokens_map=map_),
        "whisper_prompt": folder("bytes", {**old, "language": "English", "task": "translate", "predict_timestamps": True}, added_tokens=added),
        "whisper_decoder": folder("bytes", {**old, "task": "transcribe", "additional_special_tokens": specials, "added_tokens_decoder": {
            str(i): token(t, special=True) for t, i in added.items()}}),
        "whisper_type": folder("bytes", config={"model_type": "whisper"}, added_tokens=added),
    }


def named(name, **config):
    return {"tokenizer_class": name, **config}


def folders():
    new = {"additional_special_tokens": ["<new>"]}
    row = {"cls_token": "<s>", "sep_token": "</s>"}  # ALBERT needs tokens of the vocabulary
    return {
        **whisper(),
        "albert": folder("unigram", named("AlbertTokenizer", remove_space=True, **row), "spiece.model"),
        "albert_persian": folder("unigram", named("AlbertTokenizerFast", keep_accents=True, do_lower_case=False, mask_token=typed("[MASK]", lstrip=True), **row),
                                 "spiece.model", special_tokens_map={"mask_token": token("[MASK]", lstrip=True)}),
        "albert_rows": folder("unigram", named("AlbertTokenizer", add_bos_token=True, **row), "spiece.model"),
        "barthez": folder("unigram", named("BarthezTokenizer", add_eos_token=True), "sentencepiece.bpe.model"),
        "big_bird": folder("unigram", named("BigBirdTokenizer", sep_token=typed("[SEP]", normalized=True)), "spiece.model"),
        "camembert": folder("unigram", named("CamembertTokenizer", pad_token=None), "sentencepiece.bpe.model"),
        "camembert_added": folder("unigram", named("CamembertTokenizer", **new), "sentencepiece.bpe.model", added_tokens={"<new>": 93, "کتاب": 94}),
        "deberta_v2": folder("unigram", named("DebertaV2Tokenizer", vocab_type="spm", split_by_punct=True, do_lower_case=True), "spm.model"),
        "rembert": folder("unigram", named("RemBertTokenizer"), "sentencepiece.model", special_tokens_map={"mask_token": token("[MASK]", lstrip=True)}),
        "udop": folder("unigram", named("UdopTokenizer"), "spiece.model"),
        "xlnet": folder("unigram", named("XLNetTokenizer", do_lower_case=True), "spiece.model"),
        "t5_null": folder("unigram", named("T5Tokenizer", extra_ids=2, additional_special_tokens=None), "spiece.model"),
        "layoutxlm": folder("unigram", named("LayoutXLMTokenizer"), "sentencepiece.bpe.model"),
        "xlm_roberta_old": folder("unigram", named("XLMRobertaTokenizer", **decoder("<s>", "<mask>")), "sentencepiece.bpe.model"),
        "mbart": folder("unigram", named("MBartTokenizer", src_lang="fr_XX", tgt_lang="en_XX"), "sentencepiece.bpe.model"),
        "mbart50": folder("unigram", {"src_lang": "fa_IR"}, "sentencepiece.bpe.model",
                          config={"model_type": "mbart", "tokenizer_class": "MBart50TokenizerFast"}),
        "nllb": folder("bpe", named("NllbTokenizer", **{"src_lang": "fra_Latn", "extra_special_tokens": ["eng_Latn", "fra_Latn"]}), "sentencepiece.bpe.model"),
        "nllb_legacy": folder("bpe", named("NllbTokenizer", legacy_behaviour=True, **decoder("eng_Latn", "<mask>")), "sentencepiece.bpe.model"),
        "seamless": folder("bpe", named("SeamlessM4TTokenizer", tgt_lang="eng", extra_special_tokens=["__eng__"]), "sentencepiece.bpe.model"),
        "code_llama": folder("bpe", named("CodeLlamaTokenizer", add_eos_token=True), "tokenizer.model"),
        "llama_type": folder("bpe", model="tokenizer.model", config={"model_type": "llama"}),
        "gemma": folder("bpe", named("GemmaTokenizer", add_bos_token=True, **new), "tokenizer.model"),
        "reformer": folder("bpe", named("ReformerTokenizer"), "spiece.model", special_tokens_map={"eos_token": token("</s>", normalized=True)}),
        "clip": folder("suffixes", named("CLIPTokenizer", pad_token="<|endoftext|>", do_lower_case=True)),
        "herbert": folder("suffixes", named("HerbertTokenizer")),
        "openai_gpt": folder("suffixes", named("OpenAIGPTTokenizer", bos_token="<s>", add_bos_token=True)),
        "blenderbot": folder("bytes", named("BlenderbotTokenizer")),
        "codegen": folder("bytes", named("CodeGenTokenizer", pad_token="<pad>")),
        "cohere": folder("bytes", named("CohereTokenizer"), special_tokens_map={"bos_token": token("<BOS_TOKEN>", normalized=True)}),
        "cohere_decoder": folder("bytes", named("CohereTokenizer", mask_token="<MASK_TOKEN>", **decoder("<PAD>", "<MASK_TOKEN>"))),
        "deberta": folder("bytes", named("DebertaTokenizer", do_lower_case=False, vocab_type="gpt2")),
        "gpt_neox": folder("bytes", named("GPTNeoXTokenizer", trim_offsets=False, image_token="<image>", extra_special_tokens={"audio_token": "<audio>"})),
        "layoutlmv3": folder("bytes", named("LayoutLMv3Tokenizer")),
        "led": folder("bytes", named("LEDTokenizer", mask_token=typed("<mask>", lstrip=True)), added_tokens={"<new>": 330},
                      special_tokens_map={"mask_token": token("<mask>", lstrip=True), "additional_special_tokens": ["<new>"]}),
        "qwen2": folder("bytes", named("Qwen2Tokenizer", bos_token=None, eos_token="<|im_end|>", **decoder("<|endoftext|>", "<|im_start|>", "<|im_end|>"))),
        "dpr": folder("words", named("DPRQuestionEncoderTokenizer", do_lower_case=False)),
        "funnel": folder("words", named("FunnelTokenizer", clean_text=False)),
        "layoutlm": folder("words", named("LayoutLMTokenizer", mask_token=None), added_tokens={"<new>": 500, "[NEW]": 499},
                           special_tokens_map={"additional_special_tokens": ["<new>"]}),
        "mpnet": folder("words", named("MPNetTokenizer", unk_token="[UNK]", pad_token="[PAD]")),
        "splinter": folder("words", named("SplinterTokenizer")),
    }


def load(case, vocabularies):
    with tempfile.TemporaryDirectory() as where:
        for name, text in {**vocabularies.get(case["vocabulary"], {}), **case["files"]}.items():
            with open(os.path.join(where, name), "w", encoding="utf-8", newline="") as f:
                f.write(text)
        if case["model"]:
            with open(os.path.join(HERE, case["vocabulary"] + ".model"), "rb") as f, open(os.path.join(where, case["model"]), "wb") as out:
                out.write(f.read())
        t = AutoTokenizer.from_pretrained(where)._tokenizer
        t.no_padding()
        t.no_truncation()
        return Tokenizer.from_str(t.to_str())  # as it is saved, not what adding a token twice left in memory


def vocabulary_of(model):
    """The tokens by id and the merges, a line each."""
    vocab = model["vocab"]
    tokens = sorted(vocab, key=vocab.get) if isinstance(vocab, dict) else [token for token, _ in vocab]
    return [*tokens, *(" ".join(m) for m in model.get("merges", []))]


def main():
    assert tokenizers.__version__ == "0.22.2" and transformers.__version__ == "5.3.0"
    rng = random.Random(3)
    texts = [*WORDS, *MARKS, *(" ".join(rng.choices(WORDS + MARKS + SPECIALS, k=rng.randrange(1, 9))) for _ in range(120))]
    texts += [t.replace(" ", "") for t in texts[-40:]]
    vocabularies = {"bytes": byte_bpe(), "suffixes": suffix_bpe(), "words": words()}
    out = {"reference": "tokenizers 0.22.2, transformers 5.3.0, sentencepiece 0.2.3", "texts": texts, "lists": lists_of(80, 560, 4),
           "vocabularies": vocabularies, "folders": {}}
    for name, case in folders().items():
        t = load(case, vocabularies)
        saved = json.loads(t.to_str())
        out["folders"][name] = {**case, "vocabulary_crc": crc(vocabulary_of(saved["model"])), "json": saved,
                                "rows": crc(row_text(t.encode(x)) for x in texts), "decoded": decoded(t, out["lists"])}
        for part in ("vocab", "merges"):
            saved["model"].pop(part, None)
    with open(os.path.join(HERE, "classes.json"), "w", encoding="utf-8") as f:
        json.dump(out, f, ensure_ascii=False, separators=(",", ":"))
        f.write("\n")


if __name__ == "__main__":
    main()
