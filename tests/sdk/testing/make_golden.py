#!/usr/bin/env python3
"""Writes golden/<plugin>/*.json, which the first-party plugins are checked with, from what the Python reference said.

tests/data/{bert,encoders,text} hold its answers beside the scripts that asked it. Run it after one of those.
"""

import json
import pathlib
import shutil

HERE = pathlib.Path(__file__).parent
DATA = HERE.parents[1] / "data"
ENCODERS = {
    "bert": ["../bert/bert_0", "../bert/bert_text_classification_0", "bert_mask_filling", "bert_sequence_labeling"],
    "roberta": ["roberta", "roberta_mask_filling", "roberta_sequence_labeling", "roberta_text_classification"],
    "distilbert": ["distilbert", "distilbert_mask_filling", "distilbert_sequence_labeling", "distilbert_text_classification"],
}
SMALL = {"vocab_size": 40, "max_position_embeddings": 16}
SIZES = {
    "bert": {"hidden_size": 16, "num_hidden_layers": 2, "num_attention_heads": 4, "intermediate_size": 24},
    "roberta": {"hidden_size": 16, "num_hidden_layers": 2, "num_attention_heads": 4, "intermediate_size": 24},
    "distilbert": {"dim": 16, "n_layers": 2, "n_heads": 4, "hidden_dim": 24},
}


def nested(flat, shape):
    """The list `flat` as lists in lists of a shape."""
    if len(shape) == 1:
        return flat
    step = len(flat) // shape[0]
    return [nested(flat[i * step : (i + 1) * step], shape[1:]) for i in range(shape[0])]


def write(plugin, name, content):
    file = HERE / "golden" / plugin / f"{name}.json"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def encoder(plugin, repo):
    folder = (DATA / "encoders" / repo).resolve()
    name = folder.name.removesuffix("_0")
    content = {"path": f"../../../../data/{folder.relative_to(DATA)}"}
    expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    case = expected["cases"][0] if "cases" in expected else expected
    inputs = {key: value for key, value in case["inputs"].items() if key in ("token_ids", "attention_mask")}
    outputs = {key: value for key, value in case["outputs"].items() if key in ("logits", "last_hidden_state")}
    content["inputs"] = inputs
    content["outputs"] = {key: nested(value["data"], value["shape"]) for key, value in outputs.items()}
    content["tolerance"] = 1e-4
    write(plugin, name, content)


def main():
    shutil.rmtree(HERE / "golden", ignore_errors=True)
    for plugin, repos in ENCODERS.items():
        for repo in repos:
            encoder(plugin, repo)
        config = {"name": f"{plugin}_text_embedding", **SMALL, **SIZES[plugin]}
        write(plugin, f"{plugin}_text_embedding", {"config": config})
    persian = json.loads((DATA / "text" / "persian.json").read_text(encoding="utf-8"))
    case = persian["cases"][0]
    content = {"config": {"name": "text_normalizer", **case["config"]}}
    content["inputs"] = persian["inputs"][:8]
    content["outputs"] = case["outputs"][:8]
    write("text", "text_normalizer", content)


main()
