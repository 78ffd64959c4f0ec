#!/usr/bin/env python3
"""Writes normalized.json: what the reference's normalizers (tokenizers==0.22.2) give, as Hezar's text_normalizer calls them.

    python3 tests/data/text/make_normalized.py
"""
import json
import os

import tokenizers
from tokenizers import Regex
from tokenizers import normalizers as N

TEXTS = [
    "هزار بهترین کتابخانه هوش مصنوعی فارسی است.", "او می‌خواهد خانه‌های بزرگ‌تری بسازد", "كتاب علي يك كاغذ ـــ مُحَمَّد",
    "سال ۱۴۰۲ و 2023 با ١٢٣ تفاوت دارند", "ﷺ ﻻ ﮐﺘﺎﺏ ﬁ Å ½ ①", "  hello   world \t\n test ", "", "😀👍🏽 👨‍👩‍👧", "e\u0301\u0323 \u0301",
    "!!! ؟؟ ... سلام،،", "漢字 ㍿ ｱ",
]
PATTERNS = [
    [], [[" {2,}", " "]], [["[\u064b-\u0652]", ""], ["ك", "ک"], ["[يى]", "ی"]], [["([!؟.،])\\1+", "<\\1>"]], [["(?<=س)ا", "آ"], ["^", "> "]],
    [["\\p{Arabic}+", "P"], ["\\s+$", ""]], [["x*", "-"]], [["(?i)HELLO", "$0"]],
]


def main():
    assert tokenizers.__version__ == "0.22.2"
    out = []
    for patterns in PATTERNS:
        for nfkd, nfkc in ((True, True), (True, False), (False, True), (False, False)):
            parts = [N.NFKD()] * nfkd + [N.NFKC()] * nfkc
            texts = list(TEXTS)
            for part in parts + [N.Replace(Regex(p), r) for p, r in patterns]:
                texts = [part.normalize_str(t) for t in texts]
            out.append({"patterns": patterns, "nfkd": nfkd, "nfkc": nfkc, "outputs": texts})
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "normalized.json")
    with open(path, "w", encoding="utf-8") as f:
        json.dump({"reference": "tokenizers 0.22.2", "inputs": TEXTS, "cases": out}, f, ensure_ascii=False, indent=0)
        f.write("\n")


if __name__ == "__main__":
    main()
