"""One connection: reads requests, lets faults happen, sends answers."""

import http.server
import os
import socket
import struct
import tempfile

from testhub import control, routes
from testhub.faults import distort, set_headers
from testhub.messages import HubError, Request, Response, answer

BLOCK = 256 << 10
SMALL_BODY = 64 << 20


class Dropped(ConnectionError):
    """The connection ends here."""


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def log_message(self, *_):
        """The request log has it."""

    def serve(self):
        hub = self.server.hub
        target = self.path
        if target.startswith("http://"):  # asked as a proxy: this server is behind itself
            target = "/" + target.split("/", 3)[3]
        request = Request(self.server.name, self.command, target, self.headers)
        if request.segments[0] == "_hub":
            self.read_body(request)
            self.send(self.controlled(hub, request), {}, {})
            return
        entry = hub.log.begin(request)
        entry["proxied"] = target != self.path
        rule = hub.faults.take(request)
        entry["fault"] = bool(rule)
        try:
            self.act(hub, request, rule, entry)
        except ConnectionError:
            self.close_connection = True
        finally:
            if request.upload and request.upload.exists():
                request.upload.unlink()

    do_GET = do_HEAD = do_POST = do_PUT = do_DELETE = serve

    def controlled(self, hub, request):
        try:
            return control.handle(hub, request)
        except HubError as error:
            return error.response
        except (KeyError, ValueError, OSError) as error:
            return answer({"error": repr(error)}, 400)

    def act(self, hub, request, rule, entry):
        if "stall" in rule and "stall_after" not in rule:
            hub.stopping.wait(rule["stall"])
        if "drop" in rule and not rule.get("after"):
            self.drop(rule["drop"])
        self.read_body(request)
        entry["received"] = request.upload.stat().st_size if request.upload else len(request.body)
        if rule.get("ignore_range") and "Range" in request.headers:
            del request.headers["Range"]
        response = None
        if rule.get("after") or not ("status" in rule or "redirect" in rule):
            response = routes.respond(hub, request)
        if "drop" in rule:
            self.drop(rule["drop"])
        if "redirect" in rule:
            response = Response(302, {"Location": rule["redirect"]})
        elif "status" in rule:
            response = Response(rule["status"], {"Content-Type": "text/plain"}, rule.get("body", "").encode())
            set_headers(response, rule.get("headers", {}))
        self.send(distort(rule, response), rule, entry)

    def read_body(self, request):
        """PUT goes to a file, the rest to memory. A chunked PUT is read and thrown away."""
        if "chunked" in self.headers.get("Transfer-Encoding", "").lower():
            body = b"".join(self.chunks())
            request.body = body if request.method != "PUT" else b""
            return
        left = int(self.headers.get("Content-Length", 0))
        if request.method != "PUT":
            request.body = self.read_exactly(min(left, SMALL_BODY))
            return
        handle, name = tempfile.mkstemp(dir=self.server.hub.store.root / "uploads")
        request.upload = self.server.hub.store.root / "uploads" / name
        with os.fdopen(handle, "wb") as file:
            while left > 0:
                block = self.read_exactly(min(left, BLOCK))
                file.write(block)
                left -= len(block)

    def read_exactly(self, count):
        body = self.rfile.read(count)
        if len(body) < count:
            raise Dropped
        return body

    def chunks(self):
        while size := int(self.rfile.readline().split(b";")[0] or b"0", 16):
            yield self.read_exactly(size)
            self.rfile.readline()
        while self.rfile.readline().strip():
            pass

    def send(self, response, rule, entry):
        entry["status"] = response.status
        self.send_response_only(response.status)
        response.headers.setdefault("Content-Length", str(response.size))
        for name, value in response.headers.items():
            self.send_header(name, str(value))
        self.end_headers()
        if self.command != "HEAD" and response.status not in (204, 304):
            self.send_body(response, rule, entry)

    def send_body(self, response, rule, entry):
        stops = [rule[name] for name in ("drop_after", "reset_after", "stall_after") if name in rule]
        left = min([response.size, *stops])
        at, block = response.begin if response.file else 0, BLOCK
        if "bytes_per_s" in rule:
            block = max(1, rule["bytes_per_s"] // 10)
        source = open(response.file, "rb") if response.file else None
        try:
            while left > 0:
                count = min(block, left)
                entry["sent"] = entry.get("sent", 0) + count
                if source:
                    self.connection.sendfile(source, at, count)
                else:
                    self.wfile.write(response.body[at:at + count])
                at, left = at + count, left - count
                if "bytes_per_s" in rule and self.server.hub.stopping.wait(0.1):
                    raise Dropped
        finally:
            if source:
                source.close()
        if "stall_after" in rule:
            self.server.hub.stopping.wait(rule.get("stall", 60))
        if stops:
            self.drop("reset" if "reset_after" in rule else True)

    def drop(self, how):
        if how == "reset":
            # Lingering for no time makes the close a reset; the descriptor is taken so that nothing says goodbye first.
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            os.close(self.connection.detach())
        raise Dropped
