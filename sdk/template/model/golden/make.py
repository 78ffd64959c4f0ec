"""Writes model/model.safetensors and prints the outputs of my_plugin.json; needs numpy and safetensors."""

import json
import pathlib

import numpy
from safetensors.numpy import save_file

BUCKETS = 8
HERE = pathlib.Path(__file__).parent
TEXTS = ["عالی بود", "bad", "", "a"]


def features(text: str) -> numpy.ndarray:
    data = text.encode()
    out = numpy.zeros(BUCKETS)
    for a, b in zip(data, data[1:]):
        out[(a * 31 + b) % BUCKETS] += 1 / (len(data) - 1)
    return out


weight = numpy.sin(numpy.arange(2 * BUCKETS, dtype=numpy.float32) * 2).reshape(2, BUCKETS)
bias = numpy.array([0.5, -0.25], dtype=numpy.float32)
save_file({"linear.weight": weight, "linear.bias": bias}, HERE / "model" / "model.safetensors")
for text in TEXTS:
    logits = weight @ features(text) + bias
    scores = numpy.exp(logits) / numpy.exp(logits).sum()
    ranked = sorted(zip(scores, ["negative", "positive"]), reverse=True)
    print(json.dumps([{"label": label, "score": round(float(score), 6)} for score, label in ranked]))
