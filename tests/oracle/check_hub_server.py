"""Shows that the test hub is one to the official client: what it pushes comes back, and errors are the ones it knows.

    python3 tests/oracle/check_hub_server.py      needs the PyPI package huggingface_hub

Ends with 1 at the first difference. Until this passes, a test of ours against tests/hub proves nothing.
"""

import contextlib
import os
import pathlib
import random
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "hub"))
from testhub import TestHub, control  # noqa: E402

TOKEN, STRANGER = "hf_testtoken", "hf_strangertoken"
FILES = {
    "README.md": b"---\nlibrary_name: hezar\n---\n# Test\n",
    "model_config.yaml": b"name: x\n",
    "model.pt": random.Random(0).randbytes(300_000),
    "model.safetensors": random.Random(1).randbytes(70_001),
    "preprocessor/tokenizer.json": '{"سلام": 1}'.encode(),
    "preprocessor/a b%#?.txt": b"odd name",
    "empty.bin": b"",
}


def write(folder, files):
    for name, content in files.items():
        path = pathlib.Path(folder, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def equal(folder, files):
    for name, content in files.items():
        assert pathlib.Path(folder, name).read_bytes() == content, name


def expect(error, call):
    try:
        call()
    except error as caught:
        return caught
    raise AssertionError(f"expected {error.__name__}")


class Check:
    """Each method is one part; they run in the order written."""

    def __init__(self, hub, folder):
        import huggingface_hub
        from huggingface_hub import errors
        self.hub, self.folder, self.hf, self.errors = hub, pathlib.Path(folder), huggingface_hub, errors
        self.api = huggingface_hub.HfApi(token=TOKEN)
        write(self.folder / "source", FILES)

    def counted(self, method, part):
        return sum(entry["method"] == method and part in entry["target"] for entry in self.hub.log.entries())

    def commits(self, name="hezarai/pushed"):
        return control.commits_of(self.hub, "models", name)["main"]

    def upload(self, content, path, repo_id="hezarai/pushed", **options):
        return self.api.upload_file(path_or_fileobj=content, path_in_repo=path, repo_id=repo_id, **options)

    def check_account(self):
        assert self.api.whoami()["name"] == "tester"
        expect(self.errors.HfHubHTTPError, lambda: self.hf.HfApi(token="hf_nobody").whoami())

    def check_push_makes_one_commit(self):
        self.api.create_repo("hezarai/pushed", private=True)
        self.api.create_repo("hezarai/pushed", exist_ok=True)
        expect(self.errors.HfHubHTTPError, lambda: self.api.create_repo("hezarai/pushed"))
        expect(self.errors.HfHubHTTPError, lambda: self.api.create_repo("nobody/pushed"))
        self.api.upload_folder(repo_id="hezarai/pushed", folder_path=self.folder / "source")
        assert len(self.commits()) == 2, "the initial commit and the push"
        kinds = {path: "sha256" in entry for path, entry in self.commits()[0]["files"].items()}
        assert kinds["model.pt"] and kinds["model.safetensors"] and not kinds["README.md"] and not kinds["empty.bin"]
        assert self.counted("PUT", "/part/") == 5, "300,000 bytes in parts of 65,536"
        assert self.counted("PUT", "/put/") == 1

    def check_push_of_nothing_new(self):
        self.api.upload_folder(repo_id="hezarai/pushed", folder_path=self.folder / "source")
        assert len(self.commits()) == 2

    def check_stale_parent(self):
        add = self.hf.CommitOperationAdd("a.txt", b"a")
        caught = expect(self.errors.HfHubHTTPError, lambda: self.api.create_commit(
            "hezarai/pushed", [add], commit_message="late", parent_commit=self.commits()[1]["id"]))
        assert caught.response.status_code == 412

    def check_listing(self):
        info = self.api.model_info("hezarai/pushed", files_metadata=True)
        assert info.sha == self.commits()[0]["id"] and info.private
        sizes = {sibling.rfilename: sibling.size for sibling in info.siblings}
        assert all(sizes[name] == len(content) for name, content in FILES.items())
        self.hub.settings["page_size"] = 2
        paths = {item.path for item in self.api.list_repo_tree("hezarai/pushed", recursive=True)}
        assert paths == {*FILES, ".gitattributes", "preprocessor"}, paths
        assert len(list(self.api.list_repo_tree("hezarai/pushed", "preprocessor"))) == 2
        self.hub.settings["page_size"] = 1000
        assert [item.path for item in self.api.get_paths_info("hezarai/pushed", ["model.pt", "none"])] == ["model.pt"]
        assert self.api.file_exists("hezarai/pushed", "README.md")
        assert not self.api.file_exists("hezarai/pushed", "none")

    def check_download(self):
        folder = self.hf.snapshot_download("hezarai/pushed", cache_dir=self.folder / "cache", token=TOKEN)
        equal(folder, FILES)
        self.hub.log.clear()
        self.hf.snapshot_download("hezarai/pushed", cache_dir=self.folder / "cache", token=TOKEN)
        assert self.counted("GET", "/resolve") == 0, "all cached"

    def check_token_stays_home(self):
        self.hf.hf_hub_download("hezarai/pushed", "model.pt", cache_dir=self.folder / "again", token=TOKEN)
        log = self.hub.log.entries()
        assert any(entry["server"] == "cdn" for entry in log)
        assert all(entry["auth"] == (entry["server"] == "hub") for entry in log), "a token at the content server"

    def check_resume(self):
        self.hub.faults.add({"server": "cdn", "method": "GET", "reset_after": 100_000})
        target = self.folder / "resumed"
        with contextlib.suppress(Exception):  # whether one call survives a reset is the client's business
            self.hf.hf_hub_download("hezarai/pushed", "model.pt", cache_dir=target, token=TOKEN)
        path = self.hf.hf_hub_download("hezarai/pushed", "model.pt", cache_dir=target, token=TOKEN)
        assert pathlib.Path(path).read_bytes() == FILES["model.pt"]

    def check_errors(self):
        get, errors = self.hf.hf_hub_download, self.errors
        expect(errors.RepositoryNotFoundError, lambda: get("hezarai/pushed", "model.pt", token=STRANGER))
        expect(errors.RepositoryNotFoundError, lambda: get("hezarai/pushed", "model.pt", token=False))
        expect(errors.EntryNotFoundError, lambda: get("hezarai/pushed", "none.txt", token=TOKEN))
        expect(errors.RevisionNotFoundError, lambda: get("hezarai/pushed", "model.pt", revision="none", token=TOKEN))
        control.put_repo(self.hub, {"id": "hezarai/gated", "gated": True, "files": {"a.txt": "a"}})
        expect(errors.GatedRepoError, lambda: get("hezarai/gated", "a.txt", token=STRANGER))
        expect(errors.GatedRepoError, lambda: get("hezarai/gated", "a.txt", token=False))
        assert get("hezarai/gated", "a.txt", token=TOKEN)
        control.put_repo(self.hub, {"id": "hezarai/off", "disabled": True})
        expect(errors.DisabledRepoError, lambda: self.api.model_info("hezarai/off"))

    def check_revisions(self):
        self.api.create_branch("hezarai/pushed", branch="draft")
        self.api.create_tag("hezarai/pushed", tag="v1")
        first = self.commits()[0]["id"]
        self.upload(b"new", "new.txt", revision="draft")
        pull = self.upload(b"pull", "pull.txt", create_pr=True)
        assert pull.pr_num == 1 and self.commits()[0]["id"] == first
        refs = self.api.list_repo_refs("hezarai/pushed", include_pull_requests=True)
        assert {branch.name for branch in refs.branches} == {"main", "draft"} and refs.tags[0].target_commit == first
        for revision, name, content in (("draft", "new.txt", b"new"), ("refs/pr/1", "pull.txt", b"pull")):
            path = self.hf.hf_hub_download("hezarai/pushed", name, revision=revision, token=TOKEN)
            assert pathlib.Path(path).read_bytes() == content
        self.api.delete_folder("preprocessor", repo_id="hezarai/pushed", revision="draft")
        assert not any("preprocessor" in path for path in self.api.list_repo_files("hezarai/pushed", revision="draft"))
        assert self.api.list_repo_commits("hezarai/pushed")[0].commit_id == first

    def check_datasets(self):
        self.api.create_repo("hezarai/rows", repo_type="dataset")
        self.upload(bytes(2000), "a.parquet", repo_id="hezarai/rows", repo_type="dataset")
        path = self.hf.hf_hub_download("hezarai/rows", "a.parquet", repo_type="dataset", token=TOKEN)
        assert pathlib.Path(path).read_bytes() == bytes(2000)
        assert self.api.dataset_info("hezarai/rows").id == "hezarai/rows"
        assert [repo.id for repo in self.api.list_datasets(author="hezarai")] == ["hezarai/rows"]

    def check_faults(self):
        """The faults reach the client as what they say."""
        def get(cache):
            return self.hf.hf_hub_download("hezarai/gated", "a.txt", cache_dir=self.folder / cache, token=TOKEN)

        limit = {"RateLimit": '"resolvers";r=0;t=0'}  # the client waits a second more than it says
        self.hub.faults.add({"path": "/resolve/", "status": 429, "headers": limit, "times": 2})
        begin = time.monotonic()
        get("limited")
        assert time.monotonic() - begin >= 1, "the rate limit was not waited out"
        self.hub.faults.add({"path": "/resolve", "set_headers": {"X-Repo-Commit": None}, "times": 0})
        expect(OSError, lambda: get("portal"))
        self.hub.faults.clear()


def main():
    with tempfile.TemporaryDirectory() as folder, TestHub(f"{folder}/hub") as hub:
        hub.settings.update(multipart_threshold=100_000, multipart_chunk=65_536)
        os.environ.update(HF_ENDPOINT=hub.url, HF_HOME=f"{folder}/home", HF_HUB_DISABLE_XET="1",
                          HF_HUB_DISABLE_PROGRESS_BARS="1", HF_HUB_DISABLE_TELEMETRY="1", NO_PROXY="*")
        os.environ.pop("HF_TOKEN", None)
        check = Check(hub, folder)
        for name in [name for name in vars(Check) if name.startswith("check_")]:
            getattr(check, name)()
            print(f"ok  {name.removeprefix('check_').replace('_', ' ')}")


if __name__ == "__main__":
    main()
