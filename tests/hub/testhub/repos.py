"""Creating and changing repos."""

from testhub.access import check_may_write, find_commit, find_repo, USERS
from testhub.messages import HubError, answer

GITATTRIBUTES = b"*.bin filter=lfs diff=lfs merge=lfs -text\n*.pt filter=lfs diff=lfs merge=lfs -text\n"


def create(hub, request):
    asked = request.json()
    user = USERS.get(request.user)
    if user is None:
        raise HubError(401, "Invalid username or password.")
    name = f"{asked.get('organization') or user['name']}/{asked['name']}"
    check_may_write(request, name)
    kind = asked.get("type", "model") + "s"
    url = f"{hub.url}/{'' if kind == 'models' else kind + '/'}{name}"
    with hub.store.lock:
        if hub.store.find(kind, name):
            return answer({"error": "You already created this model repo", "url": url}, 409)
        private = bool(asked.get("private")) or asked.get("visibility") == "private"
        repo = hub.store.create(kind, name, private=private)
        repo.add_commit("main", {".gitattributes": hub.store.add_blob(GITATTRIBUTES)}, "initial commit")
    return answer({"url": url, "name": name, "id": name, "private": private})


def delete(hub, request):
    asked = request.json()
    name = f"{asked.get('organization') or USERS[request.user]['name']}/{asked['name']}"
    check_may_write(request, name)
    repo = find_repo(hub, request, asked.get("type", "model") + "s", name)
    (repo.folder / "repo.json").unlink()
    return answer({})


def change_settings(hub, request, kind, name):
    repo = find_repo(hub, request, kind, name)
    check_may_write(request, name)
    asked = request.json()
    if "visibility" in asked:
        asked["private"] = asked.pop("visibility") == "private"
    repo.update(**{key: asked[key] for key in ("private", "gated") if key in asked})
    return answer(asked)


def create_branch(hub, request, kind, name, branch):
    repo = find_repo(hub, request, kind, name)
    check_may_write(request, name)
    if branch in repo.meta["refs"]:
        raise HubError(409, f"Reference already exists: refs/heads/{branch}")
    commit = find_commit(repo, request.json().get("startingPoint", "main"))
    repo.update(refs={**repo.meta["refs"], branch: commit["id"]})
    return answer({})


def create_tag(hub, request, kind, name, revision):
    repo = find_repo(hub, request, kind, name)
    check_may_write(request, name)
    commit = find_commit(repo, revision)
    repo.update(tags={**repo.meta["tags"], request.json()["tag"]: commit["id"]})
    return answer({})
