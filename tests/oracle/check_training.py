"""Compares the trainers with the reference's (tokenizers==0.22.2), in results and in time.

    python3 tests/oracle/check_training.py BUILD_DIR/oracle/training_oracle [--only WORD] [--threads N]
            [--persian FILE] [--english FILE] [--megabytes N] [--work FOLDER]

BPE: the same merges in the same order, and the same ids. WordPiece and Unigram, whose reference is not reproducible: the
number of tokens that text which was not learnt from needs, against at most 1.005 of the reference's. All: the
tokenizer.json loads in the reference, which gives the same ids. Ends with 1 where one of these does not hold.
"""

import argparse
import json
import os
import pathlib
import subprocess
import sys
import time

BERT = {"type": "BertNormalizer", "clean_text": True, "handle_chinese_chars": True, "strip_accents": None, "lowercase": True}
BERT_WORDS = {"type": "BertPreTokenizer"}
BYTES = {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True, "use_regex": True}
SPACES = {"type": "Metaspace", "replacement": "▁", "prepend_scheme": "always", "split": True}

BPE = {
    "type": "BPE", "dropout": None, "unk_token": None, "continuing_subword_prefix": None, "end_of_word_suffix": None,
    "fuse_unk": False, "byte_fallback": False, "ignore_merges": False, "vocab": {}, "merges": [],
}
WORDPIECE = {
    "type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##", "max_input_chars_per_word": 100,
    "vocab": {},
}
UNIGRAM = {"type": "Unigram", "unk_id": 0, "vocab": [["<unk>", 0.0]], "byte_fallback": False}

SPECIAL = ["<s>", "<pad>", "</s>", "<unk>"]
BERT_SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
MOST_TOKENS = 1.005

# name, model, normalizer, pre-tokenizer, options
CASES = [
    ("BPE bytes", BPE, None, BYTES, {"vocab_size": 30000, "min_frequency": 2, "special_tokens": SPECIAL}),
    ("BPE spaces", BPE, None, SPACES, {"vocab_size": 20000, "min_frequency": 2, "special_tokens": SPECIAL}),
    ("BPE few characters", BPE, BERT, BERT_WORDS, {"vocab_size": 8000, "initial_alphabet": ["€"], "max_token_length": 6}),
    ("WordPiece", WORDPIECE, BERT, BERT_WORDS,
     {"vocab_size": 30000, "min_frequency": 2, "limit_alphabet": 1000, "special_tokens": BERT_SPECIAL}),
    ("Unigram", UNIGRAM, None, SPACES, {"vocab_size": 8000, "special_tokens": SPECIAL, "unk_token": "<unk>"}),
    ("Unigram words", UNIGRAM, BERT, BERT_WORDS, {"vocab_size": 32000, "special_tokens": SPECIAL, "unk_token": "<unk>"}),
]


def read_lines(path, make, size):
    """Lines of `size` bytes, and as many more as a twentieth of them to try on."""
    lines = pathlib.Path(path).read_text(encoding="utf-8").splitlines() if path else make(int(size * 1.1))
    learnt, held_out, total = [], [], 0
    for i, line in enumerate(lines):
        total += len(line.encode()) + 1
        if total > size * 1.05:
            break
        (held_out if i % 20 == 0 else learnt).append(line)
    return learnt, held_out


def reference(request):
    import tokenizers
    from tokenizers import trainers

    out = tokenizers.Tokenizer.from_str(json.dumps(request["tokenizer"]))
    kinds = {"BPE": trainers.BpeTrainer, "WordPiece": trainers.WordPieceTrainer, "Unigram": trainers.UnigramTrainer}
    trainer = kinds[request["tokenizer"]["model"]["type"]](show_progress=False, **request["options"])
    start = time.perf_counter()
    out.train(request["files"], trainer)
    return out, time.perf_counter() - start


def run(program, request, work):
    """What the program under test learns, its ids of the texts, and how many seconds it learnt."""
    (work / "request.json").write_text(json.dumps(request), encoding="utf-8")
    subprocess.run([program, work / "request.json", work / "answer.json"], check=True)
    return json.loads((work / "answer.json").read_text(encoding="utf-8"))


def request_of(case, corpus, threads, texts):
    _, model, normalizer, pre_tokenizer, options = case
    tokenizer = {
        "version": "1.0", "truncation": None, "padding": None, "added_tokens": [], "normalizer": normalizer,
        "pre_tokenizer": pre_tokenizer, "post_processor": None, "decoder": None, "model": model,
    }
    return {"tokenizer": tokenizer, "options": options, "files": [str(corpus)], "threads": threads, "texts": texts}


def check(name, request, program, work):
    import tokenizers

    answer = run(program, request, work)
    loaded = tokenizers.Tokenizer.from_str(json.dumps(answer["tokenizer"]))
    ours = [row.ids for row in loaded.encode_batch(request["texts"], add_special_tokens=True)]
    problems = [] if ours == answer["ids"] else ["the reference gives other ids"]
    try:
        expected, seconds = reference(request)
    except BaseException as error:  # its Unigram trainer panics on some texts
        print(f"{name:28} reference failed: {type(error).__name__}; ours {answer['seconds']:.2f} s")
        return problems
    if request["tokenizer"]["model"]["type"] == "BPE":
        model = json.loads(expected.to_str())["model"]
        got = answer["tokenizer"]["model"]
        problems += [f"other {key}" for key in ("vocab", "merges") if got[key] != model[key]]
    tokens = sum(map(len, ours)) / max(1, sum(len(row.ids) for row in expected.encode_batch(request["texts"])))
    if tokens > MOST_TOKENS:
        problems.append("too many tokens")
    print(f"{name:28} {answer['seconds']:7.2f} s, reference {seconds:7.2f} s: x {seconds / answer['seconds']:4.1f}, "
          f"tokens x {tokens:.4f}  {', '.join(problems) or 'ok'}", flush=True)
    return problems


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--only", default="")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--persian")
    parser.add_argument("--english")
    parser.add_argument("--megabytes", type=float, default=20)
    parser.add_argument("--work", type=pathlib.Path, default=pathlib.Path("build/oracle/training"))
    arguments = parser.parse_args()
    os.environ["RAYON_NUM_THREADS"] = str(arguments.threads)  # before the reference is imported
    import oracle_texts

    arguments.work.mkdir(parents=True, exist_ok=True)
    failed = False
    for language, path, make in (("Persian", arguments.persian, oracle_texts.persian_sentences),
                                 ("English", arguments.english, oracle_texts.english_lines)):
        learnt, held_out = read_lines(path, make, arguments.megabytes * 1e6)
        corpus = arguments.work / f"{language}.txt"
        corpus.write_text("\n".join(learnt) + "\n", encoding="utf-8")
        for case in CASES:
            if arguments.only not in case[0]:
                continue
            request = request_of(case, corpus, arguments.threads, held_out)
            failed |= bool(check(f"{language} {case[0]}", request, arguments.program, arguments.work))
    sys.exit(failed)


if __name__ == "__main__":
    main()
