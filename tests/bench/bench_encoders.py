"""Measures BERT-base's shape beside its peers, each in a process of its own, and prints the ratios reached.

    python3 tests/bench/bench_encoders.py --build build [--threads 2] [--rounds 3] [--seconds 3] [--only WORD]

Peers (transformers, onnxruntime, ctranslate2) are installed from PyPI into BUILD/bench/peers on the first run; without
a connection only hezar's own figures are printed. Figures are the median over rounds, in which all take turns. Nothing
fails here for being slow.
"""

import argparse
import json
import math
import pathlib
import random
import statistics
import subprocess
import sys

import bert_base

HERE = pathlib.Path(__file__).resolve().parent
PACKAGES = ["torch==2.13.0", "transformers==5.3.0", "safetensors", "onnxruntime==1.31.1", "onnx==1.23.2", "ctranslate2==4.8.5"]
PEERS = {"fp32": ["ctranslate2-fp32", "onnxruntime-fp32", "transformers-fp32", "compile-fp32"],
         "bf16": ["transformers-bf16", "compile-bf16"],
         "int8": ["ctranslate2-int8", "onnxruntime-int8"]}
# To reach, as a factor of the best peer's speed.
TARGETS = {"stream": {"fp32": 1.45, "bf16": 2.2, "int8": 1.3}, "32 x 128": {"fp32": 1.0, "bf16": 1.1, "int8": 1.15},
           "1 x 128": {"fp32": 1.03, "bf16": 1.2, "int8": 1.2}, "1 x 16": {"fp32": 1.25, "bf16": 1.7, "int8": 1.1}}


def stream(texts, batch):
    """Lengths as of sentences: log-normal, 24 tokens on average, in batches as they come."""
    draw = random.Random(0)
    lengths = [min(256, max(3, round(math.exp(draw.gauss(math.log(24) - 0.245, 0.7))))) for _ in range(texts)]
    return [lengths[i : i + batch] for i in range(0, texts, batch)]


def workloads():
    return {"1 x 16": [[16]], "1 x 128": [[128]], "32 x 128": [[128] * 32], "stream": stream(512, 32)}


def install(folder):
    """The Python of the peers, or None."""
    python = folder / "venv" / "bin" / "python"
    if (folder / "installed").exists():
        return python
    folder.mkdir(parents=True, exist_ok=True)
    subprocess.run([sys.executable, "-m", "venv", folder / "venv"], check=True)
    done = subprocess.run([python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *PACKAGES], check=False)
    if done.returncode != 0:
        print("bench_encoders: no peers, for PyPI did not give them", file=sys.stderr)
        return None
    (folder / "installed").touch()
    return python


def answer(command):
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        print(f"bench_encoders: {command[1]} ended with {done.returncode}: {done.stderr[-300:]}", file=sys.stderr)
        return {}
    return json.loads(done.stdout.splitlines()[-1])


class Bench:
    def __init__(self, options):
        self.build, self.options = options.build, options
        self.folder = options.build / "bench"
        self.model = bert_base.make(HERE.parents[1] / "demo" / "sentiment", self.folder / "bert-base")
        self.file = self.folder / "encoder_workloads.json"
        self.file.write_text(json.dumps({name: w for name, w in workloads().items() if options.only in name}))
        self.python = None if options.alone else install(self.folder / "peers")
        if self.python and not (self.folder / "peers" / "ctranslate2-int8").exists():
            subprocess.run([self.python, HERE / "encoder_peer.py", "prepare", self.model, self.folder / "peers"], check=True)

    def ours(self, precision):
        return answer([self.folder / "encoders_bench", self.model, self.build / "lib" / "hezar" / "plugins", precision,
                       self.options.threads, self.options.seconds, self.file])

    def peer(self, name):
        return answer([self.python, HERE / "encoder_peer.py", name, self.folder / "peers", self.options.threads,
                       self.options.seconds, self.file])

    def run(self, precision):
        """{contestant: {workload: seconds}}"""
        times = {}
        for _ in range(self.options.rounds):
            for name in ["hezar"] + (PEERS[precision] if self.python else []):
                found = self.ours(precision) if name == "hezar" else self.peer(name)
                for workload, seconds in found.items():
                    times.setdefault(name, {}).setdefault(workload, []).append(seconds)
        return {name: {w: statistics.median(values) for w, values in found.items()} for name, found in times.items()}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--build", type=pathlib.Path, default=pathlib.Path("build"))
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=3, help="for each workload of each contestant")
    parser.add_argument("--only", default="", help="workloads whose name contains this")
    parser.add_argument("--precision", default="fp32,bf16,int8")
    parser.add_argument("--alone", action="store_true", help="without the peers")
    options = parser.parse_args()
    options.build = options.build.resolve()
    bench, rows = Bench(options), []
    print(f"{'workload':<10} {'':<5} {'hezar, ms':>10} {'best peer, ms':>14} {'':<18} {'to reach':>9} {'ratio':>6}")
    for precision in options.precision.split(","):
        found = bench.run(precision)
        ours = found.pop("hezar", {})
        for workload, seconds in ours.items():
            peers = sorted((times[workload], name) for name, times in found.items() if workload in times)
            best, name = peers[0] if peers else (math.nan, "not available")
            target = TARGETS[workload][precision]
            rows.append({"workload": workload, "precision": precision, "hezar": seconds, "peers": dict(map(reversed, peers)),
                         "target": target})
            print(f"{workload:<10} {precision:<5} {seconds * 1e3:>10.2f} {best * 1e3:>14.2f} {name:<18} {target:>8.2f}x "
                  f"{best / seconds:>5.2f}x", flush=True)
    (bench.folder / "encoders.json").write_text(json.dumps(rows, indent=2) + "\n")


if __name__ == "__main__":
    main()
