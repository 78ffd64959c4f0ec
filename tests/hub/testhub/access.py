"""Who may read and write what, with the statuses that the Hub hides private repos behind."""

from testhub.messages import HubError, answer

# token -> user. A token that is not here is refused, as the Hub does.
USERS = {
    "hf_testtoken": {"name": "tester", "orgs": ["hezarai"]},
    "hf_strangertoken": {"name": "stranger", "orgs": []},
    "hf_readonlytoken": {"name": "tester", "orgs": ["hezarai"], "role": "read"},
}


def authenticate(request):
    """Sets request.user, or ends with 401 for a token that nobody has."""
    if not request.token:
        return
    if request.token not in USERS:
        raise HubError(401, "Invalid credentials in Authorization header")
    request.user = request.token


def owns(request, name):
    user = USERS.get(request.user)
    return user is not None and name.split("/")[0] in [user["name"], *user["orgs"]]


def find_repo(hub, request, kind, name, content=False):
    """The repo, where the caller may see it; `content`: also where it may read files."""
    repo = hub.store.find(kind, name)
    meta = repo.meta if repo else None
    if not repo or (meta["private"] and not owns(request, name)):
        if request.user:
            raise HubError(404, "Repository not found", "RepoNotFound")
        raise HubError(401, "Invalid username or password.", "RepoNotFound")
    if meta["disabled"]:
        raise HubError(403, "Access to this resource is disabled.")
    if content and meta["gated"] and not owns(request, name):
        if not request.user:
            raise HubError(401, f"Access to model {name} is restricted. You must have access to it and be "
                                "authenticated to access it. Please log in.", "GatedRepo")
        raise HubError(403, f"Access to model {name} is restricted and you are not in the authorized list. "
                            f"Visit {hub.url}/{name} to ask for access.", "GatedRepo")
    return repo


def check_may_write(request, name):
    if not request.user:
        raise HubError(401, "Invalid username or password.")
    if not owns(request, name) or USERS[request.user].get("role") == "read":
        raise HubError(403, f"You don't have the rights to write to {name}.")


def find_commit(repo, revision):
    commit = repo.resolve(revision)
    if commit is None:
        raise HubError(404, f"Invalid rev id: {revision}", "RevisionNotFound")
    return commit


def whoami(_hub, request):
    if not request.user:
        raise HubError(401, "Invalid username or password.")
    user = USERS[request.user]
    return answer({"type": "user", "name": user["name"], "fullname": user["name"],
                   "orgs": [{"type": "org", "name": name} for name in user["orgs"]],
                   "auth": {"type": "access_token", "accessToken": {"role": user.get("role", "write")}}})
