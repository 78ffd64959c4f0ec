"""Compares `hezar tokenize` and `detokenize` with what the Python reference wrote into an oracle folder.

    python3 tests/oracle/check_tokenizer_repos.py build/bin/hezar ORACLE_DIR

For every text of every repo in ORACLE_DIR/tokenizers: equal tokens, ids, type ids, masks, offsets and decoded texts; where the
reference raises, hezar must answer. Needs only Python. Ends with 1 and a line for each difference.
"""
import argparse
import json
import pathlib
import subprocess
import sys
import tempfile

COLUMNS = {"ids": "token_ids", "attention_mask": "attention_mask", "type_ids": "token_type_ids", "offsets": "offsets_mapping"}


def run(binary, *arguments):
    done = subprocess.run([binary, *map(str, arguments)], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(f"hezar {' '.join(map(str, arguments))[:200]} ended with {done.returncode}: {done.stderr}")
    return done.stdout


def flat(value):
    """One row, as the reference gives it for one text."""
    return value[0] if isinstance(value, list) and value and isinstance(value[0], list) and value[0] and \
        isinstance(value[0][0], list) else value


def check(binary, folder, cases):
    failures, compared = [], 0
    repo = folder / "repo"
    with tempfile.TemporaryDirectory() as scratch:
        inputs = pathlib.Path(scratch, "in.jsonl")
        inputs.write_text("".join(json.dumps({"text": case["text"]}) + "\n" for case in cases.values()), encoding="utf-8")
        rows = run(binary, "tokenize", repo, "--jsonl", "--input", inputs).splitlines()
    for (name, case), line in zip(cases.items(), rows, strict=True):
        if "$error" in case["call"]:
            continue
        row = json.loads(line)
        wanted = {key: flat(case["call"][name_there]) for key, name_there in COLUMNS.items()} | {"tokens": case["raw_tokens"]}
        wanted["offsets"] = [list(pair) for pair in case["call"]["offsets_mapping"]]
        for key, value in wanted.items():
            compared += 1
            if row[key] != value:
                failures.append(f"{folder.name}: {name}: {key}: expected {value}, got {row[key]}")
        if not row["ids"]:
            continue
        for flags, key in (([], "decode"), (["--keep-special-tokens"], "decode_keep_special")):
            compared += 1
            text = json.loads(run(binary, "detokenize", repo, "--json", *flags, *row["ids"]))[0]["text"]
            if text != case[key][0]:
                failures.append(f"{folder.name}: {name}: {key}: expected {case[key][0]!r}, got {text!r}")
    return compared, failures


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("binary")
    parser.add_argument("oracle", type=pathlib.Path)
    arguments = parser.parse_args()
    failures, compared = [], 0
    for folder in sorted((arguments.oracle / "tokenizers").iterdir()):
        cases = json.loads((folder / "expected.json").read_text(encoding="utf-8"))["single"]
        try:
            done, failed = check(arguments.binary, folder, cases)
        except RuntimeError as problem:
            done, failed = 0, [f"{folder.name}: {problem}"]
        print(f"{folder.name}: {done} comparisons, {len(failed)} failed")
        compared += done
        failures += failed
    for failure in failures:
        print(failure[:600], file=sys.stderr)
    print(f"{compared} comparisons, {len(failures)} failed")
    return 1 if failures or compared == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
