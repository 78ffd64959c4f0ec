#!/usr/bin/env python3
"""Writes persian.json: what Hazm's Normalizer makes of texts, switch by switch.

    pip download --no-deps hazm==0.10.0 && tar xf hazm-0.10.0.tar.gz
    python3 tests/data/text/make_persian.py hazm-0.10.0/hazm

    python3 tests/data/text/make_persian.py hazm-0.10.0/hazm --compare build/bin/hezar LINES.txt
prints how many of the lines `hezar normalize` turns into what Hazm does, and where they differ.

Only Hazm's normalizer is loaded, so its other dependencies need not be installed.
"""
import importlib
import json
import pathlib
import random
import subprocess
import sys
import types

HERE = pathlib.Path(__file__).parent
SWITCHES = ["correct_spacing", "remove_diacritics", "remove_specials_chars", "decrease_repeated_chars", "persian_style",
            "persian_numbers", "unicodes_replacement", "seperate_mi"]
AS_HAZM = {"keep_whole": False, "nfkd": False, "nfkc": False}
TEXTS = [
    "", " ", "سَلامِ خووووب کَرد : « زمین لرزه ای به بُزرگیِ 6 دهم ریشتر ...»", "سلام   دنیا", "به طول ۹متر و عرض۶",
    "کاروان‌‌سرا", "‌سلام‌ به ‌همه‌", "سلام دنیـــا", "جمعهها که کار نمی کنم مطالعه می کنم", ' "سلام به همه"   ',
    "حَذفِ اِعراب", "پیامبر اکرم ﷺ", "سلامممم به همه", "سلامم را برسان", '"نرمال‌سازی"', "و ...", "10.450", "5 درصد",
    "نمیدانم چه میگفت", "میز", "كتابهاي علي", "قیمت 25% کم شد", "(گفته ام)", "خانه ی ما", "﷽", "۱۲۳٤٥٦", "ده ﷼", "بزرگ ترین شهر ها",
    "او می رود و نمی آید.", "گفته اند: «برو»", "چرا؟!نمیدانم", "در[متن]بود", "ﺳﻼﻡ", "خیییلی خوووب", "www.example.ir", "a b",
    "نسخه 0.5 در ساعت 22:00 تهران،1396.", "ماه می سال جدید", "😀سلام", "ۀ ؤ أ ئ", "یک\tدو", "قرآن ۖ کریم",
]
PARTS = ["می", "نمی", "ها", "های", "تر", "ترین", "گری", "ام", "اند", "ی", "ای", "کتاب", "خانه", "ه", "رود", "گفته", "زمین",
         "لرزه", "میروم", "سلاممم", "a", "12", "۱۲", ".", ":", "...", "!", "؟", "،", "«", "»", "(", ")", "\"", " ", " ", " ",
         "  ", "\u200c", "ـ", "\u064e", "ي", "ك", "ﻻ", "﷼", "\u0654", "%", "/", "+", "😀"]


def load_hazm(folder):
    hazm = types.ModuleType("hazm")
    hazm.__path__ = [str(folder)]
    sys.modules["hazm"] = hazm
    for name, member in (("flashtext", "KeywordProcessor"), ("nltk.tokenize.api", "TokenizerI"),
                         ("nltk.stem.api", "StemmerI")):
        parts = name.split(".")
        for i in range(len(parts)):
            sys.modules.setdefault(".".join(parts[:i + 1]), types.ModuleType(name))
        setattr(sys.modules[name], member, object)
    for part in ("utils", "stemmer", "word_tokenizer", "lemmatizer", "normalizer"):
        vars(hazm).update({k: v for k, v in vars(importlib.import_module("hazm." + part)).items() if k[0] != "_"})
    return hazm


def normalizer(hazm, on):
    made = hazm.Normalizer(**{switch: switch in on for switch in SWITCHES})
    made.verbs = hazm.Lemmatizer(joined_verb_parts=False).verbs  # correct_spacing forgets them without seperate_mi
    return made


def write_cases(hazm):
    random.seed(7)
    inputs = TEXTS + ["".join(random.choices(PARTS, k=random.randint(2, 10))) for _ in range(160)]
    cases = []
    for on in [[switch] for switch in SWITCHES] + [SWITCHES]:
        made = normalizer(hazm, on)
        config = {"persian": True} if len(on) > 1 else {"unify_characters": True, on[0]: True}
        cases.append({"config": config | AS_HAZM, "outputs": [made.normalize(text) for text in inputs]})
    data = {"hazm": "0.10.0", "inputs": inputs, "cases": cases}
    (HERE / "persian.json").write_text(json.dumps(data, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")


def compare(hazm, binary, file):
    lines = pathlib.Path(file).read_text(encoding="utf-8").replace("\r", "").splitlines()
    sets = [part for key, value in AS_HAZM.items() for part in ("--set", f"{key}={json.dumps(value)}")]
    done = subprocess.run([binary, "normalize", "text_normalizer", "--set", "persian=true", *sets, "--input", "-"],
                          input="\n".join(lines) + "\n", capture_output=True, text=True, check=True)
    made, equal = normalizer(hazm, SWITCHES), 0
    for line, got in zip(lines, done.stdout.split("\n")):
        want = made.normalize(line)
        equal += want == got
        if want != got:
            print(f"hazm:  {want}\nhezar: {got}\n")
    print(f"{equal} of {len(lines)} equal")


if __name__ == "__main__":
    loaded = load_hazm(pathlib.Path(sys.argv[1]))
    if sys.argv[2:3] == ["--compare"]:
        compare(loaded, sys.argv[3], sys.argv[4])
    else:
        write_cases(loaded)
