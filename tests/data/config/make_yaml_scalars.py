"""Writes yaml_scalars.json: what omegaconf's loader makes of plain and tagged scalars, and of small documents.

Run with omegaconf 2.3 and PyYAML 6: python make_yaml_scalars.py
"""
import json
import math
import pathlib

import yaml
from omegaconf._utils import get_yaml_loader

SCALARS = """
0 1 -1 +1 12 -12 +12 007 012 -012 +012 08 09 0o12 00 000 -0 +0 0_ 0_7 01_2 1_000 1__0 1_ _1 1_000_000
0x1F 0x1f 0X1F -0x1F +0xff 0x 0x_1 0xG 0b101 -0b11 0b 0b2 0B1 0b1_0 017777777777 0x7FFFFFFFFFFFFFFF
9223372036854775807 -9223372036854775808 9223372036854775808 18446744073709551615 18446744073709551616
-9223372036854775809 123456789012345678901234567890 1000000000000000019884624838656
1:30 190:20:30 1:60 1:5 1:05 0:30 -1:30 +1:30 1:2:3:4 1:30.5 190:20:30.15 0:30. 1:30.5e1 1:3_0 60:00 1: 1:30:
1.0 -1.0 +1.0 1. 1.5 .5 -.5 +.5 0.1 00.1 1_000.5 1__0.5 1._5 1.5_5 1._ . .. ... ._5 .5_ 1.2.3 5.e1 5.e+1
1e5 1E5 1e+5 1e-5 1e-12 1E-12 1.0e-12 1.e-12 -1e-12 +1e5 1e 1e+ e5 1_0e5 1__0e5 1e5.0 1e1_0 .5e3 .5e+3 .5e-3 -.5e+3
1e400 -1e400 1e-400 1.5e300 5e-324 2.2250738585072014e-308 1.7976931348623157e308 0.1e1 123456789.123456789
0.30000000000000004 3.141592653589793 1e16 1e15 1e22 1e23 9007199254740993 9007199254740993.0 0e0 -0.0 0.0
.inf .Inf .INF -.inf +.inf -.INF .iNF inf Infinity .nan .NaN .NAN -.nan .Nan nan NaN
yes Yes YES yES no No NO true True TRUE tRUE false False FALSE on On ON off Off OFF y Y n N t f
null Null NULL nULL ~ None none nil ~~ Null_
2020-01-01 2020-1-1 2001-12-14t21:59:43.10-05:00 12:30:45 2020-01 1-1 1/2 50% #1 a#b a: b:c
${a} ${oc.env:HOME} abc سلام سلام‌دنیا ۱۲ ۱.۵ [UNK] <s> </s> ##ing -a --- -- - a-b a,b 'a "a @x %x &x *x !x |x
nan0 0x1.8p1 1f 1L 1j 0d 1,000 1.000,5 infinity -inf True! yes! nullx 1a a1 1-1 1+1 +-1 --1 ++1 - + +. -.
""".split()
SCALARS += ["1 000", "a b", "true false", "yes no", "- ", "null null", "1 # c", "true # c", "a #b"]

TAGGED = [
    "!!str 12", "!!str true", "!!str null", "!!str", "!!str ~", "!!int 12", "!!int 012", "!!int '12'", '!!int "0x1F"',
    "!!int 1:30", "!!float 1", "!!float '1e3'", "!!float 1e-12", "!!float .inf", "!!bool yes", "!!bool 'no'",
    "!!bool TRUE", "!!null x", "!!null", "!!int abc", "!!float abc", "!!bool maybe", "!!binary aGk=", "!foo 1",
    "!!python/none x", "!!timestamp 2020-01-01", "!!python/object/apply:os.system [ls]",
    "'12'", '"12"', "'true'", '"null"', "'~'", "''", '""', "'1e-12'", "'it''s'", '"a\\nb"', '"\\x41\\u0627\\U0001F600"',
    '"\\t\\r\\0\\a\\b\\e\\f\\v\\N\\_\\L\\P\\/\\\\\\""', "'\\n'", "'a: b # c'",
]

DOCUMENTS = [
    "a: 1\nb: two\n", "a: 1\r\nb: 2\r\n", "a: 1\rb: 2\r", "\ufeffa: 1\n", "---\na: 1\n...\n", "# comment\na: 1 # x\n",
    "a:\n- 1\n- 2\n", "a:\n  - 1\n  - b: 2\n    c: 3\n", "a: [1, 2, [3, {b: 4}]]\n", "a: {b: 1, c: [x, y], d: }\n",
    "- - 1\n  - 2\n- - 3\n", "a: |\n  line 1\n  line 2\n", "a: |-\n  x\n   y\n\n", "a: >\n  folded\n  text\n\n  more\n",
    "a: >-\n  x\n  y\n", "a: |+\n  x\n\n", "a: plain\n  over lines\nb: 1\n", "a: 'single\n  quoted'\n",
    'a: "double\\\n  quoted"\n', "a: 'x\n\n  y'\n", "a:\nb: ~\nc: null\n", "a: ''\nb: \"\"\n", "{}\n", "a: {}\nb: []\n",
    "? a\n: 1\n? b\n", "'a b': 1\n\"c\": 2\n", "0: zero\n1: one\n-1: minus\n", "012: x\n0x10: y\n",
    "x: &a {p: 1, q: 2}\ny:\n  <<: *a\n  q: 3\n  r: 4\n", "x: &a {p: 1}\ny: &b {p: 2, q: 3}\nz:\n  <<: [*a, *b]\n  r: 4\n",
    "x: &a {p: 1}\nz:\n  r: 4\n  <<: *a\n", "x: &a {p: 1, q: 1}\ny: &b\n  <<: *a\n  q: 2\nz:\n  <<: *b\n  r: 3\n",
    "z:\n  <<: {p: 1}\n  q: 2\n", "z: {\"<<\": {p: 1}}\n", "a: &x [1, 2]\nb: *x\nc: [*x, *x]\n", "a: &x 1\nb: *x\n*x : y\n",
    "a: &x\nb: *x\n", "a: -b\n", "a: 'b: c'\n",
    "a: http://x.y/z?q=1#f\n", "key with spaces: v\n", "a: x # not part\nb: x#part\n", "اسم: مقدار\n", "a: \"\\u200c\"\n",
    "%YAML 1.1\n---\na: 1\n", "a: [\n  1,\n  2,\n]\n", "a: {x: 1,\n    y: 2}\n", "[a, b]\n", "just text\n", "12\n",
    "a: !!str 12\nb: !!seq [1]\nc: !!map {d: 1}\n", "a: [yes, 'yes', 012, '012', 1e3]\n",
    "id2label:\n  0: negative\n  1: positive\nlayer_norm_eps: 1e-12\nhidden_act: gelu\nclassifier_dropout:\n",
    "patterns:\n- - أ\n  - ا\n- - '  '\n  - ' '\n",
]


def load(text):
    return yaml.load(text, Loader=get_yaml_loader())


def typed(text):
    try:
        value = load("v: " + text + "\n")["v"]
    except (yaml.YAMLError, ValueError, KeyError, IndexError) as error:
        return {"text": text, "type": "error", "value": type(error).__name__}
    name = {type(None): "null", bool: "bool", int: "int", float: "float", str: "str"}.get(type(value), "other")
    return {"text": text, "type": name, "value": value if name == "str" else repr(value)}


def as_json(value):
    if isinstance(value, dict):
        return {k if isinstance(k, str) else str(k): as_json(v) for k, v in value.items()}
    if isinstance(value, list):
        return [as_json(v) for v in value]
    assert not isinstance(value, float) or math.isfinite(value)
    return value


out = {
    "scalars": [typed(s) for s in dict.fromkeys(SCALARS)],
    "tagged": [typed(s) for s in TAGGED],
    "documents": [{"yaml": d, "json": as_json(load(d))} for d in DOCUMENTS],
}
path = pathlib.Path(__file__).with_name("yaml_scalars.json")
path.write_text(json.dumps(out, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
print({k: len(v) for k, v in out.items()})
