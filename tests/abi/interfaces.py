#!/usr/bin/env python3
"""The layout of what crosses library boundaries: interfaces.json, for one ABI epoch.

interfaces.py --check   compares the table with the headers; a test
interfaces.py --write   writes the table, for a new epoch or for classes that are new

Sizes, members and slots of virtual functions come from what the compiler writes for debuggers.
Exit status: 0 equal, 1 not, 77 where this compiler is not one that the script knows.
"""

import argparse
import json
import pathlib
import re
import subprocess
import sys
import tempfile

TABLE = "tests/abi/interfaces.json"
EPOCH_HEADER = "core/include/hezar/plugin/descriptor.hpp"
# With these comes all that a plugin is built from or called with.
HEADERS = [
    "hezar/error/error.hpp",
    "hezar/module/load.hpp",
    "hezar/module/packed_weights.hpp",
    "hezar/module/trainable_tokenizer.hpp",
    "hezar/plugin/descriptor.hpp",
    "hezar/plugin/registrar.hpp",
    "hezar/registry/runtime.hpp",
]
SKIPPED = 77

DIE = re.compile(r"^\s*<(\d+)><([0-9a-f]+)>: Abbrev Number: \d+ \((DW_TAG_\w+)\)")
ATTRIBUTE = re.compile(r"^\s*<[0-9a-f]+>\s+DW_AT_(\w+)\s*: (.*)$")
SCOPES = ("DW_TAG_namespace", "DW_TAG_class_type", "DW_TAG_structure_type")


class Die:
    def __init__(self, tag, parent):
        self.tag, self.parent, self.attributes, self.children = tag, parent, {}, []

    def text(self, key):
        """A name: `(strp) (offset: 0x1): Metric`, `(string) add`."""
        value = self.attributes.get(key, "")
        return re.sub(r"^\(\w+\) (\(offset: \w+\): )?", "", value).strip()

    def number(self, key):
        found = re.match(r"\((?:data\w+|sdata|udata|implicit_const)\) (-?\d+)", self.attributes.get(key, ""))
        return int(found[1]) if found else None

    def qualified(self):
        scope = self.parent.qualified() if self.parent else ""
        return f"{scope}::{self.text('name')}" if scope else self.text("name")


def read_dies(text):
    """The entries that classes and enumerations are made of."""
    path, wanted = {}, []
    current = None
    for line in text.splitlines():
        if found := DIE.match(line):
            depth, tag = int(found[1]), found[3]
            parent = path.get(depth - 1)
            inside = depth == 1 or (parent is not None and parent.tag in (*SCOPES, "DW_TAG_enumeration_type"))
            current = Die(tag, parent if depth > 1 else None) if inside else None
            path[depth] = current
            if current is None:
                continue
            if parent is not None:
                parent.children.append(current)
            if tag in (*SCOPES[1:], "DW_TAG_enumeration_type"):
                wanted.append(current)
        elif current is not None and (found := ATTRIBUTE.match(line)):
            current.attributes[found[1]] = found[2]
    return wanted


def type_of(die):
    """The name of a type, without its arguments: `(ref4) <0x1e225>, vector<int, std::allocator<int> >`."""
    named = die.attributes.get("type", "").split(", ", 1)[1:]
    return re.split(r"[,<]", named[0])[0] if named else ""


def describe_class(die, alignments):
    members, slots = [], {}
    for child in die.children:
        where = child.number("data_member_location")
        if child.tag == "DW_TAG_inheritance":
            members.append(f"{where}: base {type_of(child)}")
        elif child.tag == "DW_TAG_member" and where is not None:
            members.append(f"{where}: {child.text('name')} {type_of(child)}".rstrip())
        elif child.tag == "DW_TAG_subprogram" and "virtuality" in child.attributes:
            slot = re.search(r"DW_OP_constu: (\d+)|DW_OP_lit(\d+)", child.attributes.get("vtable_elem_location", ""))
            name = child.text("linkage_name")
            # Destructors have two slots, which the debugger is not told.
            slots[name] = int(slot[1] or slot[2]) if slot else None
    out = {"size": die.number("byte_size"), "align": alignments.get(die.qualified()), "members": members}
    if slots:
        out["virtual"] = dict(sorted(slots.items(), key=lambda item: (item[1] is None, item[1])))
    return out


def is_public(name):
    # Templates of ours that are instantiated in a header depend on it alone; detail and lambdas are no interface.
    return name.startswith("hezar::") and not re.search(r"detail|[<({ ]|_boost_desc|::$|ElfNote", name)


def layouts(compiler, includes):
    with tempfile.TemporaryDirectory() as folder:
        source = pathlib.Path(folder) / "interfaces.cpp"
        source.write_text("".join(f"#include <{header}>\n" for header in HEADERS))
        dump, binary = pathlib.Path(folder) / "classes.txt", pathlib.Path(folder) / "interfaces.o"
        flags = ["-std=c++20", "-O0", "-g", "-gdwarf-4", "-fno-eliminate-unused-debug-types", "-femit-class-debug-always"]
        subprocess.run(
            [compiler, *flags, f"-fdump-lang-class={dump}", *(f"-I{path}" for path in includes), "-c", source, "-o", binary], check=True
        )
        info = subprocess.run(["readelf", "-wi", "--wide", binary], check=True, capture_output=True).stdout.decode(errors="replace")
        classes = dump.read_text(errors="replace")
    alignments = {name: int(align) for name, align in re.findall(r"^Class (\S+)\n   size=\d+ align=(\d+)", classes, re.M)}
    out = {}
    for die in read_dies(info):
        name = die.qualified()
        if not is_public(name) or "byte_size" not in die.attributes:
            continue
        if die.tag == "DW_TAG_enumeration_type":
            values = {child.text("name"): child.number("const_value") for child in die.children}
            out[name] = {"values": values}
        else:
            out[name] = describe_class(die, alignments)
    return dict(sorted(out.items()))


def current_epoch(root):
    return int(re.search(r"kAbiEpoch = (\d+);", (root / EPOCH_HEADER).read_text())[1])


def platform(compiler, includes):
    """What sizes depend on beside our headers."""
    code = "#include <boost/version.hpp>\n#include <version>\nBOOST_VERSION _GLIBCXX_RELEASE\n"
    command = [compiler, "-std=c++20", *(f"-I{path}" for path in includes), "-E", "-P", "-x", "c++", "-"]
    numbers = subprocess.run(command, input=code, check=True, capture_output=True, text=True).stdout.split()[-2:]
    machine = subprocess.run([compiler, "-dumpmachine"], check=True, capture_output=True, text=True).stdout.split("-")[0]
    return f"{machine}, libstdc++ {numbers[1]}, Boost {int(numbers[0]) // 100}"


def class_changes(name, old, new, same_platform):
    """What of a class is not as the table has it."""
    if new is None:
        return [f"{name}: is gone"]
    out = []
    for value, number in old.get("values", {}).items():
        if new.get("values", {}).get(value) != number:
            out.append(f"{name}: {value} was {number}, is {new.get('values', {}).get(value)}")
    was, now = old.get("virtual", {}), new.get("virtual", {})
    for function in dict.fromkeys([*was, *now]):
        before = f"in slot {was[function]}" if function in was else "not there"
        after = f"in slot {now[function]}" if function in now else "not there"
        if before != after:
            out.append(f"{name}: {demangle(function)} was {before}, is {after}")
    if same_platform:
        out += [f"{name}: {key} was {old[key]}, is {new[key]}" for key in ("size", "align", "members") if old.get(key) != new.get(key)]
    return out


def demangle(name):
    return subprocess.run(["c++filt", "-p", name], check=True, capture_output=True, text=True).stdout.strip()


def changes(table, now, same_platform):
    out = []
    for name, old in table["classes"].items():
        out += class_changes(name, old, now.get(name), same_platform)
    return out


def check(table, epoch, now, here):
    found = changes(table, now, table["platform"] == here)
    found += [f"{name}: has virtual functions and is not in the table" for name in now if "virtual" in now[name] and name not in table["classes"]]
    print("\n".join(found) or f"{len(table['classes'])} classes are as in ABI epoch {epoch}")
    if not found:
        return 0
    print(
        f"\nPlugins built in ABI epoch {epoch} would read or call the wrong thing. Add an ability as an interface of its own instead, or raise\n"
        f"kAbiEpoch in {EPOCH_HEADER} to {epoch + 1}; then, and for what is only new, run tests/abi/interfaces.py --write."
    )
    return 1


def write(table, epoch, now, here, file):
    found = changes(table, now, table["platform"] == here) if table and table["epoch"] == epoch else []
    if found:
        print("\n".join(found), f"\nRaise kAbiEpoch in {EPOCH_HEADER} first: the epoch {epoch} is what its table says.", sep="\n")
        return 1
    file.write_text(json.dumps({"epoch": epoch, "platform": here, "classes": now}, indent=1) + "\n")
    return 0


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    action = parser.add_mutually_exclusive_group(required=True)
    action.add_argument("--check", action="store_true")
    action.add_argument("--write", action="store_true")
    parser.add_argument("--compiler", default="g++")
    parser.add_argument("--include", action="append", default=[], help="a folder of headers, Boost's for example")
    parser.add_argument("--root", type=pathlib.Path, default=pathlib.Path(__file__).parents[2], help="the source folder")
    arguments = parser.parse_args()
    version = subprocess.run([arguments.compiler, "--version"], capture_output=True, text=True).stdout
    if "Free Software Foundation" not in version:
        print(f"{arguments.compiler}: expected g++. Layouts are read from what g++ writes")
        return SKIPPED
    includes = [str(arguments.root / "core/include"), *arguments.include]
    file = arguments.root / TABLE
    table = json.loads(file.read_text()) if file.exists() else None
    epoch = current_epoch(arguments.root)
    if arguments.check and table["epoch"] != epoch:
        print(f"The ABI epoch is {epoch}, the table is of {table['epoch']}. Run tests/abi/interfaces.py --write and tests/abi/make_kept_plugin.sh")
        return 1
    facts = epoch, layouts(arguments.compiler, includes), platform(arguments.compiler, includes)
    return check(table, *facts) if arguments.check else write(table, *facts, file)


sys.exit(main())
