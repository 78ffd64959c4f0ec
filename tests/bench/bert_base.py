"""Writes a text classifier of BERT-base's shape with random weights: how long loading takes, not what it answers.

Preprocessors are those of the small model it starts from, with the vocabulary filled up to 42,000 entries.
"""

import array
import json
import pathlib
import random
import re
import shutil
import struct

VOCABULARY, HIDDEN, LAYERS, HEADS, INNER, POSITIONS, LABELS = 42000, 768, 12, 12, 3072, 512, 3


def shapes():
    """Names and shapes of the state dict."""
    found = {
        "bert.embeddings.word_embeddings.weight": [VOCABULARY, HIDDEN],
        "bert.embeddings.position_embeddings.weight": [POSITIONS, HIDDEN],
        "bert.embeddings.token_type_embeddings.weight": [2, HIDDEN],
        "bert.pooler.dense.weight": [HIDDEN, HIDDEN],
        "bert.pooler.dense.bias": [HIDDEN],
        "classifier.weight": [LABELS, HIDDEN],
        "classifier.bias": [LABELS],
    }
    norms = ["bert.embeddings.LayerNorm"]
    for layer in range(LAYERS):
        prefix = f"bert.encoder.layer.{layer}."
        linears = {"attention.self.query": (HIDDEN, HIDDEN), "attention.self.key": (HIDDEN, HIDDEN),
                   "attention.self.value": (HIDDEN, HIDDEN), "attention.output.dense": (HIDDEN, HIDDEN),
                   "intermediate.dense": (INNER, HIDDEN), "output.dense": (HIDDEN, INNER)}
        for name, shape in linears.items():
            found[f"{prefix}{name}.weight"] = list(shape)
            found[f"{prefix}{name}.bias"] = [shape[0]]
        norms += [prefix + "attention.output.LayerNorm", prefix + "output.LayerNorm"]
    for name in norms:
        found[name + ".weight"] = found[name + ".bias"] = [HIDDEN]
    return dict(sorted(found.items()))


def write_weights(path):
    """safetensors by hand: header length, JSON header padded to 8 bytes, raw values."""
    header, offset = {}, 0
    for name, shape in shapes().items():
        count = shape[0] * (shape[1] if len(shape) > 1 else 1)
        header[name] = {"dtype": "F32", "shape": shape, "data_offsets": [offset, offset + 4 * count]}
        offset += 4 * count
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    draw = random.Random(0)
    block = array.array("f", (draw.gauss(0, 0.02) for _ in range(1 << 18))).tobytes()
    partial = path.with_suffix(".partial")
    with partial.open("wb") as file:
        file.write(struct.pack("<Q", len(text)) + text)
        while offset > 0:
            offset -= file.write(block[: min(len(block), offset)])
    partial.rename(path)


def write_tokenizer(path):
    tokenizer = json.loads(path.read_text(encoding="utf-8"))
    vocabulary = tokenizer["model"]["vocab"]
    for number in range(len(vocabulary), VOCABULARY):
        vocabulary[f"##filler{number}"] = number
    path.write_text(json.dumps(tokenizer, ensure_ascii=False, indent=2), encoding="utf-8")


def write_config(path):
    """Replaces the values of `key: value` lines, whatever else stands there."""
    values = {"vocab_size": VOCABULARY, "hidden_size": HIDDEN, "num_hidden_layers": LAYERS, "num_attention_heads": HEADS,
              "intermediate_size": INNER, "max_position_embeddings": POSITIONS}
    text = path.read_text(encoding="utf-8")
    for key, value in values.items():
        text, count = re.subn(rf"(?m)^{key}: .*$", f"{key}: {value}", text)
        if count == 0:
            text += f"{key}: {value}\n"
    path.write_text(text, encoding="utf-8")


def make(start, folder):
    """The folder of the model, written where it is not there yet."""
    weights = folder / "model.safetensors"
    if weights.exists():
        return folder
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(start, folder, ignore=shutil.ignore_patterns("model.*"))
    write_config(folder / "model_config.yaml")
    for tokenizer in pathlib.Path(folder).rglob("tokenizer.json"):
        write_tokenizer(tokenizer)
    write_weights(weights)
    return folder
