"""Writes torch_cases.json (files of torch.save and hostile ones) and reference.safetensors, with torch 2.13 and safetensors 0.8.0.

A good case lists its tensors; "storage" numbers those that share memory. A bad case has a piece of the error's message.
"""

import collections
import io
import os
import pickle
import struct
import tarfile
import zipfile
import zlib

import safetensors.torch
import torch

from pack import pack, write_groups

HERE = os.path.dirname(os.path.abspath(__file__))
GOOD, BAD = [], []


def saved(value, **options):
    out = io.BytesIO()
    torch.save(value, out, **options)
    return out.getvalue()


def good(name, state, blob=None):
    rows, storages = [], {}
    for key, tensor in state.items():
        tensor = tensor.detach()
        start = tensor.untyped_storage().data_ptr() or id(tensor)
        dense = tensor.contiguous().flatten()
        raw = bytes(dense.view(torch.uint8).tolist()) if tensor.numel() else b""
        rows.append({"name": key, "dtype": str(tensor.dtype)[6:], "shape": list(tensor.shape), "strides": list(tensor.stride()),
                     "hex": raw.hex(), "storage": storages.setdefault(start, len(storages))})
    GOOD.append({"name": name, "file": pack(blob or saved(state)), "tensors": rows})


def bad(name, blob, error, hint=""):
    row = {"name": name, "file": pack(blob), "error": error}
    if hint:
        row["hint"] = hint
    BAD.append(row)


def good_files():
    torch.manual_seed(0)
    good("linear", torch.nn.Linear(3, 2).state_dict())
    good("norm", torch.nn.Sequential(torch.nn.Linear(2, 2), torch.nn.BatchNorm1d(2)).state_dict())
    plain = {"a": torch.arange(6.0).reshape(2, 3), "لایه": torch.ones(1)}
    good("plain dict", plain)
    every = {}
    for dtype in ("float32 float64 float16 bfloat16 int64 int32 int16 int8 uint8 uint16 uint32 uint64 complex64 float8_e4m3fn "
                  "float8_e5m2 float8_e4m3fnuz float8_e5m2fnuz float8_e8m0fnu").split():
        every[dtype] = torch.tensor([0.5, 1, 2, 3]).to(getattr(torch, dtype))
    every["bool"] = torch.tensor([True, False, True])
    every["float4"] = torch.tensor([18, 52], dtype=torch.uint8).view(torch.float4_e2m1fn_x2)
    good("dtypes", every)
    base = torch.arange(12.0)
    good("shared", collections.OrderedDict(base=base, tied=base, tail=base[4:], square=base[:9].reshape(3, 3).t(), other=base + 1))
    good("strided", {"t": torch.arange(6).reshape(2, 3).t(), "every other": torch.arange(9)[1::2],
                     "expanded": torch.tensor([[5.0]]).expand(2, 3)})
    good("odd shapes", {"scalar": torch.tensor(7), "empty": torch.empty(0), "empty2": torch.empty(2, 0, 3), "one": torch.ones(1, 1)})
    good("parameters", {"w": torch.nn.Parameter(torch.ones(2)), "b": torch.nn.Parameter(torch.zeros(1), requires_grad=False)})
    good("no entries", {})
    named = "/tmp/named_root.pt"
    torch.save(plain, named)
    with open(named, "rb") as f:
        good("named root", plain, f.read())
    os.unlink(named)
    good("no byteorder", plain, rezip(saved(plain), keep=lambda n: n.split("/", 1)[1] in ("data.pkl", "version") or "/data/" in n))
    good("zip64", plain, rezip(saved(plain), zip64=True))
    good("misaligned", plain, rezip(saved(plain), shift=True))


def rezip(blob, keep=lambda name: True, change=None, zip64=False, shift=False, method=zipfile.ZIP_STORED, extra=()):
    """The same archive written by Python's zipfile: no alignment, no descriptors."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(blob)) as old, zipfile.ZipFile(out, "w") as new:
        if shift:
            new.writestr(zipfile.ZipInfo("shift"), "x" * 3)
        for entry in old.infolist():
            if not keep(entry.filename):
                continue
            data = old.read(entry)
            name = entry.filename
            if change:
                name, data = change(name, data)
            made = zipfile.ZipInfo(name)
            made.compress_type = method
            with new.open(made, "w", force_zip64=zip64) as f:
                f.write(data)
        for name, data in extra:
            new.writestr(zipfile.ZipInfo(name), data)
    return out.getvalue()


def archive(data, records=None, top="m", order=b"little"):
    """An archive with this pickle; a record of 16 bytes unless given."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as z:
        for name, payload in [("data.pkl", data), ("byteorder", order), ("version", b"3\n")] + \
                [("data/" + k, v) for k, v in ({"0": bytes(16)} if records is None else records).items()]:
            z.writestr(zipfile.ZipInfo(f"{top}/{name}"), payload)
    return out.getvalue()


def text(value):
    coded = value.encode()
    return b"X" + struct.pack("<I", len(coded)) + coded


def number(value):
    if -2**31 <= value < 2**31:
        return b"J" + struct.pack("<i", value)
    return b"\x8a" + bytes([len(pickle.encode_long(value))]) + pickle.encode_long(value)


def ints(values):
    return b"(" + b"".join(map(number, values)) + b"t"


ORDERED = b"ccollections\nOrderedDict\n)R"


def storage(kind=b"ctorch\nFloatStorage\n", key=None, numel=4, count=number):
    key = text("0") if key is None else key
    return b"(" + text("storage") + kind + key + text("cpu") + count(numel) + b"tQ"


def tensor(offset=number(0), size=ints([4]), stride=ints([1]), store=None, function=b"_rebuild_tensor_v2", tail=b"\x89" + ORDERED):
    return b"ctorch._utils\n" + function + b"\n(" + (store or storage()) + offset + size + stride + tail + b"tR"


def state(value, name="w"):
    return b"\x80\x02}(" + text(name) + value + b"u."


class Runs:
    def __init__(self, function, *arguments):
        self.call = (function, arguments)

    def __reduce__(self):
        return self.call


def hostile_pickles():
    for function, arguments, name in [(os.system, ("true",), "posix.system"), (eval, ("1",), "__builtin__.eval"),
                                      (exec, ("1",), "__builtin__.exec"), (getattr, (1, "real"), "__builtin__.getattr"),
                                      (__import__, ("os",), "__builtin__.__import__"), (torch.load, ("x",), "torch.serialization.load"),
                                      (os.remove, ("x",), "posix.remove")]:
        bad("runs " + name, saved({"w": torch.ones(1), "x": Runs(function, *arguments)}), f'got "{name}"', "Nothing was executed")
    for module, name in [("torch._utils", "_rebuild_from_type_v2"), ("torch.jit", "load"), ("torch.hub", "load"), ("numpy", "load"),
                         ("torch._utils", "_rebuild_sparse_tensor"), ("torch", "QInt8Storage"), ("builtins", "bytearray"),
                         ("torch._utils", "_rebuild_tensor_v2 "), ("collections", "OrderedDict.__class__"), ("", "")]:
        bad(f"names {module}.{name}", archive(state(f"c{module}\n{name}\n".encode() + b")R")), "expected tensors only")
    bad("global without newline", archive(b"\x80\x02c" + b"a" * 100_000), "a name that ends in a newline")
    bad("global of two lines cut", archive(b"\x80\x02ctorch\nFloatStor"), "a name that ends in a newline")
    for code, name in [(b"\x93", "stack_global"), (b"iposix\nsystem\n", "inst"), (b"o", "obj"), (b"\x81", "newobj"), (b"\x82\x01", "ext1"),
                       (b"Sa\n", "string"), (b"P0\n", "persid"), (b"\x95" + bytes(8), "frame"), (b"\x8b" + bytes(4), "long4"),
                       (b"C\x01a", "bytes"), (b"I1\n", "int"), (b"\x8c\x01a", "short_binunicode"), (b"0", "pop"), (b"\xff", "none")]:
        bad("opcode " + name, archive(state(code)), "an opcode that torch.save writes", "Nothing was executed")
    bad("protocol 4", archive(pickle.dumps({"a": 1}, protocol=4)), "an opcode that torch.save writes")
    deep = 100_000
    bad("deep lists", archive(state(b"]" * deep + b"a" * (deep - 1))), "at most 64 levels")
    bad("deep tuples", archive(state(b")" + b"\x85" * deep)), "at most 64 levels")
    bad("deep dicts", archive(state(b"}" + (text("k") + b"}") * deep + b"s" * deep)), "at most 64 levels")
    bad("deep marks", archive(state(b"(" * deep)), "at most 64 levels")
    bad("deep by memo", archive(state(b"]q\0" + b"]h\0aq\0" * deep)), "at most 64 levels")
    bad("holds itself", archive(state(b"]q\0h\0a")), "a value that holds itself")
    bad("hold each other", archive(b"\x80\x02}q\0(" + text("w") + b"]q\1h\0au."), "a value that holds itself")
    bad("laughs", archive(state(b")q\0" + b"h\0h\0\x86q\0" * 60)), "got a tuple")
    bad("memo missing", archive(state(b"h\7")), "a memo that was put")
    bad("memo far", archive(state(b"j" + b"\xff" * 4)), "a memo that was put")
    bad("memo of nothing", archive(b"\x80\x02q\0."), "a value on the stack, got none".split(",")[0])
    bad("string length", archive(state(b"X\xff\xff\xff\xff")), "more bytes")
    bad("string not utf-8", archive(state(b"X\1\0\0\0\xff")), "a string in UTF-8")
    bad("long integer", archive(state(b"\x8a\x09" + bytes(9))), "an integer of 64 bits")
    bad("long cut", archive(b"\x80\x02\x8a\xff"), "more bytes")
    bad("stop missing", archive(b"\x80\x02}"), "1 more bytes")
    bad("empty pickle", archive(b""), "1 more bytes")
    bad("nothing to stop with", archive(b"\x80\x02."), "one value and the end")
    bad("bytes after stop", archive(b"\x80\x02}.}"), "one value and the end")
    bad("mark left", archive(b"\x80\x02}(."), "one value and the end")
    bad("call of an int", archive(state(b"K\1)R")), "a name and a tuple to call it with")
    bad("call without a tuple", archive(state(b"ccollections\nOrderedDict\n]R")), "a name and a tuple")
    bad("ordered dict with arguments", archive(state(b"ccollections\nOrderedDict\n(K\1tR")), "an empty OrderedDict()")
    bad("items of a list", archive(state(b"](" + text("a") + b"Nu")), "expected a dict")
    bad("items of a tuple", archive(state(b")(" + text("a") + b"Nu")), "expected a dict")
    bad("append to a dict", archive(state(b"}Na")), "expected a list")
    bad("items odd", archive(state(b"}(" + text("a") + b"u")), "keys with values")
    bad("items without mark", archive(b"\x80\x02}u."), "a mark on the stack")
    bad("build of a list", archive(state(b"]}b")), "expected a dict")
    bad("build with a tuple", archive(state(b"})b")), "a dict of attributes")
    bad("append with nothing", archive(b"\x80\x02a."), "a value on the stack")
    bad("reach below a mark", archive(state(b"](a")), "a value on the stack")


def hostile_tensors():
    def layout(name, error, **changes):
        bad(name, archive(state(tensor(**changes))), error)

    outside = "elements within a storage of 4"
    layout("negative size", "an int >= 0 as shape, got -1", size=ints([-1]))
    layout("negative stride", "an int >= 0 as strides, got -1", stride=ints([-1]))
    layout("negative offset", "an int >= 0 as offset, got -1", offset=number(-1))
    layout("offset past the end", outside, offset=number(4))
    layout("offset overlong", outside, offset=number(2**62))
    layout("offset of an empty one", outside, offset=number(5), size=ints([0]))
    layout("size past the end", outside, size=ints([5]))
    layout("stride past the end", outside, stride=ints([2]))
    layout("stride overflow", outside, stride=ints([2**63 - 1]))
    layout("sum overflow", outside, size=ints([2, 2, 2]), stride=ints([2**62, 2**62, 2**62]))
    layout("shape overflow", outside, size=ints([2**40, 2**40]), stride=ints([0, 0]))
    layout("empty with an overflow", outside, size=ints([0, 2**62, 2**62]), stride=ints([0, 0, 0]))
    layout("repeats without bound", "at most 1073741824 bytes", size=ints([2**40]), stride=ints([0]))
    layout("strides missing", "one stride for each dimension", stride=ints([]))
    layout("rank 65", "at most 64 dimensions", size=ints([1] * 65), stride=ints([1] * 65))
    layout("size a float", "an int >= 0 as shape, got a float", size=b"G" + bytes(8) + b"\x85")
    layout("size a bool", "an int >= 0 as shape, got a bool", size=b"\x88\x85")
    layout("size a list", "a tuple as shape", size=b"]K\4a")
    layout("offset None", "an int >= 0 as offset, got None", offset=b"N")
    layout("arguments missing", "arguments of _rebuild_tensor", tail=b"")
    layout("arguments too many", "arguments of _rebuild_tensor", tail=b"NNNN")
    layout("v3 without dtype", "arguments of _rebuild_tensor", function=b"_rebuild_tensor_v3")
    layout("v3 with a storage as dtype", "a dtype of torch", function=b"_rebuild_tensor_v3",
           tail=b"\x89" + ORDERED + b"ctorch\nFloatStorage\n")
    layout("v3 wider than the storage", "elements within a storage of 2", function=b"_rebuild_tensor_v3",
           tail=b"\x89" + ORDERED + b"ctorch\nint64\n")
    layout("parameter of nothing", "a tensor in the parameter", function=b"_rebuild_parameter", store=b"N", offset=b"\x88",
           size=ORDERED, stride=b"", tail=b"")
    layout("storage an int", "expected a storage, got an int", store=b"K\0")
    layout("storage class a function", "a storage class", store=storage(kind=b"ctorch._utils\n_rebuild_tensor_v2\n"))
    layout("storage class a dtype", "a storage class", store=storage(kind=b"ctorch\nfloat32\n"))
    layout("storage class a string", "a storage's five fields", store=storage(kind=text("FloatStorage")))
    layout("storage key an int", "a storage's five fields", store=storage(key=b"K\0"))
    layout("storage key climbs", "a storage key of letters and digits", store=storage(key=text("../data.pkl")))
    layout("storage key empty", "a storage key of letters and digits", store=storage(key=text("")))
    layout("storage missing", 'storage "m/data/7", got none', store=storage(key=text("7")))
    layout("storage with a view", "a storage's five fields", store=b"(" + text("storage") + b"ctorch\nFloatStorage\n" + text("0") +
           text("cpu") + b"K\4NtQ")
    for name, numel in [("shorter", 1000), ("longer", 3), ("overflow", 2**62), ("none", 0)]:
        layout("storage " + name, 'storage "0" as large as declared', store=storage(numel=numel))
    layout("storage negative", "an int >= 0 as storage size", store=storage(numel=-4))
    layout("storage size a string", "an int >= 0 as storage size", store=storage(numel=4, count=lambda n: text("4")))
    bools = storage(kind=b"ctorch\nBoolStorage\n", numel=2)
    bad("bool of 2", archive(state(tensor(store=bools, size=ints([2]))), {"0": b"\x01\x02"}), "bytes 0 and 1")


def other_contents():
    one = torch.ones(1)
    key = "The weights are under"
    bad("nested", saved({"epoch": 3, "state_dict": {"w": one}}), "a tensor as each value of the state_dict, got an int",
        f'{key} "state_dict"')
    bad("nested model", saved({"model_state_dict": {"w": one}, "loss": 0.5}), "got a dict", f'{key} "model_state_dict"')
    bad("optimizer", saved({"state": {0: {"step": one}}, "param_groups": []}), "got a dict", "torch.save(model.state_dict(), path)")
    bad("integer keys", saved({0: one}), "strings as keys")
    bad("one tensor", saved(one), "a dict of tensors, got one tensor")
    bad("a list", saved([one]), "a dict of tensors, got a list")
    bad("none", saved(None), "a dict of tensors, got None")
    bad("a number beside", saved({"w": one, "n": 3}), 'tensor "n": expected a tensor as each value')
    bad("a module", saved(torch.nn.Linear(1, 1)), "torch.nn.modules.linear.Linear")
    twice = b"\x80\x02}(" + text("w") + tensor() + text("w") + tensor() + b"u."
    bad("a name twice", archive(twice), "each name once")


def find_all(blob, needle):
    at = blob.find(needle)
    while at >= 0:
        yield at
        at = blob.find(needle, at + 1)


def patched(blob, at, new):
    return blob[:at] + new + blob[at + len(new):]


def hostile_zips():
    plain = {"w": torch.arange(4.0)}
    blob = saved(plain)
    small = archive(state(tensor()))
    for part in ("data.pkl", "data/0", "byteorder"):
        at = [i for i in find_all(blob, b"PK\x01\x02") if blob[i + 46:].startswith(f"archive/{part}".encode())][0]
        bad("checksum of " + part, patched(blob, at + 16, b"\x11\x22\x33\x44"), "the recorded checksum")
    weights = blob.find(struct.pack("<4f", 0, 1, 2, 3))
    bad("bit flipped in the data", patched(blob, weights + 2, b"\x55"), "the recorded checksum")
    bad("compressed", rezip(blob, method=zipfile.ZIP_DEFLATED), "stored zip entries")
    for part in ("data.pkl", "byteorder", "data/0"):
        at = [i for i in find_all(blob, b"PK\x01\x02") if blob[i + 46:].startswith(f"archive/{part}".encode())][0]
        bad(f"{part} said to be compressed", patched(blob, at + 10, b"\x08"), "stored zip entries")
    bomb = rezip(saved({"w": torch.zeros(1 << 20)}), method=zipfile.ZIP_DEFLATED)
    bad("compressed a thousandfold", bomb, "stored zip entries")
    double = io.BytesIO(rezip(blob))
    import warnings
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with zipfile.ZipFile(double, "a") as z:
            z.writestr(zipfile.ZipInfo("archive/data.pkl"), b"\x80\x02}.")
    bad("data.pkl twice", double.getvalue(), "each zip entry once")
    bad("two roots", rezip(blob, extra=[("other/data.pkl", b"\x80\x02}.")]), "one data.pkl, got several")
    bad("no data.pkl", rezip(blob, keep=lambda n: "data.pkl" not in n), "one without data.pkl")
    bad("data.pkl without a root", rezip(blob, change=lambda n, d: (n.split("/", 1)[1], d)), "one without data.pkl")
    bad("big-endian", rezip(blob, change=lambda n, d: (n, b"big" if n.endswith("byteorder") else d)), 'byte order little, got "big"')
    script = torch.jit.script(torch.nn.Linear(1, 1))
    program = io.BytesIO()
    torch.jit.save(script, program)
    bad("torchscript", program.getvalue(), "a TorchScript archive, which is a program")
    for i, name in enumerate(["../m/data.pkl", "/m/data.pkl", "m/../data.pkl", "m\\data.pkl", "m/.."]):
        bad(f"entry name {i}", rezip(blob, extra=[(name, b"x")]), "plain relative names")
    first = small.find(b"PK\x01\x02")
    end = small.find(b"PK\x05\x06")
    bad("encrypted", patched(small, first + 8, b"\x01"), "without encryption")
    bad("two sizes", patched(small, first + 20, b"\x01\x00"), "one size for a stored zip entry")
    bad("size past the end", patched(small, first + 20, struct.pack("<II", 1 << 30, 1 << 30)), "where the directory says")
    bad("size of 4 GiB", patched(small, first + 20, b"\xff" * 8), "where the directory says")
    bad("header past the end", patched(small, first + 42, struct.pack("<I", 1 << 30)), "where the directory says")
    bad("header elsewhere", patched(small, first + 42, struct.pack("<I", 1)), "where the directory says")
    bad("header of another", patched(small, first + 42, struct.pack("<I", list(find_all(small, b"PK\x03\x04"))[1])),
        "where the directory says")
    bad("count too large", patched(small, end + 8, b"\x00\xff\x00\xff"), "a zip directory within the file")
    bad("count one more", patched(small, end + 8, b"\x05\x00\x05\x00"), "a zip directory within the file")
    bad("count one less", patched(small, end + 8, b"\x03\x00\x03\x00"), "as long as it says")
    bad("directory past the end", patched(small, end + 16, struct.pack("<I", 1 << 31)), "a zip directory within the file")
    bad("directory elsewhere", patched(small, end + 16, struct.pack("<I", first - 1)), "a zip directory entry")
    bad("zip64 without a locator", patched(small, end + 10, b"\xff\xff"), "a zip64 directory")
    locator = b"PK\x06\x07" + struct.pack("<IQI", 0, 2**64 - 8, 1)
    bad("zip64 far away", patched(small[:end] + locator + small[end:], end + 20 + 10, b"\xff\xff"), "a zip64 directory")
    bad("name longer than the file", patched(small, first + 28, b"\xff\xff"), "one that is cut short")
    # Two directory entries whose local headers lie inside each other's data.
    inner = b"PK\x03\x04" + bytes(22) + struct.pack("<HH", 1, 0) + b"b" + b"x"
    outer = b"PK\x03\x04" + bytes(22) + struct.pack("<HH", 1, 0) + b"a" + inner
    rows = b""
    for name, size, at in ((b"a", len(inner), 0), (b"b", 1, 31)):
        rows += b"PK\x01\x02" + bytes(16) + struct.pack("<IIHHHHHII", size, size, 1, 0, 0, 0, 0, 0, at) + name
    overlap = outer + rows + b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, 2, 2, len(rows), len(outer), 0)
    bad("entries that overlap", overlap, "entries that share bytes")


def other_formats():
    plain = {"w": torch.ones(2)}
    bad("before 1.6", saved(plain, _use_new_zipfile_serialization=False), "PyTorch's format from before version 1.6")
    tar = io.BytesIO()
    with tarfile.open(fileobj=tar, mode="w", format=tarfile.USTAR_FORMAT) as t:
        t.addfile(tarfile.TarInfo("storages"))
    bad("tar", tar.getvalue(), "a tar archive")
    bad("git-lfs pointer", b"version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n", "a git-lfs pointer")
    bad("web page", b"<!DOCTYPE html><html>404</html>", "a web page")
    bad("gzip", b"\x1f\x8b\x08" + bytes(20), "a gzip file")
    bad("empty", b"", "an empty file")
    bad("bare pickle", pickle.dumps({"a": 1}, protocol=2), "a bare pickle")
    bad("safetensors", safetensors.torch.save(plain), "a safetensors file")
    bad("text", b"hello", "other content")
    bad("PK alone", b"PK", "a zip with a directory at its end")
    bad("end record alone", b"PK\x05\x06" + bytes(18), "one without data.pkl")


def reference_safetensors():
    tensors = {"z": torch.tensor([1.0, 2.0]), 'b\n"\x01/سلام': torch.tensor([[7]], dtype=torch.int32), "a": torch.tensor(3.0),
               "n": torch.tensor([-1]), "t": torch.tensor([1, 2, 3], dtype=torch.uint8)}
    with open(os.path.join(HERE, "reference.safetensors"), "wb") as f:
        f.write(safetensors.torch.save(tensors, {"format": "pt"}))


if __name__ == "__main__":
    for group in (good_files, hostile_pickles, hostile_tensors, other_contents, hostile_zips, other_formats, reference_safetensors):
        group()
    write_groups(os.path.join(HERE, "torch_cases.json"), {"good": GOOD, "bad": BAD})
    print(len(GOOD), "good,", len(BAD), "bad")
