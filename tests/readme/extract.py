#!/usr/bin/env python3
"""Takes the code blocks out of a README.md, so that the tests build and run what it shows.

    extract.py README.md OUT                       writes OUT/program.cpp, OUT/plugin.cpp and OUT/commands.sh
    extract.py --programs README.md OUT NAME...    writes OUT/NAME.cpp for each program, in order
"""
import pathlib
import re
import sys

only_programs = sys.argv[1] == "--programs"
readme, out = map(pathlib.Path, sys.argv[1 + only_programs : 3 + only_programs])
names = sys.argv[4:] if only_programs else ["program"]
text = readme.read_text(encoding="utf-8")
blocks = re.findall(r"^```(\w+)\n(.*?)^```$", text, re.S | re.M)
cpp = [body for language, body in blocks if language == "cpp"]
shell = "".join(body for language, body in blocks if language == "sh")
programs = [body for body in cpp if "int main" in body]
plugins = [body for body in cpp if "HEZAR_PLUGIN(" in body]
commands = [line for line in shell.splitlines() if line.startswith("build/bin/hezar ")]
if len(programs) != len(names):
    sys.exit(f"{readme}: expected the programs {' '.join(names)}, got {len(programs)}")
if not only_programs and (len(plugins) != 1 or not commands):
    sys.exit(f"{readme}: expected one plugin and commands, got {len(plugins)} and {len(commands)}")


def write(name, body):
    path = out / name
    if not path.exists() or path.read_text(encoding="utf-8") != body:
        path.write_text(body, encoding="utf-8")


out.mkdir(parents=True, exist_ok=True)
for name, program in zip(names, programs):
    write(f"{name}.cpp", program)
if not only_programs:
    write("plugin.cpp", plugins[0])
    write("commands.sh", "set -eux\n" + "\n".join(commands) + "\n")
