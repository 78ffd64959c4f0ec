"""Compares `hezar` with what the Python reference wrote into an oracle folder.

    python3 tests/oracle/check_encoders.py build/bin/hezar ORACLE_DIR [--only bert,bert_text_classification]

For every text case of every encoder: `hezar tokenize --json` must give equal ids, `hezar forward` outputs within 1e-4,
`hezar predict --json` equal labels and scores within 1e-4. Where the reference raises on a batch of mixed lengths or
on a long text, hezar must answer: a batch what its texts give alone within 1e-5, a long text something.
Needs only Python. Ends with 1 and a line for each difference.
"""

import argparse
import json
import pathlib
import struct
import subprocess
import sys
import tempfile

FAMILIES = ["bert", "roberta", "distilbert"]
ENCODERS = [family + task for family in FAMILIES
            for task in ("", "_mask_filling", "_text_classification", "_sequence_labeling")]
# Padding gets no label here.
PADDING = ("[PAD]", "<pad>")
SAME_BATCH, SAME_REFERENCE = 1e-5, 1e-4


def read_tensors(path):
    """safetensors as {name: (shape, values)}."""
    data = path.read_bytes()
    (length,) = struct.unpack_from("<Q", data)
    found = {}
    for name, entry in json.loads(data[8:8 + length]).items():
        if name == "__metadata__":
            continue
        begin, end = entry["data_offsets"]
        code, size = {"F32": ("f", 4), "I64": ("q", 8)}[entry["dtype"]]
        found[name] = (entry["shape"], struct.unpack_from(f"<{(end - begin) // size}{code}", data, 8 + length + begin))
    return found


def write_ids(path, columns):
    """int64 columns of equal shape [rows, tokens] as safetensors."""
    header, body = {}, b""
    for name, rows in columns.items():
        values = [value for row in rows for value in row]
        packed = struct.pack(f"<{len(values)}q", *values)
        header[name] = {"dtype": "I64", "shape": [len(rows), len(rows[0])],
                        "data_offsets": [len(body), len(body) + len(packed)]}
        body += packed
    text = json.dumps(header).encode()
    path.write_bytes(struct.pack("<Q", len(text)) + text + body)


def flatten(value):
    return [x for item in value for x in flatten(item)] if isinstance(value, list) else [value]


def shape_of(value):
    return [len(value)] + shape_of(value[0]) if isinstance(value, list) else []


class Checker:
    def __init__(self, binary, folder):
        self.binary, self.folder = binary, folder
        self.name = folder.name
        self.repo = str(folder / "repo")
        self.tensors = read_tensors(folder / "tensors.safetensors")
        self.normalizes = (any((folder / "repo").rglob("normalizer_config.yaml")) and self.name != "bert"
                           and not self.name.endswith("mask_filling"))
        self.compared, self.worst, self.failures = 0, 0.0, []

    def fail(self, case, what):
        self.failures.append(f"{self.name}: {case['name']}: {what}")

    def run(self, *arguments):
        done = subprocess.run([self.binary, *map(str, arguments)], capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise RuntimeError(f"hezar {' '.join(map(str, arguments))[:200]} ended with {done.returncode}: {done.stderr}")
        return done.stdout

    def close(self, case, what, shape, got, want_shape, want, tolerance=SAME_REFERENCE):
        self.compared += 1
        if list(shape) != list(want_shape):
            return self.fail(case, f"{what}: expected shape {want_shape}, got {shape}")
        worst = max((abs(a - b) for a, b in zip(got, want)), default=0.0)
        self.worst = max(self.worst, worst)
        if not worst <= tolerance:
            self.fail(case, f"{what}: differs by {worst:.3g}")

    def equal(self, case, what, got, want):
        self.compared += 1
        if got != want:
            self.fail(case, f"{what}: expected {want}, got {got}")

    def predict(self, texts, options):
        sets = [part for key, value in options.items() for part in ("--set", f"{key}={json.dumps(value)}")]
        return json.loads(self.run("predict", self.repo, "--json", *sets, "--", *texts))

    def tokenize(self, case, texts, ids):
        if self.normalizes:
            entries = json.loads(self.run("normalize", self.repo, "--json", "--", *texts))
            texts = [entry["normalized"] for entry in entries]
        entries = json.loads(self.run("tokenize", self.repo, "--json", "--", *texts))
        self.equal(case, "tokenize", [entry["ids"] for entry in entries], ids)

    def forward(self, case, ids):
        columns = {key: case["preprocess"][key]["data"] for key in ("token_ids", "attention_mask", "token_type_ids")
                   if key in case["preprocess"]}
        options = [part for key, value in case.get("forward_extra", {}).items()
                   for part in ("--set", f"{key}={json.dumps(value)}")]
        with tempfile.TemporaryDirectory() as scratch:
            inputs, outputs = pathlib.Path(scratch, "in.safetensors"), pathlib.Path(scratch, "out.safetensors")
            write_ids(inputs, columns)
            self.run("forward", self.repo, "--input", inputs, "--output", outputs, *options)
            found = read_tensors(outputs)
        for key, wanted in case["forward"].items():
            if isinstance(wanted, list):
                parts = [(f"{key}.{i}", item) for i, item in enumerate(wanted)]
            else:
                parts = [(key, wanted)]
            for name, item in parts:
                if name not in found:
                    if not isinstance(wanted, list):  # lists need not be written
                        self.fail(case, f"forward: no output {name}")
                    continue
                self.close(case, f"forward {name}", *found[name], *self.tensors[item["$tensor"]])

    def labels(self, case, got, want, tolerance=SAME_REFERENCE):
        """Entries of rows: equal but for scores, which are close."""
        want = [[e for e in row if e.get("token") not in PADDING] for row in want]
        self.equal(case, "labels", [[{**e, "score": None} for e in row] for row in got],
                   [[{**e, "score": None} for e in row] for row in want])
        scores = [[e["score"] for row in rows for e in row if e["score"] is not None] for rows in (got, want)]
        self.close(case, "scores", [len(scores[0])], scores[0], [len(scores[1])], scores[1], tolerance)

    def vectors(self, case, got, want, tolerance):
        for row, other in zip(got, want, strict=True):
            a, b = row["last_hidden_state"], other["last_hidden_state"]
            self.close(case, "vectors", shape_of(a), flatten(a), shape_of(b), flatten(b), tolerance)

    def unpadded(self, inputs):
        """The ids of each row; the reference's sequence labeling pads them."""
        if "token_ids" not in inputs:
            return None
        return [[i for i, kept in zip(row, mask, strict=True) if kept]
                for row, mask in zip(inputs["token_ids"]["data"], inputs["attention_mask"]["data"], strict=True)]

    def refuses(self, case, texts):
        self.compared += 1
        done = subprocess.run([self.binary, "predict", self.repo, "--", *texts], capture_output=True, text=True, check=False)
        if done.returncode != 1 or "expected one" not in done.stderr:
            self.fail(case, f"expected a line that asks for one mask, got {done.returncode}: {done.stderr}")

    def same_as_singles(self, case, texts, options):
        singles = [row for text in texts for row in self.predict([text], options)]
        batch = self.predict(texts, options)
        compare = self.labels if isinstance(batch[0], list) else self.vectors
        compare(case, batch, singles, SAME_BATCH)

    def check(self, case):
        if "input" not in case:
            return
        texts = case["input"] if isinstance(case["input"], list) else [case["input"]]
        options, wanted = case.get("predict_kwargs", {}), case.get("predict")
        refused = isinstance(wanted, dict) and "$error" in wanted
        ids = self.unpadded(case["preprocess"])
        if ids is not None and "tokenizer_kwargs" not in case:
            self.tokenize(case, texts, ids)
        if "forward" in case and "$error" not in case["forward"]:
            self.forward(case, ids)
        if refused and case["name"] in ("no_mask", "two_masks", "empty"):
            self.refuses(case, texts)
        elif refused:
            self.same_as_singles(case, texts, options)
        elif isinstance(wanted, list):
            self.labels(case, self.predict(texts, options), wanted)
        elif wanted == "see forward":
            shape, values = self.tensors[case["forward"]["last_hidden_state"]["$tensor"]]
            row = self.predict(texts, options)[0]["last_hidden_state"]
            self.close(case, "predict", [1, *shape_of(row)], flatten(row), shape, values)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("binary")
    parser.add_argument("oracle", type=pathlib.Path)
    parser.add_argument("--only", default=",".join(ENCODERS), help="names of models, with commas")
    arguments = parser.parse_args()
    failures, checked = [], 0
    for name in arguments.only.split(","):
        checker = Checker(arguments.binary, arguments.oracle / "models" / name)
        cases = json.loads((checker.folder / "expected.json").read_text(encoding="utf-8"))["cases"]
        for case in cases:
            try:
                checker.check(case)
            except (RuntimeError, KeyError, ValueError) as problem:
                checker.fail(case, str(problem).strip())
        print(f"{name}: {len(cases)} cases, {checker.compared} comparisons, largest difference {checker.worst:.2g}")
        failures += checker.failures
        checked += checker.compared
    for failure in failures:
        print(failure, file=sys.stderr)
    print(f"{checked} comparisons, {len(failures)} failed")
    return 1 if failures or checked == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
