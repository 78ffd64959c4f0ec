#!/usr/bin/env python3
"""Takes the code blocks out of a README.md, so that the tests build and run what it shows.

    extract.py README.md OUT              writes OUT/program.cpp, OUT/plugin.cpp and OUT/commands.sh
    extract.py --program README.md OUT    writes OUT/program.cpp only
"""
import pathlib
import re
import sys

only_program = sys.argv[1] == "--program"
readme, out = map(pathlib.Path, sys.argv[1 + only_program:])
text = readme.read_text(encoding="utf-8")
blocks = re.findall(r"^```(\w+)\n(.*?)^```$", text, re.S | re.M)
cpp = [body for language, body in blocks if language == "cpp"]
shell = "".join(body for language, body in blocks if language == "sh")
programs = [body for body in cpp if "int main" in body]
plugins = [body for body in cpp if "HEZAR_PLUGIN(" in body]
commands = [line for line in shell.splitlines() if line.startswith("build/bin/hezar ")]
if len(programs) != 1 or (not only_program and (len(plugins) != 1 or not commands)):
    sys.exit(f"{readme}: expected one program, one plugin and commands, "
             f"got {len(programs)}, {len(plugins)} and {len(commands)}")


def write(name, body):
    path = out / name
    if not path.exists() or path.read_text(encoding="utf-8") != body:
        path.write_text(body, encoding="utf-8")


out.mkdir(parents=True, exist_ok=True)
write("program.cpp", programs[0])
if not only_program:
    write("plugin.cpp", plugins[0])
    write("commands.sh", "set -eux\n" + "\n".join(commands) + "\n")
