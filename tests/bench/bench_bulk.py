"""Measures bulk prediction from CSV to Parquet beside the network alone on the same batches.

    python3 tests/bench/bench_bulk.py --build build [--texts 2048] [--threads 2] [--precision fp32]

BERT-base's shape. The network's share is what encoders_bench needs for batches of the same lengths in the same order;
starting and loading, measured with one text, is taken off the command's time. Runs alternate, medians are compared.
Nothing fails here for being slow. Results go to <build>/bench/bulk.json.
"""

import argparse
import csv
import json
import pathlib
import random
import statistics
import subprocess
import time

import bert_base

WINDOW, BATCH, TARGET = 1024, 32, 0.95


def seconds_of(command):
    start = time.perf_counter()
    subprocess.run([str(word) for word in command], check=True, capture_output=True)
    return time.perf_counter() - start


def write_texts(source, file, count):
    """Sentences of the demo's data, one to eight of them a text, so that lengths are mixed."""
    lines = (source / "demo" / "data" / "train.tsv").read_text(encoding="utf-8").splitlines()
    sentences = [line.split("\t")[-1] for line in lines if line.strip()]
    draw = random.Random(0)
    texts = [" ".join(draw.choices(sentences, k=draw.randint(1, 8))) for _ in range(count)]
    with file.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([["text"]] + [[text] for text in texts])
    return texts


def batches_of(host, model, file, texts):
    """Tokens of each text, in the batches that predict makes: by length within a window."""
    ids = file.with_suffix(".ids.txt")
    seconds_of([*host, "tokenize", model, "--input", file, "--output", ids])
    counts = [len(line.split()) for line in ids.read_text(encoding="ascii").splitlines()]
    batches = []
    for start in range(0, len(texts), WINDOW):
        window = range(start, min(start + WINDOW, len(texts)))
        order = sorted(window, key=lambda i: len(texts[i].encode()))
        batches += [[min(counts[i], 512) for i in order[at:at + BATCH]] for at in range(0, len(order), BATCH)]
    return batches


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--build", type=pathlib.Path, default=pathlib.Path("build"))
    parser.add_argument("--host", type=pathlib.Path, help="of another build than the plugins")
    parser.add_argument("--texts", type=int, default=2048)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--precision", default="fp32")
    options = parser.parse_args()
    source = pathlib.Path(__file__).resolve().parents[2]
    build = options.build.resolve()
    plugins = build / "lib" / "hezar" / "plugins"
    folder = pathlib.Path("build") / "bench" if options.host else build / "bench"
    folder.mkdir(parents=True, exist_ok=True)
    model = bert_base.make(source / "demo" / "sentiment", folder / "bert-base")
    host = [options.host or build / "bin" / "hezar", "--plugin-dir", plugins, "--threads", options.threads]
    file = folder / "bulk.csv"
    texts = write_texts(source, file, options.texts)
    one = folder / "bulk-one.csv"
    write_texts(source, one, 1)
    workload = folder / "bulk-workload.json"
    workload.write_text(json.dumps({"bulk": batches_of(host, model, file, texts)}), encoding="ascii")

    predict = [*host, "predict", model, "--precision", options.precision, "--output", folder / "bulk.parquet", "--input"]
    network = [build / "bench" / "encoders_bench", model, plugins, options.precision, options.threads, 0, workload]
    alone, whole = [], []
    for _ in range(options.runs):
        done = subprocess.run([str(word) for word in network], check=True, capture_output=True, text=True)
        alone.append(json.loads(done.stdout)["bulk"])
        loading = seconds_of([*predict, one])
        whole.append(seconds_of([*predict, file]) - loading)
    rates = {"network": options.texts / statistics.median(alone), "bulk": options.texts / statistics.median(whole)}
    share = rates["bulk"] / rates["network"]
    print(f"network alone, {options.precision}: {rates['network']:.1f} texts/s")
    print(f"hezar predict, CSV to Parquet: {rates['bulk']:.1f} texts/s, {share:.1%} of that (target {TARGET:.0%})")
    results = {"texts_per_second": rates, "share": share, "alone_s": alone, "bulk_s": whole}
    (folder / "bulk.json").write_text(json.dumps(results, indent=2) + "\n", encoding="ascii")


if __name__ == "__main__":
    main()
