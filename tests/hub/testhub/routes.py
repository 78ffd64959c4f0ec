"""Which function answers which path."""

from testhub import access, downloads, listings, repos, uploads
from testhub.messages import HubError
from testhub.store import TYPES

# `*` is one segment, `**` the rest; `kind` is models, datasets or spaces. Captured segments are the arguments, the
# owner and name of a repo joined. A page of the web site has no `models` in front.
ROUTES = [
    ("hub", "GET", "api/whoami-v2", access.whoami),
    ("hub", "POST", "api/repos/create", repos.create),
    ("hub", "DELETE", "api/repos/delete", repos.delete),
    ("hub", "POST", "api/validate-yaml", uploads.validate_yaml),
    ("hub", "POST", "api/complete_multipart", uploads.complete_multipart),
    ("hub", "GET", "api/resolve-cache/kind/repo/*/**", downloads.resolve_cache),
    ("hub", "GET", "api/kind", listings.list_repos),
    ("hub", "GET", "api/kind/repo", listings.info),
    ("hub", "GET", "api/kind/repo/revision/*", listings.info),
    ("hub", "GET", "api/kind/repo/tree/*", listings.tree),
    ("hub", "GET", "api/kind/repo/tree/*/**", listings.tree),
    ("hub", "POST", "api/kind/repo/paths-info/*", listings.paths_info),
    ("hub", "GET", "api/kind/repo/refs", listings.refs),
    ("hub", "GET", "api/kind/repo/commits/*", listings.commits),
    ("hub", "GET", "api/kind/repo/auth-check", listings.auth_check),
    ("hub", "PUT", "api/kind/repo/settings", repos.change_settings),
    ("hub", "POST", "api/kind/repo/branch/*", repos.create_branch),
    ("hub", "POST", "api/kind/repo/tag/*", repos.create_tag),
    ("hub", "POST", "api/kind/repo/preupload/*", uploads.preupload),
    ("hub", "POST", "api/kind/repo/commit/*", uploads.commit),
    ("hub", "POST", "git/info/lfs/objects/batch", uploads.lfs_batch),
    ("hub", "POST", "git/info/lfs/objects/verify", uploads.lfs_verify),
    ("hub", "GET", "page/resolve/*/**", downloads.resolve),
    ("cdn", "GET", "objects/*", downloads.cdn_object),
    ("cdn", "PUT", "put/*", uploads.put_object),
    ("cdn", "PUT", "part/*/*", uploads.put_part),
]


def take_page(segments):
    """[datasets/]owner/name of a page: its kind, name and what follows."""
    kind = segments[0] if segments and segments[0] in TYPES else "models"
    rest = segments[1:] if segments and segments[0] in TYPES else segments
    return (kind, "/".join(rest[:2]), rest[2:]) if len(rest) > 2 else None


def match(pattern, segments):
    """The captured arguments, or None."""
    words, found = pattern.split("/"), []
    if words[0] in ("page", "git"):
        page = take_page(segments)
        if page is None or page[1].endswith(".git") != (words[0] == "git"):
            return None
        found, segments, words = [page[0], page[1].removesuffix(".git")], page[2], words[1:]
    for index, word in enumerate(words):
        if word == "**":
            return [*found, "/".join(segments)] if segments else None
        if not segments or (word == "kind" and segments[0] not in TYPES) or (word == "repo" and len(segments) < 2):
            return None
        if word == "repo":
            found.append("/".join(segments[:2]))
            segments = segments[2:]
            continue
        if word in ("*", "kind"):
            found.append(segments[0])
        elif word != segments[0]:
            return None
        segments = segments[1:]
    return found if not segments else None


def respond(hub, request):
    try:
        if request.server == "hub":
            access.authenticate(request)
        method = "GET" if request.method == "HEAD" else request.method
        for server, wanted, pattern, function in ROUTES:
            if server != request.server or wanted != method:
                continue
            arguments = match(pattern, request.segments)
            if arguments is not None:
                return function(hub, request, *arguments)
        raise HubError(404, f"Sorry, we can't find the page you are looking for: {request.method} {request.raw_path}")
    except HubError as error:
        return error.response
