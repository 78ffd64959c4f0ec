#!/usr/bin/env python3
"""Trains unigram.model and bpe.model with sentencepiece==0.2.3, once: they are data, not output.

Their table of replacements is a small one of their own, as the usual ones have 240 kB.
"""
import io
import itertools
import os
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
WORDS = ("کتاب خانه می‌خواهد بزرگ‌تر زبان فارسی سلام دنیا هوش مصنوعی the library of a Persian house learns to read "
         "and write 2023 ۱۴۰۲ café naïve (test) a.b,c! «نقل»").split()
RULES = {"\u0643": "\u06a9", "\u064a": "\u06cc", "\u0649": "\u06cc", "\u200c": " ", "\u00a0": " ", "\u3000": " ", "\t": " ",
         "\r": " ", "\n": " ", "\u0007": "", "\u00ad": "", "\ufb01": "fi", "\u33a2": "km2", "e\u0301": "é", "\u0622": "\u0627\u0653",
         "A": "a", "\u2460": "1", "\u1e9b\u0323": "ṩ", "\uac00": "\u1100\u1161", "\u00bd": "1/2", "\U0001f600": ":)"}


def train(name, **options):
    import sentencepiece

    sentences = [" ".join(p) for p in itertools.islice(itertools.permutations(WORDS, 3), 0, 30000, 31)]
    model = io.BytesIO()
    with tempfile.NamedTemporaryFile("w", suffix=".tsv", encoding="utf-8") as rules:
        for source, target in RULES.items():
            rules.write("\t".join(" ".join(f"{ord(c):04X}" for c in s) for s in (source, target)) + "\n")
        rules.flush()
        sentencepiece.SentencePieceTrainer.train(
            sentence_iterator=iter(sentences), model_writer=model, normalization_rule_tsv=rules.name,
            hard_vocab_limit=False, minloglevel=2, **options)
    with open(os.path.join(HERE, name), "wb") as file:
        file.write(model.getvalue())
    print(name, len(model.getvalue()))


if __name__ == "__main__":
    train("unigram.model", vocab_size=150, user_defined_symbols=["<sep>"])
    train("bpe.model", vocab_size=420, model_type="bpe", byte_fallback=True)
