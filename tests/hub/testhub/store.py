"""Repos on disk: commits as JSON trees, contents by hash.

    ROOT/repos/models/owner/name/repo.json           access rules and refs
    ROOT/repos/models/owner/name/commits/SHA.json    one commit: its files by path
    ROOT/git/SHA1, ROOT/lfs/SHA256                   contents

A path is a key of a JSON object and never a file name here, so that a test may give a repo any name whatever.
"""

import hashlib
import json
import os
import pathlib
import tempfile
import threading
import time

TYPES = ("models", "datasets", "spaces")
BLOCK = 1 << 20


def git_sha1(content):
    return hashlib.sha1(b"blob %d\0" % len(content) + content).hexdigest()


def lfs_pointer(sha256, size):
    return f"version https://git-lfs.github.com/spec/v1\noid sha256:{sha256}\nsize {size}\n".encode()


def write_whole(path, content):
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    os.replace(temporary, path)


class Conflict(Exception):
    """Someone else committed meanwhile."""


class Repo:
    """One repo; reads are of the disk, so that nothing is kept that a restart would lose."""

    def __init__(self, store, kind, name):
        self.store, self.kind, self.id = store, kind, name
        self.folder = store.root / "repos" / kind / name

    @property
    def meta(self):
        return json.loads((self.folder / "repo.json").read_text())

    def update(self, **changes):
        with self.store.lock:
            write_whole(self.folder / "repo.json", json.dumps({**self.meta, **changes}).encode())

    def commit(self, sha):
        file = self.folder / "commits" / f"{sha}.json"
        return json.loads(file.read_text()) if file.is_file() else None

    def resolve(self, revision):
        """The commit that a branch, tag, refs/... or hash names, or None."""
        meta = self.meta
        sha = meta["refs"].get(revision) or meta["tags"].get(revision) or revision
        return self.commit(sha) if len(sha) == 40 and "/" not in sha else None

    def history(self, sha):
        while sha:
            commit = self.commit(sha)
            yield commit
            sha = commit["parent"]

    def add_commit(self, revision, files, title, description="", parent=None, author="tester"):
        """Makes `files` ({path: entry}) the tree of `revision`. All or nothing."""
        with self.store.lock:
            meta = self.meta
            head = meta["refs"].get(revision)
            if parent is not None and parent != head:
                raise Conflict(head)
            commit = {"parent": head, "title": title, "message": description, "author": author,
                      "date": time.strftime("%Y-%m-%dT%H:%M:%S.000Z", time.gmtime()), "files": files}
            # The clock makes commits of equal content differ, as git's does.
            body = json.dumps(commit, sort_keys=True) + str(time.time_ns())
            commit["id"] = hashlib.sha1(body.encode()).hexdigest()
            write_whole(self.folder / "commits" / f"{commit['id']}.json", json.dumps(commit).encode())
            self.update(refs={**meta["refs"], revision: commit["id"]})
            return commit


class Store:
    """All repos below one folder."""

    def __init__(self, root):
        self.root = pathlib.Path(root)
        self.lock = threading.RLock()
        for folder in ("repos", "git", "lfs", "uploads"):
            (self.root / folder).mkdir(parents=True, exist_ok=True)

    def find(self, kind, name):
        repo = Repo(self, kind, name)
        return repo if (repo.folder / "repo.json").is_file() else None

    def repos(self, kind):
        base = self.root / "repos" / kind
        return [Repo(self, kind, str(file.parent.relative_to(base))) for file in sorted(base.glob("*/*/repo.json"))]

    def create(self, kind, name, private=False, gated=False):
        repo = Repo(self, kind, name)
        meta = {"private": private, "gated": gated, "disabled": False, "refs": {}, "tags": {}}
        write_whole(repo.folder / "repo.json", json.dumps(meta).encode())
        return repo

    def add_blob(self, content):
        """A regular file's tree entry."""
        oid = git_sha1(content)
        write_whole(self.root / "git" / oid, content)
        return {"oid": oid, "size": len(content)}

    def add_lfs(self, content):
        sha256 = hashlib.sha256(content).hexdigest()
        write_whole(self.root / "lfs" / sha256, content)
        return self.lfs_entry(sha256)

    def add_lfs_file(self, path):
        """Takes a file over by hard link where it can, so that big ones cost nothing."""
        digest = hashlib.sha256()
        with open(path, "rb") as file:
            while block := file.read(BLOCK):
                digest.update(block)
        target = self.root / "lfs" / digest.hexdigest()
        if not target.exists():
            try:
                os.link(path, target)
            except OSError:
                write_whole(target, pathlib.Path(path).read_bytes())
        return self.lfs_entry(digest.hexdigest())

    def lfs_entry(self, sha256):
        size = (self.root / "lfs" / sha256).stat().st_size
        return {"oid": git_sha1(lfs_pointer(sha256, size)), "size": size, "sha256": sha256}

    def has_lfs(self, sha256, size):
        file = self.root / "lfs" / sha256
        return file.is_file() and file.stat().st_size == size

    def content(self, entry):
        """The file that holds what a tree entry names."""
        return self.root / "lfs" / entry["sha256"] if "sha256" in entry else self.root / "git" / entry["oid"]
