"""Requests and responses, and the errors that the Hub answers with."""

import dataclasses
import json
import pathlib
import urllib.parse


@dataclasses.dataclass
class Request:
    """What a client asked, its path cut at `/` before %2F is decoded, so that a revision may hold a slash."""

    server: str  # "hub" or "cdn"
    method: str
    target: str
    headers: object
    body: bytes = b""
    upload: pathlib.Path | None = None  # the body of a PUT
    user: str | None = None

    def __post_init__(self):
        path, _, query = self.target.partition("?")
        self.raw_path = path
        self.segments = [urllib.parse.unquote(part) for part in path.strip("/").split("/")]
        self.query = dict(urllib.parse.parse_qsl(query, keep_blank_values=True))

    @property
    def token(self):
        value = self.headers.get("Authorization", "")
        return value.removeprefix("Bearer ").strip() if value else None

    def json(self):
        return json.loads(self.body or b"{}")


@dataclasses.dataclass
class Response:
    """`body` is bytes, or `file` is sent from `begin` on, `length` bytes of it."""

    status: int = 200
    headers: dict = dataclasses.field(default_factory=dict)
    body: bytes = b""
    file: pathlib.Path | None = None
    begin: int = 0
    length: int = 0

    @property
    def size(self):
        return self.length if self.file else len(self.body)


class HubError(Exception):
    """Ends a request with a status, X-Error-Code and X-Error-Message, as the Hub does."""

    def __init__(self, status, message, code=None, **headers):
        super().__init__(message)
        headers = {name.replace("_", "-"): value for name, value in headers.items()}
        self.response = answer({"error": message}, status, {"X-Error-Message": message, **headers})
        if code:
            self.response.headers["X-Error-Code"] = code


def answer(value, status=200, headers=None):
    body = json.dumps(value, ensure_ascii=False).encode()
    return Response(status, {"Content-Type": "application/json; charset=utf-8", **(headers or {})}, body)


def redirect(status, location, **headers):
    named = {name.replace("_", "-"): str(value) for name, value in headers.items()}
    return Response(status, {"Location": location, **named}, b"Redirecting")


def requested_range(header, size):
    """(begin, length) of a `Range: bytes=a-b` header; None when it asks for everything."""
    if not header or not header.startswith("bytes=") or "," in header:
        return None
    first, _, last = header.removeprefix("bytes=").partition("-")
    if not first:  # the last N bytes
        begin = max(0, size - int(last))
        return begin, size - begin
    begin, end = int(first), min(int(last) if last else size - 1, size - 1)
    if begin >= size:
        raise HubError(416, "Range Not Satisfiable", Content_Range=f"bytes */{size}")
    return begin, end - begin + 1


def send_file(request, file, headers):
    """A file, or the part of it that Range asks for."""
    size = file.stat().st_size
    headers = {"Content-Type": "application/octet-stream", "Accept-Ranges": "bytes", **headers}
    asked = requested_range(request.headers.get("Range"), size)
    if asked is None:
        return Response(200, headers, file=file, length=size)
    begin, length = asked
    headers["Content-Range"] = f"bytes {begin}-{begin + length - 1}/{size}"
    return Response(206, headers, file=file, begin=begin, length=length)
