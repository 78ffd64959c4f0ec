#!/usr/bin/env python3
"""Takes the code out of the pages of sdk/docs, so that the tests build what they show.

    extract_docs.py DOCS OUT

A page PAGE.md becomes the folder OUT/PAGE. A block of ```cpp or ```cmake begins with a comment that names its file
("// count.cpp", "# CMakeLists.txt"), or goes on with the file of the block before it; ```sh goes to commands.sh, which the
tests run in that folder. Other blocks (```yaml, ```console, ```text) are shown only.
"""
import pathlib
import re
import sys

BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.S | re.M)
NAMED = re.compile(r"(?://|#) (\S+\.(?:cpp|hpp|txt))\n")
SHOWN = {"yaml", "console", "text"}


def files_of(page):
    """File name to content, in the page's order."""
    files = {}
    name = None
    for language, body in BLOCK.findall(page.read_text(encoding="utf-8")):
        if language == "sh":
            files.setdefault("commands.sh", "set -eux\n")
            files["commands.sh"] += body
        elif language in ("cpp", "cmake"):
            named = NAMED.match(body)
            name = named.group(1) if named else name
            if name is None or name.endswith(".txt") != (language == "cmake"):
                sys.exit(f"{page}: expected a first line that names the file, got {body.splitlines()[0]!r}")
            files[name] = files.get(name, "") + body
        elif language not in SHOWN:
            sys.exit(f"{page}: expected a block of cpp, cmake, sh or {', '.join(sorted(SHOWN))}, got {language!r}")
    return files


docs, out = map(pathlib.Path, sys.argv[1:])
for page in sorted(docs.glob("*.md")):
    files = files_of(page)
    folder = out / page.stem
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (folder / name).write_text(content, encoding="utf-8")
    if any(name.endswith(".cpp") for name in files) and "CMakeLists.txt" not in files:
        sys.exit(f"{page}: expected a CMakeLists.txt that builds its code, got none")
