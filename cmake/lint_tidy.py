"""clang-tidy over the changed files, in parallel, remembering what was clean.

A file is checked again when it, a header of this project that it includes, its flags, .clang-tidy or clang-tidy itself
changed. Changed means: since the merge base with origin/main; where that is HEAD itself, since HEAD's parent. Without
history, or with LINT_ALL=1: every file that does not use LibTorch (such a file takes ten seconds).
"""

import argparse
import concurrent.futures
import hashlib
import json
import os
import pathlib
import shlex
import subprocess
import sys


def git(root, *args):
    """What a git command prints, or None where it fails."""
    done = subprocess.run(["git", "-C", root, *args], capture_output=True, text=True, check=False)
    return done.stdout.strip() if done.returncode == 0 else None


def changed_files(root):
    """Absolute paths of the changed files, or None where all count as changed."""
    if os.environ.get("LINT_ALL") or git(root, "rev-parse", "--show-toplevel") != str(root):
        return None
    base = git(root, "merge-base", "origin/main", "HEAD")
    if base is None or base == git(root, "rev-parse", "HEAD"):
        base = git(root, "rev-parse", "--verify", "--quiet", "HEAD~1")
    if base is None:
        return None
    names = git(root, "diff", "--name-only", base).splitlines()
    names += git(root, "ls-files", "--others", "--exclude-standard").splitlines()
    return None if ".clang-tidy" in names else {str(root / name) for name in names}


class Unit:
    """One entry of the compile database."""

    def __init__(self, entry):
        self.folder = entry["directory"]
        self.file = os.path.normpath(os.path.join(self.folder, entry["file"]))
        self.command = shlex.split(entry["command"])

    def uses_torch(self):
        return any("/torch/include" in word for word in self.command)

    def headers_of_project(self, root):
        """The files of this project that the unit reads, itself included."""
        output = self.command.index("-o")
        command = self.command[:output] + self.command[output + 2 :] + ["-MM", "-MT", "x"]
        done = subprocess.run(command, cwd=self.folder, capture_output=True, text=True, check=False)
        words = done.stdout.replace("\\\n", " ").split()[1:]
        paths = {os.path.normpath(os.path.join(self.folder, word)) for word in words}
        return sorted(path for path in paths | {self.file} if path.startswith(f"{root}/"))


def header_of_check(unit, build):
    """For a file of the header check, the path of its header below some include folder; else None."""
    try:
        below = pathlib.Path(unit.file).relative_to(build / "header_check")
    except ValueError:
        return None
    return "/include/" + str(pathlib.Path(*below.parts[1:])).removesuffix(".cpp")


def is_selected(unit, changed, build):
    header = header_of_check(unit, build)
    if changed is None:
        return not unit.uses_torch()
    if header is not None:
        return any(path.endswith(header) for path in changed)
    stem = unit.file.removesuffix(".cpp")
    return unit.file in changed or stem + ".hpp" in changed


class Cache:
    """Remembers clean units in one small file each."""

    def __init__(self, folder, salt):
        self.folder = folder
        self.salt = salt
        self.hashes = {}
        folder.mkdir(parents=True, exist_ok=True)

    def hash_of(self, path):
        if path not in self.hashes:
            try:
                self.hashes[path] = hashlib.sha256(pathlib.Path(path).read_bytes()).hexdigest()
            except OSError:
                self.hashes[path] = "missing"
        return self.hashes[path]

    def entry_of(self, unit):
        key = "\0".join([self.salt, unit.file, *unit.command])
        return self.folder / (hashlib.sha256(key.encode()).hexdigest() + ".json")

    def is_clean(self, unit):
        try:
            known = json.loads(self.entry_of(unit).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return False
        return all(self.hash_of(path) == value for path, value in known.items())

    def remember(self, unit, paths):
        entry = self.entry_of(unit)
        partial = entry.with_suffix(f".{os.getpid()}.partial")
        partial.write_text(json.dumps({path: self.hash_of(path) for path in paths}), encoding="utf-8")
        partial.rename(entry)


def check(unit, tidy, build, root, cache):
    """Findings in one unit; the empty string where it is clean."""
    if cache.is_clean(unit):
        return ""
    paths = unit.headers_of_project(root)
    done = subprocess.run([tidy, "-p", build, "--quiet", unit.file], capture_output=True, text=True, check=False)
    if done.returncode == 0:
        cache.remember(unit, paths)
        return ""
    return done.stdout or done.stderr


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--root", type=pathlib.Path, required=True)
    parser.add_argument("--tidy", required=True)
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    options = parser.parse_args()
    build = options.root / "build-tidy"
    entries = json.loads((build / "compile_commands.json").read_text(encoding="utf-8"))
    changed = changed_files(options.root)
    units = {unit.file: unit for unit in map(Unit, entries)}.values()
    units = [unit for unit in units if is_selected(unit, changed, build)]
    version = subprocess.run([options.tidy, "--version"], capture_output=True, text=True, check=True).stdout
    rules = (options.root / ".clang-tidy").read_text(encoding="utf-8")
    cache = Cache(options.root / ".cache" / "tidy", version + rules)
    failed = 0
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        for findings in pool.map(lambda unit: check(unit, options.tidy, build, options.root, cache), units):
            failed += bool(findings)
            print(findings, end="", flush=True)
    print(f"tidy: {len(units)} files, {failed} with findings")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
