"""Writes safetensors_cases.json: well-formed and malformed safetensors files and sharded folders.

    python make_safetensors.py            writes the file beside this script
    python make_safetensors.py --judge    also asks the safetensors package (0.8.0) what it accepts

A case is refused when it has an "error" (the code that the C++ reader reports), else its tensors are listed. Rows marked
STRICTER are accepted by the package and refused here: duplicate names, infos as arrays, dimensions that fit no tensor.
"""

import gzip
import io
import json
import os
import struct
import sys
import tempfile
import zipfile

from pack import pack, write_groups

BITS = {"F4": 4, "F6_E2M3": 6, "F6_E3M2": 6, "C64": 64}
for width, names in {8: "BOOL U8 I8 F8_E5M2 F8_E4M3 F8_E8M0 F8_E4M3FNUZ F8_E5M2FNUZ", 16: "I16 U16 F16 BF16",
                     32: "I32 U32 F32", 64: "F64 I64 U64"}.items():
    BITS.update({name: width for name in names.split()})
I64MAX = 2**63 - 1
CASES = []
FOLDERS = []


def refuse(name, blob, error, stricter=False):
    CASES.append({"name": name, "blob": blob, "error": error, "stricter": stricter})


def accept(name, blob, tensors=(), metadata=None, unreadable=()):
    """tensors: (name, dtype, shape, bytes) in the order of the header; unreadable: names that open but have no tensor type."""
    CASES.append({"name": name, "blob": blob, "tensors": list(tensors), "metadata": metadata or {},
                  "unreadable": list(unreadable)})


def raw(header, data=b"", length=None):
    if isinstance(header, str):
        header = header.encode()
    return struct.pack("<Q", len(header) if length is None else length) + header + data


def dumps(value):
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)


def info(dtype="F32", shape=(1,), offsets=(0, 4)):
    return {"dtype": dtype, "shape": list(shape), "data_offsets": list(offsets)}


def one(data=bytes(4), name="a", **changes):
    fields = info()
    fields.update(changes)
    return raw(dumps({name: fields}), data)


def literal(shape="[1]", offsets="[0,4]", dtype='"F32"', data=bytes(4)):
    return raw('{"a":{"dtype":%s,"shape":%s,"data_offsets":%s}}' % (dtype, shape, offsets), data)


def ramp(count, start=0):
    return bytes((start + i) % 251 for i in range(count))


def build(tensors, metadata=None, pad=8, order=None, lead=b"", tail=b""):
    """tensors: (name, dtype, shape, bytes), laid out in this order; order: header order."""
    infos, data = {}, b""
    for name, dtype, shape, payload in tensors:
        infos[name] = info(dtype, shape, (len(data), len(data) + len(payload)))
        data += payload
    if order:
        infos = {name: infos[name] for name in order}
    if metadata is not None:
        infos = {"__metadata__": metadata, **infos}
    header = lead + dumps(infos).encode() + tail
    if pad:
        header += b" " * (-len(header) % pad)
    return raw(header, data)


def containers():
    good = one()
    n = len(good) - 12
    refuse("c00", b"", "HEADER_TOO_SMALL")
    refuse("c01", bytes(7), "HEADER_TOO_SMALL")
    refuse("c02", struct.pack("<Q", 8), "HEADER_LENGTH_PAST_EOF")
    refuse("c03", good[:-5], "HEADER_LENGTH_PAST_EOF")
    refuse("c04", struct.pack("<Q", 2**64 - 1) + good[8:], "HEADER_TOO_LARGE")
    refuse("c05", struct.pack("<Q", 2**63) + good[8:], "HEADER_TOO_LARGE")
    refuse("c06", struct.pack("<Q", 10**8 + 1) + good[8:], "HEADER_TOO_LARGE")
    refuse("c07", struct.pack("<Q", 10**8) + good[8:], "HEADER_LENGTH_PAST_EOF")
    refuse("c08", raw("", length=0), "HEADER_NOT_JSON")
    refuse("c09", struct.pack(">Q", n) + good[8:], "HEADER_TOO_LARGE")
    refuse("c10", struct.pack("<Q", n - 1) + good[8:], "HEADER_NOT_JSON")
    refuse("c11", struct.pack("<Q", n + 1) + good[8:], "HEADER_NOT_JSON")
    refuse("c12", b"version https://git-lfs.github.com/spec/v1\noid sha256:" + b"0" * 64 + b"\nsize 440449768\n",
           "HEADER_TOO_LARGE")
    refuse("c13", b"<!DOCTYPE html>\n<html><body>Entry not found</body></html>\n", "HEADER_TOO_LARGE")
    refuse("c14", gzip.compress(good, mtime=0), "HEADER_LENGTH_PAST_EOF")
    # A zip whose version and flags are 0, so that the first 8 bytes are a small number.
    refuse("c15", b"PK\x03\x04" + bytes(22) + b"\x01\x00\x00\x00a", "HEADER_LENGTH_PAST_EOF")


def headers():
    refuse("h00", raw(b'{"\xff\xfe":1}'), "HEADER_NOT_UTF8")
    refuse("h01", raw(b'{"\xc0\xaf":1}'), "HEADER_NOT_UTF8")
    refuse("h02", raw(b'{"\xed\xa0\x80":1}'), "HEADER_NOT_UTF8")
    refuse("h03", raw(b"\xef\xbb\xbf{}"), "HEADER_NOT_JSON")
    refuse("h04", raw("{}".encode("utf-16-le")), "HEADER_NOT_JSON")
    refuse("h05", raw("hello world"), "HEADER_NOT_JSON")
    refuse("h06", raw('{"a":{"dtype":"F32","sha'), "HEADER_NOT_JSON")
    for i, text in enumerate(["[]", '"a"', "7", "null", "true"]):
        refuse(f"h07_{i}", raw(text), "HEADER_NOT_OBJECT")
    refuse("h08", raw("{}{}"), "HEADER_NOT_JSON")
    refuse("h09", raw("{}" + "\0" * 6), "HEADER_NOT_JSON")
    refuse("h10", raw("{} garbage"), "HEADER_NOT_JSON")
    refuse("h11", raw('{"__metadata__":{"a":"b",},}'), "HEADER_NOT_JSON")
    refuse("h12", raw('{/* x */"__metadata__":{}}'), "HEADER_NOT_JSON")
    refuse("h13", raw("{'__metadata__':{}}"), "HEADER_NOT_JSON")
    refuse("h14", raw('{"__metadata__":{"a":"\x01"}}'), "HEADER_NOT_JSON")
    refuse("h15", raw('{"__metadata__":{"a":"\\x41"}}'), "HEADER_NOT_JSON")
    refuse("h16", raw('{"__metadata__":{"a":"\\ud800"}}'), "HEADER_NOT_JSON")
    for name, depth in (("h17", 500), ("h18", 200_000)):
        refuse(name, raw('{"a":' + "[" * depth + "]" * depth + "}"), "HEADER_NOT_JSON")
    refuse("h19", raw('{"a":' * 100_000 + "1" + "}" * 100_000), "HEADER_NOT_JSON")


def duplicates():
    fields = dumps(info())
    refuse("d00", raw('{"a":%s,"a":%s}' % (fields, fields), bytes(4)), "DUPLICATE_KEY", stricter=True)
    refuse("d01", raw('{"__metadata__":{"k":"1","k":"2"},"a":%s}' % fields, bytes(4)), "DUPLICATE_KEY", stricter=True)
    refuse("d02", raw('{"__metadata__":{},"__metadata__":{},"a":%s}' % fields, bytes(4)), "DUPLICATE_KEY")
    refuse("d03", raw('{"a":{"dtype":"F32","dtype":"F32","shape":[1],"data_offsets":[0,4]}}', bytes(4)), "DUPLICATE_KEY")
    refuse("d04", raw('{"a":%s,"\\u0061":%s}' % (fields, fields), bytes(4)), "DUPLICATE_KEY", stricter=True)
    refuse("d05", raw('{"__metadata__":{"a":"1","\\u0061":"2"}}'), "DUPLICATE_KEY", stricter=True)


def infos():
    for field in ("dtype", "shape", "data_offsets"):
        fields = info()
        del fields[field]
        refuse(f"t00_{field}", raw(dumps({"a": fields}), bytes(4)), "BAD_TENSOR_INFO")
    for i, value in enumerate([None, 5, "F32", [], {}]):
        refuse(f"t01_{i}", raw(dumps({"a": value})), "BAD_TENSOR_INFO")
    refuse("t02", one(dtype="F128"), "UNKNOWN_DTYPE")
    refuse("t03", one(dtype="f32"), "UNKNOWN_DTYPE")
    refuse("t04", one(dtype=None), "BAD_TENSOR_INFO")
    refuse("t05", one(dtype=32), "BAD_TENSOR_INFO")
    refuse("t06", one(dtype=""), "UNKNOWN_DTYPE")
    refuse("t07", raw('{"a":["F32",[1],[0,4]]}', bytes(4)), "BAD_TENSOR_INFO", stricter=True)
    refuse("t08", literal(dtype='{"F32":null}'), "BAD_TENSOR_INFO", stricter=True)


def shapes():
    for i, shape in enumerate(["[-1]", "[2.0]", '["2"]', "[null]", "[[2]]", "2", "[1e1]", "[18446744073709551616]", "[true]",
                               "[{}]", "null", '"[1]"', "{}"]):
        refuse(f"s00_{i:02}", literal(shape=shape), "BAD_SHAPE")
    refuse("s01", literal(shape="[02]"), "HEADER_NOT_JSON")
    refuse("s02", literal(shape=f"[{2**62},4]"), "SHAPE_OVERFLOW")
    refuse("s03", literal(shape=f"[{2**61},1]", dtype='"F64"'), "SHAPE_OVERFLOW")
    refuse("s04", literal(shape=f"[{2**32},{2**32}]", data=b"", offsets="[0,0]"), "SHAPE_OVERFLOW")
    refuse("s05", literal(shape=f"[{2**62},4,1]", offsets="[0,0]", data=b""), "SHAPE_OVERFLOW")
    refuse("s06", literal(shape=f"[{2**62},4,0]", offsets="[0,0]", data=b""), "SHAPE_OVERFLOW")
    refuse("s07", literal(shape=f"[0,{2**64 - 1}]", offsets="[0,0]", data=b""), "DIM_TOO_LARGE", stricter=True)
    refuse("s08", literal(shape=f"[0,{I64MAX},{I64MAX}]", offsets="[0,0]", data=b""), "SHAPE_OVERFLOW", stricter=True)
    refuse("s09", literal(shape="[%s]" % ",".join(["1"] * 5000)), "TOO_MANY_DIMS", stricter=True)


def offsets():
    for i, value in enumerate(["[4,0]", "[-4,0]", "[]", "[0]", "[0,4,8]", "[0.0,4.0]", '["0","4"]', "null", "[null,4]",
                               "[0,18446744073709551616]", '{"begin":0,"end":4}', "4", "[0,4e0]"]):
        refuse(f"o00_{i:02}", literal(offsets=value), "BAD_OFFSETS")
    two = lambda a, b, data=bytes(4): raw(dumps({"a": a, "b": b}), data)
    refuse("o01", literal(shape="[2]", offsets="[0,8]"), "BUFFER_SIZE_MISMATCH")
    refuse("o02", literal(shape=f"[{2**58}]", offsets=f"[0,{2**60}]"), "BUFFER_SIZE_MISMATCH")
    refuse("o03", two(info(dtype="U8", shape=(2**60,), offsets=(0, 2**60)), info(offsets=(2**64 - 4, 2**64 - 1))),
           "BAD_OFFSETS")
    refuse("o04", two(info(), info(offsets=(2**64 - 4, 2**64 - 1)), bytes(4)), "BAD_OFFSETS")
    refuse("o05", literal(shape="[2]"), "SIZE_MISMATCH")
    refuse("o06", literal(offsets="[0,8]", data=bytes(8)), "SIZE_MISMATCH")
    refuse("o07", literal(offsets="[4,8]", data=bytes(8)), "BAD_OFFSETS")
    refuse("o08", two(info(), info(offsets=(8, 12)), bytes(12)), "BAD_OFFSETS")
    refuse("o09", two(info(), info(), bytes(4)), "BAD_OFFSETS")
    refuse("o10", two(info(shape=(2,), offsets=(0, 8)), info(offsets=(4, 8)), bytes(8)), "BAD_OFFSETS")
    refuse("o11", literal(data=bytes(5)), "BUFFER_SIZE_MISMATCH")
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as z:
        z.writestr(zipfile.ZipInfo("x.txt"), "hidden")
    refuse("o12", literal() + archive.getvalue(), "BUFFER_SIZE_MISMATCH")
    refuse("o13", literal(data=bytes(3)), "BUFFER_SIZE_MISMATCH")
    refuse("o14", raw("{}", bytes(4)), "BUFFER_SIZE_MISMATCH")
    refuse("o15", raw(dumps({f"t{i}": info() for i in range(10_000)}), bytes(4)), "BAD_OFFSETS")
    refuse("o16", two(info(shape=(2,), offsets=(0, 8)), info(shape=(0,), offsets=(4, 4)), bytes(8)), "BAD_OFFSETS")
    refuse("o17", two(info(), info(shape=(0,), offsets=(8, 8)), bytes(4)), "BAD_OFFSETS")
    refuse("b00", literal(dtype='"F4"', shape="[3]", offsets="[0,2]", data=bytes(2)), "MISALIGNED_SUBBYTE")
    refuse("b01", literal(dtype='"F6_E2M3"', shape="[2]", offsets="[0,2]", data=bytes(2)), "MISALIGNED_SUBBYTE")


def metadata():
    values = ['{"k":1}', '{"k":null}', '{"k":{}}', '{"k":["v"]}', '{"k":true}', '["k"]', '"k"', "1"]
    for i, value in enumerate(values):
        refuse(f"m00_{i}", raw('{"__metadata__":%s}' % value), "BAD_METADATA")
    refuse("m02", raw('{"__metadata__":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}', bytes(4)), "BAD_METADATA")


def valid():
    def good(name, tensors, meta=None, order=None, unreadable=(), **layout):
        by_name = {t[0]: t for t in tensors}
        listed = [by_name[n] for n in order] if order else tensors
        accept(name, build(tensors, metadata=meta, order=order, **layout), listed, meta, unreadable)

    accept("v00", raw("{}"))
    accept("v01", raw('{"__metadata__":{"format":"pt","note":"سلام"}}'), metadata={"format": "pt", "note": "سلام"})
    good("v02", [("scalar", "F32", [], struct.pack("<f", 1.5))])
    good("v03", [("empty", "F32", [0], b"")])
    good("v04", [("e0", "F32", [0, 3], b""), ("a", "F32", [1], ramp(4)), ("e1", "I64", [2, 0], b""),
                 ("b", "U8", [3], ramp(3)), ("e2", "BOOL", [0], b"")])
    every = []
    for dtype, bits in sorted(BITS.items(), key=lambda item: -item[1]):
        payload = bytes([0, 1, 1, 0]) if dtype == "BOOL" else ramp(4 * bits // 8, len(every))
        every.append((f"t.{dtype}", dtype, [2, 2], payload))
    good("v05", every, {"format": "pt"}, unreadable=["t.F6_E2M3", "t.F6_E3M2"])
    good("v06", [("f4", "F4", [3, 4], ramp(6)), ("f4.empty", "F4", [0], b"")])
    for i, pad in enumerate((0, 3, 5)):
        tensors = [("a", "F32", [3], ramp(12)), ("b" + "x" * i, "F64", [2], ramp(16, 7))]
        good(f"v0{7 + i}", tensors, pad=pad, tail=b" " * (1 if len(build(tensors, pad=pad)) % 8 == 4 else 0))
    good("v10", [("byte", "U8", [1], b"\x07"), ("odd", "F32", [2], ramp(8, 3)), ("c", "I16", [1], ramp(2))])
    good("v11", [("a", "F32", [1], ramp(4))], lead=b" \n\t\r ")
    good("v12", [("a", "F32", [1], ramp(4))], lead=b" " * 1_000_000)
    good("v13", [("a", "F32", [1], ramp(4))], tail=b"\n\t \r\n")
    good("v14", [("z", "F32", [1], ramp(4)), ("a", "I64", [1], ramp(8)), ("m", "U8", [2], ramp(2))], order=["m", "z", "a"])
    good("v15", [("وزن.لایه", "F32", [1], ramp(4)), ("😀", "F32", [1], ramp(4, 9)), ('q"\\/\b\f\n\r\t\x01', "U8", [1], b"\x05")])
    accept("v16", raw('{"\\u0061\\u00e9\\ud83d\\ude00\\/":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}}', b"\x09"),
           [("aé😀/", "U8", [1], b"\x09")])
    good("v17", [("", "F32", [1], ramp(4))])
    good("v18", [("a\0b", "U8", [1], b"\x01"), ("a", "U8", [1], b"\x02")])
    good("v19", [("../../etc/passwd", "U8", [1], b"\x01"), ("C:\\x", "U8", [1], b"\x02"), ("/abs", "U8", [1], b"\x03")])
    good("v20", [("nan", "F32", [4], struct.pack("<4I", 0x7FC00001, 0xFFC12345, 0x7F800000, 0xFF800000)),
                 ("nan64", "F64", [1], struct.pack("<Q", 0x7FF0000000000001))])
    good("v21", [(f"layer.{i}.w", "U8", [1], bytes([i % 256])) for i in range(5000)])
    good("v22", [("deep", "U8", [1] * 41, b"\x2a")])
    good("v23", [("wide", "F32", [2**40, 0], b""), ("wider", "F32", [0, 2**60], b"")])
    accept("v24", raw('{"a":{"shape":[1],"extra":{"x":[1,2.5,null]},"dtype":"U8","data_offsets":[0,1]}}', b"\x01"),
           [("a", "U8", [1], b"\x01")])
    good("v25", [("a", "U8", [64], ramp(64))], {"format": "pt", "empty": "", "nul": "a\0b"})
    good("v26", [("a", "BOOL", [2, 2], bytes([1, 0, 0, 1]))])
    accept("v27", raw('{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"__metadata__":{}}', b"\x01"),
           [("a", "U8", [1], b"\x01")])


def folders():
    first = build([("a", "F32", [2], ramp(8)), ("both", "U8", [1], b"\x01")])
    second = build([("b", "U8", [3], ramp(3, 5)), ("both", "U8", [1], b"\x02"), ("unused", "U8", [1], b"\x03")])
    shards = {"m-1.safetensors": first, "m-2.safetensors": second}
    want = [("a", "F32", [2], ramp(8)), ("b", "U8", [3], ramp(3, 5))]
    usual = {"a": "m-1.safetensors", "b": "m-2.safetensors"}

    def folder(name, index, error=None, tensors=want, files=shards, links=None):
        if not isinstance(index, (str, bytes)):
            index = dumps(index)
        FOLDERS.append({"name": name, "index": index.encode() if isinstance(index, str) else index, "files": files,
                        "links": links or {}, "error": error, "tensors": tensors})

    folder("x00", {"metadata": {"total_size": 11}, "weight_map": usual})
    folder("x01", {"weight_map": usual})
    bad = ["../m-1.safetensors", "/m-1.safetensors", "sub/../m-1.safetensors", "./m-1.safetensors", "",
           "sub\\m-1.safetensors", "C:m-1.safetensors", "\\\\host\\m-1.safetensors", "https://host/m-1.safetensors"]
    for i, shard in enumerate(bad):
        folder(f"x{2 + i:02}", {"weight_map": {"a": shard}}, "INDEX_BAD_FILENAME")
    folder("x11", {"weight_map": {**usual, "b": "m-3.safetensors"}}, "IO")
    folder("x12", {"weight_map": {**usual, "c": "m-2.safetensors"}}, "SHARD_TENSOR_MISSING")
    folder("x13", {"weight_map": {"a": "m-2.safetensors"}}, "SHARD_TENSOR_MISSING")
    folder("x14", {"weight_map": {}}, tensors=[])
    folder("x15", {"weight_map": {"both": "m-2.safetensors"}}, tensors=[("both", "U8", [1], b"\x02")])
    folder("x16", '{"weight_map":', "INDEX_BAD_JSON")
    folder("x17", '{"metadata":{}}', "INDEX_BAD_JSON")
    folder("x18", '{"weight_map":["m-1.safetensors"]}', "INDEX_BAD_JSON")
    folder("x19", '{"weight_map":{"a":1}}', "INDEX_BAD_JSON")
    nested = {"parts/m-1.safetensors": first, "parts/m-2.safetensors": second}
    folder("x20", {"weight_map": {k: "parts/" + v for k, v in usual.items()}}, files=nested)
    folder("x21", {"metadata": {"total_size": 10**15}, "weight_map": usual})
    folder("x22", '{"weight_map":{"a":"m-1.safetensors","a":"m-2.safetensors"}}', "INDEX_BAD_JSON")
    folder("x23", {"weight_map": {"a": "m-1.safetensors\0.safetensors"}}, "INDEX_BAD_FILENAME")
    folder("x24", {"weight_map": {"a": "m-1.bin"}}, "INDEX_BAD_FILENAME", files={**shards, "m-1.bin": first})
    blobs = {"../blobs/one": first, "../blobs/two": second}
    folder("x25", {"weight_map": usual}, files=blobs,
           links={"m-1.safetensors": "../blobs/one", "m-2.safetensors": "../blobs/two"})
    folder("x26", {"weight_map": usual}, "BUFFER_SIZE_MISMATCH", files={**shards, "m-2.safetensors": second[:-1]})


def pack_tensors(tensors):
    return [{"name": n, "dtype": d, "shape": s, "hex": b.hex()} for n, d, s, b in tensors]


def packed():
    files = []
    for case in CASES:
        row = {"name": case["name"], "file": pack(case["blob"])}
        if "error" in case:
            row["error"] = case["error"]
        elif len(case["tensors"]) > 100:
            row["count"] = len(case["tensors"])
            row["tensors"] = pack_tensors(case["tensors"][:3] + case["tensors"][-3:])
            row["metadata"] = case["metadata"]
        else:
            row["tensors"] = pack_tensors(case["tensors"])
            row["metadata"] = case["metadata"]
            row["unreadable"] = case["unreadable"]
        files.append(row)
    folders_out = []
    for case in FOLDERS:
        row = {"name": case["name"], "index": pack(case["index"]), "links": case["links"],
               "files": {name: pack(blob) for name, blob in case["files"].items()}}
        if case["error"]:
            row["error"] = case["error"]
        else:
            row["tensors"] = pack_tensors(case["tensors"])
        folders_out.append(row)
    return {"files": files, "folders": folders_out}


def judge():
    """Compares what is expected here with the package's own verdict."""
    import safetensors
    from safetensors import safe_open

    surprises = 0
    accepted = 0
    for case in CASES:
        with tempfile.NamedTemporaryFile(suffix=".safetensors") as f:
            f.write(case["blob"])
            f.flush()
            try:
                with safe_open(f.name, "pt") as opened:
                    names = set(opened.keys())
                    for name, dtype, shape, payload in case.get("tensors", ()):
                        assert name in names, name
                        piece = opened.get_slice(name)
                        assert (piece.get_dtype(), piece.get_shape()) == (dtype, shape), name
                        if dtype.startswith("F6"):
                            continue
                        import torch
                        tensor = opened.get_tensor(name)
                        got = bytes(tensor.contiguous().view(torch.uint8).reshape(-1).tolist()) if tensor.numel() and tensor.dim() \
                            else tensor.contiguous().reshape(-1).view(torch.uint8).numpy().tobytes()
                        assert got == payload, (name, got, payload)
                    if "metadata" in case:
                        assert (opened.metadata() or {}) == case["metadata"]
                verdict = None
            except (safetensors.SafetensorError, OSError) as problem:
                verdict = str(problem)[:100]
        accepted += verdict is None
        expected = "error" not in case or case["stricter"]
        if expected != (verdict is None):
            surprises += 1
            print("SURPRISE", case["name"], case.get("error"), verdict)
    stricter = sum(case.get("stricter", False) for case in CASES)
    print(f"safetensors {safetensors.__version__}: {len(CASES)} files, {accepted} accepted, {len(CASES) - accepted} refused, "
          f"{stricter} where we are stricter, {surprises} surprises")


if __name__ == "__main__":
    for group in (containers, headers, duplicates, infos, shapes, offsets, metadata, valid, folders):
        group()
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "safetensors_cases.json")
    write_groups(path, packed())
    if "--judge" in sys.argv:
        judge()
