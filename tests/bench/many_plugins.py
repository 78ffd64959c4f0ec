"""Fills a folder with distinct small plugins: copies of one that was built for this, each with a name of its own.

The name has the same length in each, so that its last eight bytes are replaced in the file: in the descriptor, in the list of
modules and in the code that registers them.
"""

import shutil
import subprocess

NAME = b"bench_plugin_000"


def make(build, folder, count):
    """The folder, or None where the one plugin cannot be built."""
    target = f"hezar_plugin_{NAME.decode()}"
    done = subprocess.run(["cmake", "--build", build, "--target", target], capture_output=True, text=True, check=False)
    original = build / "bench" / "plugin" / f"{NAME.decode()}.so"
    if done.returncode != 0 or not original.exists():
        print(f"bench: cannot build {target}: {done.stdout[-500:]}{done.stderr[-500:]}")
        return None
    content = original.read_bytes()
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for number in range(count):
        name = NAME[:-3] + b"%03d" % number
        (folder / f"{name.decode()}.so").write_bytes(content.replace(NAME[8:], name[8:]))
    return folder
