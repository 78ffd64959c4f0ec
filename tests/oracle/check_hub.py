"""Shows that what one side pushes the other loads, through the test hub: equal ids, labels and scores.

    python3 tests/oracle/check_hub.py BUILD_DIR MODEL_DIR      with PyPI's hezar 1.0.0

MODEL_DIR holds a model that Python Hezar saved (model.pt, preprocessor/). BUILD_DIR is a build of ours with the target
push_module; where it has no plugin for the model, only the preprocessors are compared. Both ways, and each side from a
cache that the other filled. Ends with 1 at the first difference.
"""

import json
import os
import pathlib
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "hub"))
from testhub import TestHub  # noqa: E402

TEXTS = ["سلام", "کیفیت این گوشی واقعا عالی است", "اصلا راضی نیستم، ارزش خرید ندارد!", "Hezar و ۱۲۳"]
TOLERANCE = 1e-4


class Ours:
    def __init__(self, build, cache):
        self.build, self.env = pathlib.Path(build).resolve(), {**os.environ, "HEZAR_CACHE_DIR": str(cache)}
        self.env["HEZAR_PLUGIN_PATH"] = str(self.build / "lib/hezar/plugins")

    def run(self, program, *arguments, **env):
        done = subprocess.run([self.build / program, *arguments], env={**self.env, **env}, capture_output=True,
                              text=True, check=False)
        if done.returncode:
            raise SystemExit(f"{program} {' '.join(map(str, arguments))[:200]}: {done.returncode}: {done.stderr}")
        return done.stdout

    def has_model(self, folder):
        name = next(line.split()[1] for line in (folder / "model_config.yaml").read_text().splitlines()
                    if line.startswith("name:"))
        return name in [module["name"] for module in json.loads(self.run("bin/hezar", "list", "models", "--json"))]

    def ids(self, repo, **env):
        texts = TEXTS
        normalized = json.loads(self.run("bin/hezar", "normalize", repo, "--json", "--", *texts, **env))
        texts = [entry["normalized"] for entry in normalized]
        return [entry["ids"] for entry in json.loads(self.run("bin/hezar", "tokenize", repo, "--json", "--", *texts, **env))]

    def predict(self, repo, **env):
        return json.loads(self.run("bin/hezar", "predict", repo, "--json", "--", *TEXTS, **env))


class Theirs:
    """Python Hezar; its cache is that of the environment when it was imported."""

    def __init__(self):
        from hezar.models import Model
        from hezar.preprocessors import Preprocessor
        self.load_model, self.load_preprocessor = Model.load, Preprocessor.load

    def ids(self, repo):
        container = self.load_preprocessor(repo, force_return_dict=True)
        texts = container.text_normalizer(TEXTS) if container.text_normalizer else TEXTS
        return [container.tokenizer([text], padding=False, return_tensors=None)["token_ids"][0] for text in texts]

    def predict(self, repo):
        model = self.load_model(repo)
        # one by one: it does not pad texts of several lengths
        rows = [model.predict([text])[0] for text in TEXTS]
        return [[{"label": item["label"], "score": item["score"]} for item in row] for row in rows]


def same_predictions(got, want, what):
    assert [[item["label"] for item in row] for row in got] == [[item["label"] for item in row] for row in want], what
    pairs = [(a["score"], b["score"]) for one, other in zip(got, want) for a, b in zip(one, other)]
    worst = max(abs(a - b) for a, b in pairs)
    assert worst <= TOLERANCE, f"{what}: scores differ by {worst:.3g}"
    return worst


def check_preprocessors(ours, theirs, scratch, folder):
    only = scratch / "preprocessors"
    subprocess.run(["cp", "-r", folder / "preprocessor", only / "preprocessor"], check=True)
    ours.run("oracle/push_module", only, "hezarai/ours-preprocessors")
    container = theirs.load_preprocessor(str(folder), force_return_dict=True)
    container.push_to_hub("hezarai/theirs-preprocessors")
    want = theirs.ids(str(folder))
    assert theirs.ids("hezarai/ours-preprocessors") == want, "Python Hezar reads other ids from what we pushed"
    assert ours.ids("hezarai/theirs-preprocessors") == want, "we read other ids from what Python Hezar pushed"
    print(f"ok  preprocessors: {sum(map(len, want))} ids both ways")


def check_models(ours, theirs, folder):
    ours.run("oracle/push_module", folder, "hezarai/ours")
    ours.run("bin/hezar", "hub", "upload", folder, "hezarai/uploaded")
    theirs.load_model(str(folder)).push_to_hub("hezarai/theirs")
    want = theirs.predict(str(folder))
    worst = max(same_predictions(theirs.predict(repo), want, f"Python Hezar from {repo}")
                for repo in ("hezarai/ours", "hezarai/uploaded"))
    worst = max(worst, *(same_predictions(ours.predict(repo), want, f"hezar from {repo}")
                         for repo in ("hezarai/theirs", "hezarai/ours", "hezarai/uploaded")))
    print(f"ok  models: scores within {worst:.2g} both ways")


def check_caches(hub, ours, theirs, cache):
    """Each side reads a cache that the other filled, with no byte downloaded."""
    hub.log.clear()
    ours.ids("hezarai/ours-preprocessors", HEZAR_CACHE_DIR=str(cache), HF_HUB_OFFLINE="1")
    assert not hub.log.entries(), "offline asks nothing"
    ours.run("bin/hezar", "hub", "download", "hezarai/theirs-preprocessors", HEZAR_CACHE_DIR=str(cache / "both"))
    from huggingface_hub import snapshot_download
    hub.log.clear()
    snapshot_download("hezarai/theirs-preprocessors", cache_dir=cache / "both")
    assert not any(entry["sent"] and "/resolve" in entry["target"] for entry in hub.log.entries()), "downloaded again"
    print("ok  caches of the other side, offline and online")


def main():
    build, folder = sys.argv[1], pathlib.Path(sys.argv[2]).resolve()
    with tempfile.TemporaryDirectory() as scratch, TestHub(f"{scratch}/hub") as hub:
        scratch = pathlib.Path(scratch)
        (scratch / "preprocessors").mkdir()
        os.environ.update(HF_ENDPOINT=hub.url, HF_TOKEN="hf_testtoken", HF_HOME=f"{scratch}/home", NO_PROXY="*",
                          HF_HUB_DISABLE_XET="1", HF_HUB_DISABLE_PROGRESS_BARS="1", HF_HUB_DISABLE_TELEMETRY="1",
                          HEZAR_CACHE_DIR=f"{scratch}/theirs")
        ours, theirs = Ours(build, scratch / "ours"), Theirs()
        check_preprocessors(ours, theirs, scratch, folder)
        check_caches(hub, ours, theirs, scratch / "theirs")
        if ours.has_model(folder):
            check_models(ours, theirs, folder)
        else:
            print("--  models: this build has no plugin for it")


if __name__ == "__main__":
    main()
