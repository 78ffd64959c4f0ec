#!/usr/bin/env python3
"""Writes expected.json: what the reference's trainers (tokenizers==0.22.2) make of corpus.txt.

    python3 tests/data/tokenizers/training/make_expected.py

corpus.txt is frozen: the texts of demo/data/test.tsv and the lines of LICENSE. Of BPE, whose training is reproducible,
vocabulary and merges are kept. WordPiece and Unigram come out differently from run to run, so of them only the number of
tokens for the lines that are held out (every tenth) is kept, the smallest of several runs.
"""
import json
import os

from tokenizers import Tokenizer, trainers

HERE = os.path.dirname(os.path.abspath(__file__))
CORPUS = os.path.join(HERE, "corpus.txt")
RUNS = 5

BERT = {"type": "BertNormalizer", "clean_text": True, "handle_chinese_chars": True, "strip_accents": None, "lowercase": True}
BERT_WORDS = {"type": "BertPreTokenizer"}
WORDS = {"type": "Whitespace"}
BLANKS = {"type": "WhitespaceSplit"}

BPE = {
    "type": "BPE", "dropout": None, "unk_token": None, "continuing_subword_prefix": None, "end_of_word_suffix": None,
    "fuse_unk": False, "byte_fallback": False, "ignore_merges": False, "vocab": {}, "merges": [],
}
WORDPIECE = {
    "type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##", "max_input_chars_per_word": 100,
    "vocab": {},
}
UNIGRAM = {"type": "Unigram", "unk_id": 0, "vocab": [["<unk>", 0.0]], "byte_fallback": False}
BERT_TOKENS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]

# name: model, normalizer, pre-tokenizer, options of the trainer
BPE_CASES = {
    "words": (BPE, None, WORDS, {"vocab_size": 400}),
    "bert": (BPE, BERT, BERT_WORDS, {"vocab_size": 600, "min_frequency": 2, "special_tokens": ["<s>", "<pad>", "</s>"]}),
    "no_more_pairs": (BPE, None, BLANKS, {"vocab_size": 30000, "min_frequency": 20}),
    "tokens_that_are_special": (BPE, None, WORDS, {"vocab_size": 300, "special_tokens": ["the", "است", "a", "the"]}),
    "initial_alphabet": (BPE, None, WORDS, {"vocab_size": 250, "initial_alphabet": ["€", "xyz"], "limit_alphabet": 90}),
    "short_tokens": (BPE, None, BLANKS, {"vocab_size": 500, "max_token_length": 4}),
    "lines": (BPE, None, None, {"vocab_size": 300}),
    "full": (BPE, None, WORDS, {"vocab_size": 50}),
}
COUNTED_CASES = {
    "wordpiece": (WORDPIECE, BERT, BERT_WORDS, {"vocab_size": 600, "special_tokens": BERT_TOKENS}),
    "wordpiece_frequent": (WORDPIECE, BERT, BERT_WORDS, {"vocab_size": 5000, "min_frequency": 3, "special_tokens": BERT_TOKENS}),
    "unigram": (UNIGRAM, BERT, BERT_WORDS, {"vocab_size": 600, "special_tokens": ["<s>", "<unk>"], "unk_token": "<unk>"}),
    "unigram_all_seeds": (UNIGRAM, None, BLANKS, {"vocab_size": 3000, "unk_token": "<unk>"}),
}


def tokenizer(model, normalizer, pre_tokenizer):
    return {
        "version": "1.0", "truncation": None, "padding": None, "added_tokens": [], "normalizer": normalizer,
        "pre_tokenizer": pre_tokenizer, "post_processor": None, "decoder": None, "model": model,
    }


def trained(case, texts=None):
    model, normalizer, pre_tokenizer, options = case
    trainer = {"BPE": trainers.BpeTrainer, "WordPiece": trainers.WordPieceTrainer, "Unigram": trainers.UnigramTrainer}
    out = Tokenizer.from_str(json.dumps(tokenizer(model, normalizer, pre_tokenizer)))
    learner = trainer[model["type"]](show_progress=False, **options)
    if texts is None:
        out.train([CORPUS], learner)
    else:
        out.train_from_iterator(texts, learner)
    return out


def described(case):
    return {"tokenizer": tokenizer(*case[:3]), "options": case[3]}


def main():
    expected = {"bpe": {}, "counted": {}}
    for name, case in BPE_CASES.items():
        model = json.loads(trained(case).to_str())["model"]
        vocab = sorted(model["vocab"], key=model["vocab"].get)
        expected["bpe"][name] = described(case) | {"vocab": vocab, "merges": model["merges"]}
    with open(CORPUS, encoding="utf-8") as file:
        lines = file.read().splitlines()
    held_out = lines[::10]
    learnt_from = [line for i, line in enumerate(lines) if i % 10]
    for name, case in COUNTED_CASES.items():
        tokens = min(sum(len(row.ids) for row in trained(case, learnt_from).encode_batch(held_out)) for _ in range(RUNS))
        expected["counted"][name] = described(case) | {"tokens": tokens}
    with open(os.path.join(HERE, "expected.json"), "w", encoding="utf-8") as file:
        json.dump(expected, file, ensure_ascii=False, separators=(",", ":"))
        file.write("\n")


if __name__ == "__main__":
    main()
