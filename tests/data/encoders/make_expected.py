"""Writes tiny repos of the encoders beside BERT's classifier, and what the Python reference computes with them.

Needs: hezar 1.0.0, torch, safetensors (see the versions in expected.json).
Run:   python make_expected.py            (rewrites every folder beside this file)
"""

import json
import os
import shutil
from importlib.metadata import version
from pathlib import Path

import torch
from safetensors.torch import save_file

os.environ.setdefault("HF_HUB_OFFLINE", "1")
torch.set_num_threads(1)

import hezar.models  # noqa: E402, F401
from hezar.builders import build_model, models_registry  # noqa: E402

HERE = Path(__file__).parent
LABELS = {0: "O", 1: "B-loc", 2: "I-loc"}
BERT = dict(vocab_size=40, hidden_size=16, num_hidden_layers=2, num_attention_heads=4, intermediate_size=24,
            max_position_embeddings=16)
DISTILBERT = dict(vocab_size=40, dim=16, n_layers=2, n_heads=4, max_position_embeddings=16)
SHAPES = {"bert": BERT, "roberta": BERT, "distilbert": DISTILBERT | dict(hidden_dim=24)}
# As the tests' tokenizer reads "5 17 4 8", "30 4" and "4 9 21": 2 begins, 3 ends, 4 is the mask.
IDS = [[2, 5, 17, 4, 8, 3], [2, 30, 4, 3], [2, 4, 9, 21, 3]]
TOP = 3


def randomize(model, seed):
    generator = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for name, p in model.named_parameters():
            noise = torch.randn(p.shape, generator=generator)
            is_norm = name.lower().endswith(("layernorm.weight", "layer_norm.weight"))
            p.copy_(1 + 0.2 * noise if is_norm else 0.4 * noise)


def rounded(tensor):
    return {"shape": list(tensor.shape), "data": [float(f"{v:.7g}") for v in tensor.flatten().tolist()]}


def predictions(task, logits, mask):
    """What post_process makes of the logits, without the texts of tokens."""
    rows = []
    for row, (scores, kept) in enumerate(zip(logits.softmax(-1), mask)):
        if task == "mask_filling":
            best = scores[IDS[row].index(4)].topk(TOP)
            rows.append([{"token_id": i, "score": s} for i, s in zip(best.indices.tolist(), best.values.tolist())])
        elif task == "text_classification":
            best = scores.topk(TOP)
            rows.append([{"label": LABELS[i], "score": s} for i, s in zip(best.indices.tolist(), best.values.tolist())])
        else:
            best = scores[: int(kept.sum())].max(-1)
            rows.append([{"label": LABELS[i], "score": s} for i, s in zip(best.indices.tolist(), best.values.tolist())])
    return rows


def make(family, task, seed):
    name = f"{family}_{task}" if task else family
    config = dict(SHAPES[family])
    if task in ("text_classification", "sequence_labeling"):
        config |= dict(id2label=LABELS, num_labels=len(LABELS))
    if name == "distilbert_sequence_labeling":
        del config["hidden_dim"]  # the reference's config has no such field: it is 3072
        config |= dict(dim=4, n_heads=2, n_layers=1)
    torch.manual_seed(seed)
    model = build_model(name, config=models_registry[name].config_class(**config))
    randomize(model, seed)
    model.eval()
    pad = model.config.pad_token_id
    longest = max(map(len, IDS))
    ids = torch.tensor([row + [pad] * (longest - len(row)) for row in IDS])
    mask = torch.tensor([[1] * len(row) + [0] * (longest - len(row)) for row in IDS])
    with torch.inference_mode():
        outputs = model(token_ids=ids, attention_mask=mask)
    folder = HERE / name
    shutil.rmtree(folder, ignore_errors=True)
    model.save(str(folder))
    save_file({k: v.contiguous().clone() for k, v in model.state_dict().items()}, folder / "model.safetensors",
              metadata={"format": "pt"})
    os.remove(folder / "model.pt")
    keep = ("logits", "last_hidden_state", "pooler_output")
    expected = {"versions": {p: version(p) for p in ("hezar", "torch", "transformers")},
                "state_dict": [[k, list(v.shape)] for k, v in model.state_dict().items()],
                "inputs": {"token_ids": ids.tolist(), "attention_mask": mask.tolist()},
                "outputs": {k: rounded(outputs[k]) for k in keep if outputs.get(k) is not None}}
    if task:
        expected["predictions"] = predictions(task, outputs["logits"], mask)
    (folder / "expected.json").write_text(json.dumps(expected, separators=(",", ":")))


for number, family in enumerate(SHAPES):
    for task in ("", "mask_filling", "text_classification", "sequence_labeling"):
        if family == "bert" and task in ("", "text_classification"):
            continue  # in ../bert
        make(family, task, number)
