"""Writes small_floats.json: what the codes of 8- and 16-bit floats stand for.

Run with torch 2.13: python make_small_floats.py
"""
import json
import math
import pathlib

import torch


def values(dtype, codes):
    raw = torch.tensor(codes, dtype=torch.int32)
    bits = raw.to(torch.uint8) if dtype.itemsize == 1 else raw.to(torch.uint16)
    numbers = bits.view(dtype).to(torch.float32).tolist()
    return [x if math.isfinite(x) else None for x in numbers]


out = {}
for name in ["float8_e4m3fn", "float8_e4m3fnuz", "float8_e5m2", "float8_e5m2fnuz", "float8_e8m0fnu"]:
    codes = list(range(256))
    out[name] = {"codes": codes, "values": values(getattr(torch, name), codes)}
for name in ["float16", "bfloat16"]:
    codes = sorted({(i * 251 + 17) % 65536 for i in range(256)} | {0, 1, 0x3FF, 0x400, 0x7BFF, 0x7C00, 0x8000, 0xFC00})
    out[name] = {"codes": codes, "values": values(getattr(torch, name), codes)}
path = pathlib.Path(__file__).with_name("small_floats.json")
path.write_text(json.dumps(out) + "\n", encoding="utf-8")
