"""What a test tells the server, below /_hub/: repos, faults, settings, the request log. Never faulty, never logged.

    POST /_hub/repos     {"id": "owner/name", "type": "model", "private": false, "gated": false, "disabled": false,
                          "revision": "main", "files": {PATH: FILE}}   makes or replaces files by one commit
                         FILE: "text" | {"base64": "...", "lfs": true} | {"path": LOCAL, "lfs": true} | {"zeros": N}
                         | null, which removes it
    POST /_hub/faults    one rule or a list (faults.py); DELETE takes all away
    GET  /_hub/log       every request; DELETE forgets them
    POST /_hub/settings  {"page_size", "lfs_threshold", "multipart_threshold", "multipart_chunk", "url_lifetime_s"}
    GET  /_hub/commits?id=owner/name[&type=model]   the commits of each ref, newest first, with their files
"""

import base64
import pathlib

from testhub.messages import HubError, answer


def make_entry(store, file):
    if isinstance(file, str):
        return store.add_blob(file.encode())
    if "path" in file and file.get("lfs"):
        return store.add_lfs_file(file["path"])
    if "path" in file:
        return store.add_blob(pathlib.Path(file["path"]).read_bytes())
    content = bytes(file["zeros"]) if "zeros" in file else base64.b64decode(file["base64"])
    return store.add_lfs(content) if file.get("lfs") else store.add_blob(content)


def put_repo(hub, asked):
    """@return the new commit's id."""
    kind, revision = asked.get("type", "model") + "s", asked.get("revision", "main")
    with hub.store.lock:
        repo = hub.store.find(kind, asked["id"]) or hub.store.create(kind, asked["id"])
        repo.update(**{key: asked[key] for key in ("private", "gated", "disabled") if key in asked})
        head = repo.resolve(revision)
        files = dict(head["files"]) if head else {}
        for path, file in asked.get("files", {}).items():
            if file is None:
                files.pop(path, None)
            else:
                files[path] = make_entry(hub.store, file)
        return repo.add_commit(revision, files, asked.get("message", "from the test"))["id"]


def commits_of(hub, kind, name):
    repo = hub.store.find(kind, name)
    if repo is None:
        raise HubError(404, f"no repo {name}")
    return {ref: [{"id": commit["id"], "title": commit["title"], "files": commit["files"]}
                  for commit in repo.history(sha)] for ref, sha in repo.meta["refs"].items()}


def handle(hub, request):
    what = (request.method, request.segments[1])
    if what == ("POST", "repos"):
        return answer({"commit": put_repo(hub, request.json())})
    if what == ("POST", "faults"):
        hub.faults.add(request.json())
    elif what == ("DELETE", "faults"):
        hub.faults.clear()
    elif what == ("GET", "log"):
        return answer(hub.log.entries())
    elif what == ("DELETE", "log"):
        hub.log.clear()
    elif what == ("POST", "settings"):
        hub.settings.update(request.json())
    elif what == ("GET", "commits"):
        return answer(commits_of(hub, request.query.get("type", "model") + "s", request.query["id"]))
    else:
        raise HubError(404, f"no such control: {request.target}")
    return answer({})
