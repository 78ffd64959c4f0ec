"""Writes the tiny BERT repos of this folder and what the Python reference computes with them.

Needs: hezar 1.0.0, torch, safetensors, omegaconf (see the versions in expected.json).
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

from hezar.builders import build_model  # noqa: E402

HERE = Path(__file__).parent
SHAPE = dict(vocab_size=40, hidden_size=16, num_hidden_layers=2, num_attention_heads=4, intermediate_size=24,
             max_position_embeddings=12, initializer_range=0.02)
LABELS = {0: "negative", 1: "neutral", 2: "positive"}

IDS = [[2, 5, 17, 39, 8, 3], [2, 30, 11, 3, 0, 0], [2, 9, 9, 21, 3, 0]]
MASK = [[1, 1, 1, 1, 1, 1], [1, 1, 1, 1, 0, 0], [1, 1, 1, 1, 1, 0]]
TYPES = [[0, 0, 0, 1, 1, 1], [0, 0, 1, 1, 0, 0], [0, 1, 1, 1, 1, 0]]


def randomize(model, seed):
    generator = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for name, p in model.named_parameters():
            noise = torch.randn(p.shape, generator=generator)
            p.copy_(1 + 0.2 * noise if name.endswith("LayerNorm.weight") else 0.4 * noise)


def rounded(value):
    if isinstance(value, torch.Tensor):
        return {"shape": list(value.shape), "data": [float(f"{v:.7g}") for v in value.flatten().tolist()]}
    return [rounded(v) for v in value]


def forward(model, **inputs):
    with torch.inference_mode():
        outputs = model(**inputs)
    keep = ("logits", "last_hidden_state", "pooler_output", "hidden_states", "attentions")
    return {k: rounded(outputs[k]) for k in keep if outputs.get(k) is not None}


def cases(model, name):
    ids, mask, types = (torch.tensor(x) for x in (IDS, MASK, TYPES))
    # A backbone's hidden states are large: one of them is enough for both models.
    hidden = dict(output_hidden_states=True) if name == "bert" else {}
    yield "single", dict(token_ids=[IDS[0]]), forward(model, token_ids=ids[:1])
    yield "padded", dict(token_ids=IDS, attention_mask=MASK), forward(model, token_ids=ids, attention_mask=mask)
    yield ("typed", dict(token_ids=IDS, attention_mask=MASK, token_type_ids=TYPES),
           forward(model, token_ids=ids, attention_mask=mask, token_type_ids=types, **hidden))
    positions = [list(range(5, -1, -1))]
    yield ("positions", dict(token_ids=[IDS[0]], position_ids=positions),
           forward(model, token_ids=ids[:1], position_ids=torch.tensor(positions)))


def make(name, seed, weights, **config):
    torch.manual_seed(seed)
    model = build_model(name, **SHAPE, **config)
    randomize(model, seed)
    model.eval()
    folder = HERE / f"{name}_{seed}"
    shutil.rmtree(folder, ignore_errors=True)
    model.save(str(folder))
    if weights == "safetensors":
        save_file({k: v.contiguous() for k, v in model.state_dict().items()}, folder / "model.safetensors",
                  metadata={"format": "pt"})
        os.remove(folder / "model.pt")
    if name == "bert_mask_filling":
        return
    expected = {"versions": {p: version(p) for p in ("hezar", "torch", "transformers")},
                "num_parameters": sum(p.numel() for p in model.parameters()),
                "state_dict": [[k, list(v.shape)] for k, v in model.state_dict().items()],
                "cases": [{"name": n, "inputs": i, "outputs": o} for n, i, o in cases(model, name)]}
    if name == "bert_text_classification":
        with torch.inference_mode():
            logits = model(token_ids=torch.tensor(IDS), attention_mask=torch.tensor(MASK))["logits"]
            expected["predict_top_3"] = [[{"label": r.label, "score": float(f"{r.score:.7g}")} for r in row]
                                         for row in model.post_process({"logits": logits}, top_k=3)]
            expected["loss"] = float(f"{model.compute_loss(logits, torch.tensor([2, 0, 1])).item():.7g}")
    (folder / "expected.json").write_text(json.dumps(expected, separators=(",", ":")))


for seed, weights in ((0, "safetensors"), (1, "pt")):
    make("bert", seed, weights)
    make("bert_text_classification", seed, weights, id2label=LABELS)
make("bert_mask_filling", 0, "pt")
