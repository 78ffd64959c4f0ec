#!/usr/bin/env python3
"""Accuracy of the demo model on the held-out sentences, as the built command answers, beside the baselines that train.py
measured (figures.json).

    evaluate.py HEZAR_BINARY
"""
import json
import pathlib
import subprocess
import sys

demo = pathlib.Path(__file__).parent
rows = [line.split("\t") for line in (demo / "data/test.tsv").read_text(encoding="utf-8").splitlines()]
answers = subprocess.run([sys.argv[1], "predict", str(demo / "sentiment"), "--input", "-", "--json"],
                         input="\n".join(text for _, text in rows), capture_output=True, text=True, check=True)
labels = [answer[0]["label"] for answer in json.loads(answers.stdout)]
correct = sum(label == wanted for label, (wanted, _) in zip(labels, rows, strict=True))
figures = json.loads((demo / "figures.json").read_text(encoding="utf-8"))
print(f"Held out: {correct} of {len(rows)} sentences right, {100 * correct / len(rows):.1f} % "
      f"(bag of words {100 * figures['bag_of_words']:.1f} %, majority {100 * figures['majority']:.1f} %).")
