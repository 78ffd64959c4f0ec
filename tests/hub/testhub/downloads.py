"""Files: resolve with its redirects, and the content servers behind them."""

import time
import urllib.parse

from testhub.access import find_commit, find_repo
from testhub.messages import HubError, redirect, send_file


def quoted(path):
    return urllib.parse.quote(path, safe="/")


def find_entry(hub, request, kind, name, revision, path):
    repo = find_repo(hub, request, kind, name, content=True)
    commit = find_commit(repo, revision)
    entry = commit["files"].get(path)
    if entry is None:
        raise HubError(404, "Entry not found", "EntryNotFound", X_Repo_Commit=commit["id"])
    return repo, commit, entry


def resolve(hub, request, kind, name, revision, path):
    """Regular files answer by a relative redirect, LFS files by one to the content server."""
    repo, commit, entry = find_entry(hub, request, kind, name, revision, path)
    linked = {"X_Repo_Commit": commit["id"], "X_Linked_Size": entry["size"]}
    if "sha256" in entry:
        expires = int(time.time() + hub.settings["url_lifetime_s"])
        location = f"{hub.cdn_url}/objects/{entry['sha256']}?Expires={expires}&Signature=test"
        return redirect(302, location, X_Linked_Etag=f'"{entry["sha256"]}"', Accept_Ranges="bytes", **linked)
    location = f"/api/resolve-cache/{repo.kind}/{name}/{commit['id']}/{quoted(path)}"
    return redirect(307, location, **linked)


def resolve_cache(hub, request, kind, name, revision, path):
    _, commit, entry = find_entry(hub, request, kind, name, revision, path)
    headers = {"ETag": f'"{entry["oid"]}"', "X-Repo-Commit": commit["id"], "Content-Type": "text/plain"}
    return send_file(request, hub.store.content(entry), headers)


def cdn_object(hub, request, sha256):
    """A signed URL: refuses a token beside the signature as S3 does, and an expired one."""
    if "Authorization" in request.headers:
        raise HubError(400, "Only one auth mechanism allowed")
    if int(request.query.get("Expires", 0)) < time.time():
        raise HubError(403, "Request has expired")
    file = hub.store.root / "lfs" / sha256
    if not file.is_file():
        raise HubError(404, "NoSuchKey")
    # Content servers have etags of their own; they are not the Hub's.
    return send_file(request, file, {"ETag": f'"cdn-{sha256[:16]}"'})
