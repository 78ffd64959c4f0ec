#!/usr/bin/env python3
"""Writes whisper_300.json, a small Whisper tokenizer, and whisper_expected.json, what transformers' tokenizer gives of it.

    python3 tests/data/tokenizers/make_whisper.py        # tokenizers==0.22.2, transformers>=5

The reference's own wrapper fails where times are asked for; it was written after the one of transformers, which works.
"""
import json
import pathlib
import random

import numpy
from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers, processors, trainers
from transformers import WhisperTokenizerFast
from transformers.models.whisper.tokenization_whisper import LANGUAGES

HERE = pathlib.Path(__file__).parent
CORPUS = ["هزار بهترین کتابخانه هوش مصنوعی فارسی است", "این یک متن کوتاه است", "hello world of speech", "سلام دنیا، خوبی؟"] * 5
STEP, STEPS = 0.02, 101


def special_tokens():
    names = ["startoftranscript", *list(LANGUAGES)[:99], "translate", "transcribe", "startoflm", "startofprev", "nocaptions",
             "notimestamps"]
    return ["<|endoftext|>", "<|endoftext|>", *(f"<|{name}|>" for name in names)]


def make_tokenizer():
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.post_processor = processors.ByteLevel(trim_offsets=False)
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(vocab_size=300, initial_alphabet=sorted(pre_tokenizers.ByteLevel.alphabet()),
                                  show_progress=False)
    tokenizer.train_from_iterator(CORPUS, trainer)
    tokenizer.add_special_tokens([AddedToken(t, normalized=False) for t in dict.fromkeys(special_tokens())])
    tokenizer.add_tokens([AddedToken(f"<|{i * STEP:.2f}|>", normalized=False) for i in range(STEPS)])
    file = HERE / "whisper_300.json"
    tokenizer.save(str(file), pretty=False)
    return file


def load(file):
    return WhisperTokenizerFast(tokenizer_file=str(file), bos_token="<|startoftranscript|>", eos_token="<|endoftext|>",
                                unk_token="<|endoftext|>", pad_token="<|endoftext|>",
                                additional_special_tokens=list(dict.fromkeys(special_tokens())))


def random_words(tokenizer, count):
    return [i for word in random.choices(" ".join(CORPUS).split(), k=count) for i in tokenizer.encode(" " + word,
            add_special_tokens=False)]


def decode_cases(tokenizer, begin):
    cases = []
    for _ in range(40):
        ids = tokenizer.convert_tokens_to_ids(["<|startoftranscript|>", "<|fa|>", "<|transcribe|>"])
        time = begin
        for _ in range(random.randint(0, 4)):
            end = min(time + random.randint(1, 20), begin + STEPS - 1)
            ids += [time, *random_words(tokenizer, random.randint(0, 3)), end]
            time = end
        ids += random_words(tokenizer, random.randint(0, 2)) + [tokenizer.eos_token_id]
        if random.random() < 0.3:
            ids = tokenizer.get_prompt_ids("متن کوتاه").tolist() + ids
        cases.append({"ids": ids, "plain": tokenizer.decode(ids), "skip": tokenizer.decode(ids, skip_special_tokens=True),
                      "times": tokenizer.decode(ids, decode_with_timestamps=True),
                      "offsets": [[o["text"], *o["timestamp"]] for o in
                                  tokenizer.decode(ids, output_offsets=True)["offsets"]]})
    return cases


def asr_output(tokenizer, begin, with_times, stride, before):
    start = tokenizer.convert_tokens_to_ids(["<|startoftranscript|>", random.choice(["<|fa|>", "<|fa|>", "<|en|>"]),
                                             "<|transcribe|>"])
    words = before[-6:] * stride + random_words(tokenizer, random.randint(1, 5))
    if not with_times:
        return start + words, words
    ids, time = [], begin
    for i in range(0, len(words), 5):
        end = min(time + random.randint(1, 40), begin + STEPS - 1)
        ids += [time, *words[i:i + 5], end]
        time = end
    return start + ids, words


def asr_cases(tokenizer, begin):
    cases = []
    for _ in range(120):
        with_times, stride, outputs, words = random.random() < 0.6, random.random() < 0.7, [], []
        for _ in range(random.randint(1, 4)):
            ids, words = asr_output(tokenizer, begin, with_times, stride, words)
            output = {"ids": ids}
            if stride:
                output["stride"] = [2.0, 0.4 if outputs else 0.0, 0.4]
            outputs.append(output)
        given = [{"tokens": numpy.array([o["ids"]])} | ({"stride": tuple(o["stride"])} if stride else {}) for o in outputs]
        text, optional = tokenizer._decode_asr(given, return_timestamps=with_times, return_language=True, time_precision=STEP)
        cases.append({"outputs": outputs, "times": with_times, "text": text,
                      "chunks": [[c["text"], c["language"], *c.get("timestamp", (None, None))] for c in optional["chunks"]]})
    return cases


def prefix_cases(tokenizer):
    cases = []
    for language, task, times in [("persian", "transcribe", False), ("fa", "translate", True), (None, None, False),
                                  ("Castilian", "transcribe", True), ("haw", None, False)]:
        tokenizer.language, tokenizer.task = None, None
        tokenizer.set_prefix_tokens(language=language.lower() if language else None, task=task, predict_timestamps=times)
        cases.append({"language": language, "task": task, "times": times, "prefix": tokenizer.prefix_tokens,
                      "ids": tokenizer("سلام دنیا")["input_ids"]})
    return cases


def main():
    random.seed(4)
    tokenizer = load(make_tokenizer())
    begin = tokenizer.convert_tokens_to_ids("<|notimestamps|>") + 1
    out = {"decode": decode_cases(tokenizer, begin), "asr": asr_cases(tokenizer, begin), "prefix": prefix_cases(tokenizer),
           "prompt": [["سلام ", tokenizer.get_prompt_ids("سلام ").tolist()]]}
    (HERE / "whisper_expected.json").write_text(json.dumps(out, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
