"""Measures the tokenizers engine beside its peers in one run, and prints the ratios reached.

    python3 tests/bench/bench_tokenizers.py BUILD_DIR/bench/tokenizers_bench [--size 5] [--persian FILE] [--english FILE]
            [--vocabulary 42000] [--only WORD] [--work FOLDER] [--trainer BUILD_DIR/oracle/training_oracle]

Peers are the Python packages tokenizers==0.22.2 (the reference) and, where they can be imported, tiktoken and
sentencepiece. Texts and vocabularies are those of tests/oracle, on which the reference trains. The figures of one thread are
processor time, the best of some runs, and the clock for training. Two threads are measured by the clock, which other
programs slow down, and by their processor time, which is what they reach on free cores. Nothing fails here for being slow.
"""

import argparse
import bisect
import importlib
import itertools
import json
import os
import pathlib
import subprocess
import sys
import time

os.environ["TOKENIZERS_PARALLELISM"] = "false"
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "oracle"))

import check_training as training  # noqa: E402
import oracle_cases as cases  # noqa: E402
import oracle_texts as texts  # noqa: E402
from tokenizers import Tokenizer  # noqa: E402

RUNS = 3
BATCH = 1000
TRAINED = ("BPE bytes", "WordPiece", "Unigram")  # of check_training.py
TRAINING = 4  # times the text that is encoded: so much has words for 42,000 tokens
SHORT_BYTES, SHORT_TEXTS = 120, 1000


def optional(name):
    try:
        return importlib.import_module(name)
    except ImportError:
        return None


def best(action):
    values = []
    for _ in range(RUNS):
        start = time.process_time()
        action()
        values.append(time.process_time() - start)
    return min(values)


class Reference:
    """The figures of tokenizers_bench, from the reference."""

    def __init__(self, file, lines):
        self.file, self.lines = str(file), lines
        self.megabytes = sum(len(line.encode()) + 1 for line in lines) / 1e6
        self.batches = [lines[i : i + BATCH] for i in range(0, len(lines), BATCH)]
        self.tokenizer = Tokenizer.from_file(self.file)

    def ids(self):
        return self.megabytes / best(lambda: [self.tokenizer.encode_batch_fast(batch) for batch in self.batches])

    def all(self):
        return self.megabytes / best(lambda: [self.tokenizer.encode_batch(batch) for batch in self.batches])

    def decode(self):
        rows = [row.ids for batch in self.batches for row in self.tokenizer.encode_batch_fast(batch)]
        return self.megabytes / best(lambda: [self.tokenizer.decode(ids) for ids in rows])

    def latency(self):
        short = [line for line in self.lines if len(line.encode()) < SHORT_BYTES][:SHORT_TEXTS]
        return 1e6 * best(lambda: [self.tokenizer.encode(line) for line in short]) / len(short)

    def load(self):
        return 1e3 * best(lambda: Tokenizer.from_file(self.file))


def tiktoken_speed(file, reference):
    """tiktoken with the same vocabulary: its ranks are the order of the merges, which is that of the ids."""
    tiktoken = optional("tiktoken")
    if tiktoken is None:
        return None
    characters = [c for c in range(256) if 0x21 <= c <= 0x7E or 0xA1 <= c <= 0xAC or c >= 0xAE]
    byte_of = {chr(c): c for c in characters}
    byte_of.update({chr(0x100 + i): c for i, c in enumerate(c for c in range(256) if c not in characters)})
    vocab = json.loads(file.read_text(encoding="utf-8"))["model"]["vocab"]
    ranks = {bytes(byte_of[c] for c in token): number for token, number in vocab.items() if token not in cases.SPECIALS}
    encoding = tiktoken.Encoding("bench", pat_str=cases.GPT2, mergeable_ranks=ranks, special_tokens={})
    return reference.megabytes / best(lambda: [encoding.encode_ordinary(line) for line in reference.lines])


def measure_sentencepiece(table, name, kind, options, text, lines):
    """Models that sentencepiece trains, read by both."""
    peer = optional("sentencepiece")
    if peer is None:
        return
    file = options.work / f"{kind}-{text.stem}.model"
    if not file.exists():
        peer.SentencePieceTrainer.train(sentence_iterator=iter(lines), model_prefix=str(file.with_suffix("")),
                                        vocab_size=min(options.vocabulary, 16000), model_type=kind, minloglevel=2,
                                        hard_vocab_limit=False)
    processor = peer.SentencePieceProcessor(model_file=str(file))
    megabytes = sum(len(line.encode()) + 1 for line in lines) / 1e6
    theirs = megabytes / best(lambda: processor.encode(lines, num_threads=1))
    table.add(f"{name}: ids, MB/s, sentencepiece", 1.8, run_hezar(options.binary, file, text, ["ids"])["ids"], theirs)


class Table:
    def __init__(self):
        self.rows = []
        print(f"{'what':<54} {'to reach':>12} {'hezar':>10} {'peer':>10} {'ratio':>8}")

    def add(self, what, target, ours, peer):
        """`target` is a factor of the peer's figure: at least it where large is good, at most it where it is below 1."""
        if peer is None:
            return
        goal = f"{'>=' if target >= 1 else '<='} {target:.3g} x"
        self.rows.append({"what": what, "target": target, "hezar": ours, "peer": peer, "ratio": ours / peer})
        print(f"{what:<54} {goal:>12} {ours:>10.2f} {peer:>10.2f} {ours / peer:>8.2f}", flush=True)


def run_hezar(binary, file, text, modes=None):
    modes = modes or ["ids", "rows", "offsets", "all", "rows2", "bound2", "decode", "latency", "load"]
    done = subprocess.run([binary, file, text, "2", *modes], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise SystemExit(f"bench_tokenizers: {done.stderr}")
    return json.loads(done.stdout)


def measure(table, name, binary, file, text, lines):
    ours, reference = run_hezar(binary, file, text), Reference(file, lines)
    if name.startswith("byte-level BPE"):
        table.add(f"{name}: ids, MB/s, tiktoken", 7, ours["ids"], tiktoken_speed(file, reference))
    table.add(f"{name}: encode, MB/s, encode_batch_fast", 15, ours["rows"], reference.ids())
    everything = reference.all()
    table.add(f"{name}: with offsets, MB/s, encode_batch", 8, ours["offsets"], everything)
    table.add(f"{name}: all columns, MB/s, encode_batch", 8, ours["all"], everything)
    table.add(f"{name}: decode, MB/s", 5, ours["decode"], reference.decode())
    table.add(f"{name}: 2 threads over 1, MB/s", 1.8, ours["rows2"], ours["rows"])
    table.add(f"{name}: the same by processor time, MB/s", 1.8, ours["bound2"], ours["rows"])
    table.add(f"{name}: one short text, us", 1 / 5, ours["latency"], reference.latency())
    tokens = reference.tokenizer.get_vocab_size()
    table.add(f"{name}: load {tokens:,} tokens, ms", 1 / 3, ours["load"], reference.load())


def measure_training(table, language, options, learnt):
    """Seconds of one thread each."""
    corpus = options.work / f"{language}-training.txt"
    corpus.write_text("\n".join(learnt) + "\n", encoding="utf-8")
    for case in training.CASES:
        name = f"{case[0]} training, {language}"
        if case[0] not in TRAINED or options.only not in name:
            continue
        request = training.request_of(case, corpus, threads=1, texts=[])
        ours = training.run(options.trainer, request, options.work)["seconds"]
        try:
            theirs = training.reference(request)[1]
        except BaseException as error:  # its Unigram trainer panics on some texts
            print(f"{name}: the reference failed: {type(error).__name__}")
            continue
        table.add(f"{name}: {corpus.stat().st_size / 1e6:.0f} MB, s", 1 / 2, ours, theirs)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("binary", type=pathlib.Path)
    parser.add_argument("--trainer", type=pathlib.Path, help="the program that trains; without it there are no rows of training")
    parser.add_argument("--only", default="", help="rows whose name contains this")
    parser.add_argument("--size", type=float, default=5.0, help="megabytes of text in each language")
    parser.add_argument("--vocabulary", type=int, default=42000)
    parser.add_argument("--persian", type=pathlib.Path)
    parser.add_argument("--english", type=pathlib.Path)
    parser.add_argument("--work", type=pathlib.Path, default=pathlib.Path("build/bench/tokenizers"))
    options = parser.parse_args()
    options.work.mkdir(parents=True, exist_ok=True)
    size = int(options.size * 1e6)
    table = Table()
    for language, path, fallback in (("Persian", options.persian, texts.persian_sentences),
                                     ("English", options.english, texts.english_lines)):
        learnt = texts.read_lines(path, fallback, TRAINING * size)
        lines = learnt[:bisect.bisect([*itertools.accumulate(len(line.encode()) + 1 for line in learnt)], size)]
        text = options.work / f"{language}.txt"
        text.write_text("\n".join(lines) + "\n", encoding="utf-8")
        for kind, trainer in (("WordPiece", "wordpiece"), ("byte-level BPE", "byte_level")):
            if options.only not in f"{kind}, {language}":
                continue
            file = options.work / f"{trainer}-{language}.json"
            if not file.exists():
                cases.TRAINERS[trainer](learnt, options.vocabulary).save(str(file))
            measure(table, f"{kind}, {language}", options.binary, file, text, lines)
        for kind, model in (("Unigram", "unigram"), ("SentencePiece BPE", "bpe")):
            if options.only in f"{kind}, {language}":
                measure_sentencepiece(table, f"{kind}, {language}", model, options, text, lines)
        if options.trainer:
            measure_training(table, language, options, learnt)
    (options.work / "results.json").write_text(json.dumps(table.rows, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
