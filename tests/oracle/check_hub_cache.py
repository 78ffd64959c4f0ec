"""Shows that one cache serves the official client and `hezar`, whoever filled it.

    python3 tests/oracle/check_hub_cache.py --hezar build/bin/hezar      needs the PyPI package huggingface_hub

Ends with 1 at the first difference.
"""

import argparse
import json
import os
import pathlib
import random
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "hub"))
from testhub import TestHub, control  # noqa: E402

FILES = {
    "model_config.yaml": b"name: x\n",
    "model.pt": random.Random(0).randbytes(3_000_000),
    "preprocessor/tokenizer.json": '{"سلام": 1}'.encode(),
    "empty.bin": b"",
}
REPO = "hezarai/shared"


def put(hub, folder):
    files = {}
    for name, content in FILES.items():
        path = folder / name.replace("/", "-")
        path.write_bytes(content)
        files[name] = {"path": str(path), "lfs": name.endswith(".pt")}
    control.put_repo(hub, {"id": REPO, "files": files})


def equal(folder):
    for name, content in FILES.items():
        assert pathlib.Path(folder, name).read_bytes() == content, name


class Check:
    def __init__(self, hub, hezar, folder):
        import huggingface_hub
        self.hub, self.hezar, self.folder, self.hf = hub, hezar, folder, huggingface_hub

    def run_hezar(self, cache, *arguments):
        ran = subprocess.run([self.hezar, "hub", *arguments, "--json", "--cache-dir", str(cache)], check=True,
                             capture_output=True)
        return json.loads(ran.stdout)

    def bodies(self):
        return [entry for entry in self.hub.log.entries() if entry["method"] == "GET" and "/api/models/" not in entry["target"]]

    def check_python_first(self):
        cache = self.folder / "python"
        theirs = self.hf.snapshot_download(REPO, cache_dir=cache)
        self.hub.log.clear()
        ours = self.run_hezar(cache, "download", REPO)["path"]
        assert os.path.samefile(theirs, ours)
        assert len(self.hub.log.entries()) == 1, self.hub.log.entries()
        assert os.path.samefile(theirs, self.run_hezar(cache, "download", REPO, "--offline")["path"])
        assert len(self.hub.log.entries()) == 1, "offline opened a socket"
        assert self.run_hezar(cache, "cache", "verify") == []
        assert len(self.run_hezar(cache, "cache", "list")) == 1

    def check_hezar_first(self):
        cache = self.folder / "hezar"
        ours = self.run_hezar(cache, "download", REPO)["path"]
        equal(ours)
        self.hub.log.clear()
        assert os.path.samefile(ours, self.hf.snapshot_download(REPO, cache_dir=cache, local_files_only=True))
        assert os.path.samefile(ours, self.hf.snapshot_download(REPO, cache_dir=cache))
        for name in FILES:
            assert self.hf.hf_hub_download(REPO, name, cache_dir=cache) == os.path.join(ours, name)
        assert not self.bodies(), self.bodies()
        scanned = self.hf.scan_cache_dir(cache)
        # Clients before 2.0 know no CACHEDIR.TAG; they go past it.
        assert all("CACHEDIR.TAG" in str(warning) for warning in scanned.warnings), scanned.warnings
        assert [repo.repo_id for repo in scanned.repos] == [REPO]

    def check_half_of_each(self):
        cache = self.folder / "both"
        self.hf.hf_hub_download(REPO, "model.pt", cache_dir=cache)
        self.hub.log.clear()
        equal(self.run_hezar(cache, "download", REPO)["path"])
        assert not [entry for entry in self.bodies() if entry["server"] == "cdn"], "model.pt was there"
        equal(self.hf.snapshot_download(REPO, cache_dir=cache))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--hezar", required=True)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, TestHub(os.path.join(folder, "hub")) as hub:
        folder = pathlib.Path(folder)
        os.environ.update(HF_ENDPOINT=hub.url, HF_HOME=str(folder / "home"), HF_HUB_DISABLE_TELEMETRY="1")
        os.environ.pop("HF_TOKEN", None)
        put(hub, folder)
        check = Check(hub, os.path.abspath(arguments.hezar), folder)
        for name in [name for name in vars(Check) if name.startswith("check_")]:
            getattr(check, name)()
            print(name.removeprefix("check_").replace("_", " "), "ok")


if __name__ == "__main__":
    main()
