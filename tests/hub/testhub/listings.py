"""What a repo holds: info, trees, paths, refs, commits."""

import urllib.parse

from testhub.access import find_commit, find_repo, owns
from testhub.messages import HubError, answer


def tree_entry(path, entry):
    found = {"type": "file", "oid": entry["oid"], "size": entry["size"], "path": path}
    if "sha256" in entry:
        found["lfs"] = {"oid": entry["sha256"], "size": entry["size"], "pointerSize": 130 + len(str(entry["size"]))}
    return found


def sibling(path, entry, blobs):
    found = {"rfilename": path}
    if blobs:
        found |= {"size": entry["size"], "blobId": entry["oid"]}
        if "sha256" in entry:
            found["lfs"] = {"sha256": entry["sha256"], "size": entry["size"], "pointerSize": 134}
    return found


def info(hub, request, kind, name, revision="main"):
    repo = find_repo(hub, request, kind, name)
    meta = repo.meta
    found = {"_id": "0" * 24, "id": name, "author": name.split("/")[0], "private": meta["private"],
             "gated": "manual" if meta["gated"] else False, "disabled": meta["disabled"], "downloads": 0, "likes": 0,
             "tags": [], "siblings": []}
    if kind == "models":
        found["modelId"] = name
    if meta["refs"] or revision != "main":
        commit = find_commit(repo, revision)
        blobs = request.query.get("blobs", "").lower() in ("true", "1")
        found |= {"sha": commit["id"], "lastModified": commit["date"], "createdAt": commit["date"],
                  "siblings": [sibling(path, entry, blobs) for path, entry in commit["files"].items()]}
    return answer(found)


def list_repos(hub, request, kind):
    author = request.query.get("author")
    return answer([{"_id": "0" * 24, "id": repo.id, "modelId": repo.id, "private": repo.meta["private"], "tags": []}
                   for repo in hub.store.repos(kind)
                   if (not author or repo.id.split("/")[0] == author)
                   and (not repo.meta["private"] or owns(request, repo.id))])


def below(files, folder, recursive):
    """The entries of a folder, folders first seen before their files."""
    seen, found = set(), []
    prefix = f"{folder}/" if folder else ""
    for path, entry in sorted(files.items()):
        if not path.startswith(prefix):
            continue
        parts = path.removeprefix(prefix).split("/")
        for depth in range(1, len(parts) if recursive else min(2, len(parts))):
            parent = prefix + "/".join(parts[:depth])
            if parent not in seen:
                seen.add(parent)
                found.append({"type": "directory", "oid": "0" * 40, "size": 0, "path": parent})
        if recursive or len(parts) == 1:
            found.append(tree_entry(path, entry))
    return found


def tree(hub, request, kind, name, revision, folder=""):
    commit = find_commit(find_repo(hub, request, kind, name, content=True), revision)
    entries = below(commit["files"], folder, request.query.get("recursive", "").lower() in ("true", "1"))
    if folder and not entries:
        raise HubError(404, f"{folder} does not exist on \"{revision}\"", "EntryNotFound", X_Repo_Commit=commit["id"])
    size = min(hub.settings["page_size"], int(request.query.get("limit", hub.settings["page_size"])))
    begin = int(request.query.get("cursor", 0))
    headers = {"X-Repo-Commit": commit["id"]}
    if begin + size < len(entries):
        query = urllib.parse.urlencode({**request.query, "cursor": begin + size})
        headers["Link"] = f'<{hub.url}{request.raw_path}?{query}>; rel="next"'
    return answer(entries[begin:begin + size], headers=headers)


def paths_info(hub, request, kind, name, revision):
    commit = find_commit(find_repo(hub, request, kind, name, content=True), revision)
    wanted = urllib.parse.parse_qs(request.body.decode()).get("paths", [])
    return answer([tree_entry(path, commit["files"][path]) for path in wanted if path in commit["files"]])


def refs(hub, request, kind, name):
    meta = find_repo(hub, request, kind, name).meta
    named = {"branches": [], "converts": [], "tags": [], "pullRequests": []}
    for ref, sha in meta["refs"].items():
        is_pull = ref.startswith("refs/pr/")
        full = ref if is_pull else f"refs/heads/{ref}"
        named["pullRequests" if is_pull else "branches"].append({"name": ref, "ref": full, "targetCommit": sha})
    named["tags"] = [{"name": tag, "ref": f"refs/tags/{tag}", "targetCommit": sha} for tag, sha in meta["tags"].items()]
    return answer(named)


def commits(hub, request, kind, name, revision):
    repo = find_repo(hub, request, kind, name)
    head = find_commit(repo, revision)
    return answer([{"id": commit["id"], "title": commit["title"], "message": commit["message"],
                    "authors": [{"user": commit["author"]}], "date": commit["date"]}
                   for commit in repo.history(head["id"])])


def auth_check(hub, request, kind, name):
    find_repo(hub, request, kind, name, content=True)
    return answer({})
