"""Measures what a user waits for, and prints `what | target | median | min | max`.

    python3 tests/bench/bench.py --build build [--runs 20] [--only WORD]

Needs only Python. Nothing fails here for being slow: the targets stand beside the figures. Results go to
<build>/bench/results.json. Figures are wall time from starting the process to its end, files in the page cache,
plugins already proven.
"""

import argparse
import json
import os
import pathlib
import platform
import shutil
import statistics
import subprocess
import sys
import threading
import time

import bert_base
import many_plugins

SENTENCE = "کیفیت این گوشی واقعا عالی است"
MIB = 1 << 20


class Run:
    """One finished process: seconds, peak memory, output."""

    def __init__(self, command, env, watch=False):
        self.peak_anonymous = 0
        start = time.perf_counter()
        with subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
            watcher = threading.Thread(target=self._watch, args=(process.pid,), daemon=True)
            if watch:
                watcher.start()
            self.output, self.messages = process.communicate()
            # communicate() has waited already; what it was charged stands in the children's maximum.
            self.seconds = time.perf_counter() - start
        if process.returncode != 0:
            raise SystemExit(f"bench: {' '.join(map(str, command))} ended with {process.returncode}: {self.messages}")

    def _watch(self, pid):
        """Keeps the highest RssAnon and VmHWM seen, in bytes."""
        try:
            while True:
                status = pathlib.Path(f"/proc/{pid}/status").read_text(encoding="ascii", errors="replace")
                for line in status.splitlines():
                    if line.startswith("RssAnon:"):
                        self.peak_anonymous = max(self.peak_anonymous, int(line.split()[1]) * 1024)
                time.sleep(0.002)
        except OSError:
            pass


def peak_memory(command, env):
    """Peak resident bytes of one run: rusage of a child of its own, so that no other run counts."""
    code = "import resource,subprocess,sys; subprocess.run(sys.argv[1:],stdout=-3,stderr=-3,check=True);" \
           "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    done = subprocess.run([sys.executable, "-c", code, *map(str, command)], env=env, capture_output=True, text=True,
                          check=True)
    return int(done.stdout) * 1024


class Table:
    """Rows as they are measured."""

    def __init__(self):
        self.rows = []
        print(f"{'what':<58} {'target':>12} {'median':>10} {'min':>10} {'max':>10}")

    def add(self, what, unit, target, values):
        digits = 1 if unit in ("ms", "MiB") else 0
        row = {"what": what, "unit": unit, "target": target, "median": statistics.median(values), "min": min(values),
               "max": max(values), "runs": len(values)}
        self.rows.append(row)
        shown = [f"{row[key]:.{digits}f}" for key in ("median", "min", "max")]
        goal = f"{'>=' if unit.endswith('/s') else '<='} {target:g} {unit}" if target is not None else unit
        print(f"{what:<58} {goal:>12} {shown[0]:>10} {shown[1]:>10} {shown[2]:>10}", flush=True)


class Bench:
    """The host under test and the folders it works in."""

    def __init__(self, options):
        self.source = pathlib.Path(__file__).resolve().parents[2]
        self.build = options.build.resolve()
        self.host = self.build / "bin" / "hezar"
        self.folder = self.build / "bench"
        self.runs = options.runs
        self.only = options.only
        self.table = Table()
        shutil.rmtree(self.folder / "home", ignore_errors=True)
        home = self.folder / "home"
        home.mkdir(parents=True)
        self.env = {"PATH": os.environ["PATH"], "HOME": str(home), "LANG": "C.UTF-8",
                    "XDG_CACHE_HOME": str(home / "cache"), "XDG_DATA_HOME": str(home / "data")}

    def time(self, what, target_ms, command, runs=None):
        """Adds a row of wall times; two runs before are not counted."""
        if self.only not in what:
            return
        for _ in range(2):
            Run(command, self.env)
        values = [Run(command, self.env).seconds * 1000 for _ in range(runs or self.runs)]
        self.table.add(what, "ms", target_ms, values)

    def start_up(self):
        self.time("an empty process, for comparison", None, ["/bin/true"])
        self.time("hezar --help", 10, [self.host, "--help"])
        self.time("hezar list, all plugins", 10, [self.host, "list"])
        plugins = many_plugins.make(self.build, self.folder / "plugins-200", 200)
        if plugins:
            self.time("hezar list, 200 more plugins", 30, [self.host, "--plugin-dir", plugins, "list"])
        if self.only in "LibTorch files opened by hezar list":
            run = Run([self.host, "list"], {**self.env, "LD_DEBUG": "files"})
            opened = {line.split("file=")[1].split()[0] for line in run.messages.splitlines() if "file=" in line}
            torch = [name for name in opened if "torch" in name or "libc10" in name]
            self.table.add("LibTorch files opened by hezar list", "files", 0, [len(torch)])

    def predict(self, what, model, target_ms, runs):
        command = [self.host, "predict", model, SENTENCE]
        weights = sum(path.stat().st_size for path in model.glob("*.safetensors"))
        self.time(f"hezar predict, cold, {what}", target_ms, command, runs)
        row = f"peak memory of it, {what} ({weights / MIB:.0f} MiB of weights)"
        if self.only in row:
            self.table.add(row, "MiB", (weights + 200 * 1000 * 1000) / MIB // 1,
                           [peak_memory(command, self.env) / MIB for _ in range(3)])
        row = f"anonymous part of that, {what}"
        if self.only in row:
            self.table.add(row, "MiB", None,
                           [Run(command, self.env, watch=True).peak_anonymous / MIB for _ in range(3)])

    def convert(self, model, precision):
        """The folder of the model with packed weights, written anew: their layout may have changed."""
        folder = model.with_name(f"{model.name}-{precision}")
        shutil.rmtree(folder, ignore_errors=True)
        Run([self.host, "convert", model, folder, "--precision", precision], self.env)
        return folder

    def throughput(self, model):
        what = "sentences a second, tiny BERT, 5,000 in one call"
        if self.only not in what:
            return
        lines = self.folder / "lines.txt"
        data = (self.source / "demo" / "data" / "train.tsv").read_text(encoding="utf-8").splitlines()
        texts = [line.split("\t")[-1] for line in data if line.strip()]
        lines.write_text("\n".join((texts * (5000 // len(texts) + 1))[:5000]) + "\n", encoding="utf-8")
        command = [self.host, "predict", model, "--input", lines, "--output", "/dev/null", "--jsonl"]
        self.table.add(what, "/s", None, [5000 / Run(command, self.env).seconds for _ in range(3)])

    def save(self):
        results = {"machine": {"cpu": cpu_name(), "cores": os.cpu_count(), "system": platform.platform()},
                   "rows": self.table.rows}
        path = self.folder / "results.json"
        path.write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")
        print(f"written to {path}")


def cpu_name():
    for line in pathlib.Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
        if line.startswith("model name"):
            return line.split(":", 1)[1].strip()
    return platform.machine()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--build", type=pathlib.Path, default=pathlib.Path("build"))
    parser.add_argument("--runs", type=int, default=20)
    parser.add_argument("--only", default="", help="rows that contain this word")
    bench = Bench(parser.parse_args())
    if not bench.host.exists():
        raise SystemExit(f"bench: expected the host at {bench.host}, got no such file. Run make build")
    bench.start_up()
    if any((bench.build / "lib").glob("libhezar-torch.so*")):
        tiny = bench.source / "demo" / "sentiment"
        bench.predict("tiny BERT", tiny, 350, bench.runs)
        base = bert_base.make(tiny, bench.folder / "bert-base")
        runs = max(3, bench.runs // 2)
        bench.predict("BERT-base shape", base, 500, runs)
        bench.predict("BERT-base shape, converted to bf16", bench.convert(base, "bf16"), None, runs)
        bench.predict("BERT-base shape, converted to int8", bench.convert(base, "int8"), 400, runs)
        bench.throughput(tiny)
    bench.save()


if __name__ == "__main__":
    main()
