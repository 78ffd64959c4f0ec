"""Pushing: preupload, LFS contents, one commit."""

import base64
import hashlib
import json
import math
import os
import secrets

from testhub.access import check_may_write, find_commit, find_repo
from testhub.messages import HubError, Response, answer
from testhub.store import BLOCK, Conflict

LFS_SUFFIXES = (".bin", ".pt", ".safetensors", ".npy", ".onnx", ".parquet", ".arrow", ".zip", ".gz", ".model")
LFS_JSON = {"Content-Type": "application/vnd.git-lfs+json"}


def writable_repo(hub, request, kind, name):
    repo = find_repo(hub, request, kind, name)
    check_may_write(request, name)
    return repo


def upload_mode(hub, file):
    if file["size"] == 0:
        return "regular"
    is_binary = b"\0" in base64.b64decode(file.get("sample", ""))
    is_large = file["size"] >= hub.settings["lfs_threshold"]
    return "lfs" if is_binary or is_large or file["path"].endswith(LFS_SUFFIXES) else "regular"


def preupload(hub, request, kind, name, revision):
    files = find_commit(writable_repo(hub, request, kind, name), revision)["files"]
    asked = request.json()["files"]
    if len(asked) > 256:
        raise HubError(413, "Too many files in one preupload request")
    found = []
    for file in asked:
        entry = files.get(file["path"], {})
        found.append({"path": file["path"], "uploadMode": upload_mode(hub, file),
                      "shouldIgnore": file["path"].startswith(".git/"), "oid": entry.get("sha256") or entry.get("oid")})
    return answer({"files": found})


def lfs_actions(hub, name_url, transfers, oid, size):
    chunk = hub.settings["multipart_chunk"]
    verify = {"href": f"{name_url}.git/info/lfs/objects/verify", "header": {}}
    if size < hub.settings["multipart_threshold"] or "multipart" not in transfers:
        return {"upload": {"href": f"{hub.cdn_url}/put/{oid}?Signature=test"}, "verify": verify}
    upload = secrets.token_hex(8)
    parts = {str(n): f"{hub.cdn_url}/part/{upload}/{n}?Signature=test" for n in range(1, math.ceil(size / chunk) + 1)}
    complete = f"{hub.url}/api/complete_multipart?uploadId={upload}"
    return {"upload": {"href": complete, "header": {"chunk_size": str(chunk), **parts}}, "verify": verify}


def lfs_batch(hub, request, kind, name):
    writable_repo(hub, request, kind, name)
    asked = request.json()
    if len(asked["objects"]) > 256:
        raise HubError(413, "Too many objects in one batch")
    name_url = f"{hub.url}/{'' if kind == 'models' else kind + '/'}{name}"
    transfers = asked.get("transfers", ["basic"])
    objects = []
    for item in asked["objects"]:
        found = {"oid": item["oid"], "size": item["size"]}
        if not hub.store.has_lfs(item["oid"], item["size"]):
            found |= {"authenticated": True,
                      "actions": lfs_actions(hub, name_url, transfers, item["oid"], item["size"])}
        objects.append(found)
    return answer({"transfer": "multipart" if "multipart" in transfers else "basic", "objects": objects},
                  headers=LFS_JSON)


def check_put(request):
    """As S3: a signature leaves no room for a token, and a chunked body is not implemented."""
    if "Authorization" in request.headers:
        raise HubError(400, "Only one auth mechanism allowed")
    if request.upload is None:
        raise HubError(501, "A header you provided implies functionality that is not implemented")


def put_object(hub, request, oid):
    check_put(request)
    os.replace(request.upload, hub.store.root / "uploads" / oid)
    return Response(200, {"ETag": f'"{oid[:32]}"'})


def put_part(hub, request, upload, part):
    check_put(request)
    digest = hashlib.md5(request.upload.read_bytes()).hexdigest()
    os.replace(request.upload, hub.store.root / "uploads" / f"{upload}.{part}.{digest}")
    return Response(200, {"ETag": f'"{digest}"'})


def complete_multipart(hub, request):
    asked = request.json()
    upload, folder = request.query["uploadId"], hub.store.root / "uploads"
    with open(folder / asked["oid"], "wb") as whole:
        for part in asked["parts"]:
            file = folder / f"{upload}.{part['partNumber']}.{part['etag'].strip(chr(34))}"
            if not file.is_file():
                raise HubError(400, f"InvalidPart: {part}")
            whole.write(file.read_bytes())
            file.unlink()
    return answer({}, headers=LFS_JSON)


def lfs_verify(hub, request, kind, name):
    """Only what has the promised size and hash becomes an object that a commit may name."""
    writable_repo(hub, request, kind, name)
    asked = request.json()
    file = hub.store.root / "uploads" / asked["oid"]
    if not file.is_file():
        raise HubError(404, "Object was not uploaded")
    digest = hashlib.sha256()
    with open(file, "rb") as content:
        while block := content.read(BLOCK):
            digest.update(block)
    if digest.hexdigest() != asked["oid"] or file.stat().st_size != asked["size"]:
        raise HubError(422, "Object does not have the promised size and hash")
    os.replace(file, hub.store.root / "lfs" / asked["oid"])
    return answer({}, headers=LFS_JSON)


def apply(hub, files, key, value):
    """One line of a commit; changes `files`."""
    path = value["path"]
    if key == "file":
        content = value["content"]
        raw = base64.b64decode(content, validate=True) if value.get("encoding") == "base64" else content.encode()
        files[path] = hub.store.add_blob(raw)
    elif key == "lfsFile":
        if not (hub.store.root / "lfs" / value["oid"]).is_file():
            raise HubError(400, f"An LFS pointer pointed to a file that does not exist: {path}")
        files[path] = hub.store.lfs_entry(value["oid"])
    elif key in ("deletedFile", "deletedFolder"):
        inside = path.rstrip("/") + "/"
        gone = [name for name in files if name == path or (key == "deletedFolder" and name.startswith(inside))]
        if not gone:
            raise HubError(404, f"A file with this name doesn't exist: {path}", "EntryNotFound")
        for name in gone:
            del files[name]
    else:
        raise HubError(400, f"unknown operation: {key}")


def commit(hub, request, kind, name, revision):
    repo = writable_repo(hub, request, kind, name)
    if request.headers.get("Content-Type") != "application/x-ndjson":
        raise HubError(400, "expected application/x-ndjson")
    lines = [json.loads(line) for line in request.body.splitlines() if line.strip()]
    if not lines or lines[0].get("key") != "header" or not lines[0]["value"].get("summary"):
        raise HubError(400, '"header" with a "summary" should come first')
    head = find_commit(repo, revision)
    files = dict(head["files"])
    for line in lines[1:]:
        apply(hub, files, line["key"], line["value"])
    header = lines[0]["value"]
    target, url = revision, None
    if request.query.get("create_pr"):
        number = 1 + sum(ref.startswith("refs/pr/") for ref in repo.meta["refs"])
        target, url = f"refs/pr/{number}", f"{hub.url}/{name}/discussions/{number}"
        repo.update(refs={**repo.meta["refs"], target: head["id"]})
    try:
        made = repo.add_commit(target, files, header["summary"], header.get("description", ""),
                               header.get("parentCommit"))
    except Conflict as conflict:
        raise HubError(412, "A commit has happened since. Please refresh and try again.") from conflict
    found = {"success": True, "commitOid": made["id"], "commitUrl": f"{hub.url}/{name}/commit/{made['id']}"}
    return answer({**found, "pullRequestUrl": url} if url else found)


def validate_yaml(_hub, request):
    content = request.json().get("content", "")
    if content.startswith("---\n") and "\n---" not in content[3:]:
        return answer({"errors": [{"message": "the metadata block does not end"}], "warnings": []}, 400)
    return answer({"errors": [], "warnings": []})
