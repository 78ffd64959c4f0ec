"""The hub and its content server: two ports, so two origins."""

import http.server
import sys
import threading

from testhub.faults import Faults
from testhub.handler import Handler
from testhub.request_log import RequestLog
from testhub.store import Store

SETTINGS = {
    "page_size": 1000,
    "lfs_threshold": 10 << 20,  # bytes from which a text file is LFS too
    "multipart_threshold": 64 << 20,
    "multipart_chunk": 16 << 20,
    "url_lifetime_s": 3600,
}


class Listener(http.server.ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def __init__(self, hub, name, port):
        super().__init__(("127.0.0.1", port), Handler)
        self.hub, self.name = hub, name
        self.url = f"http://127.0.0.1:{self.server_address[1]}"

    def handle_error(self, request, client_address):
        """A client that goes away is part of the tests."""
        if not isinstance(sys.exc_info()[1], OSError):
            super().handle_error(request, client_address)


class TestHub:
    """`with TestHub(folder) as hub:` serves hub.url until the block ends."""

    __test__ = False  # not a test case, whatever its name says

    def __init__(self, root, port=0):
        self.store, self.faults, self.log = Store(root), Faults(), RequestLog()
        self.settings = dict(SETTINGS)
        self.stopping = threading.Event()
        self.listeners = [Listener(self, "hub", port), Listener(self, "cdn", 0)]
        self.url, self.cdn_url = (listener.url for listener in self.listeners)

    def __enter__(self):
        for listener in self.listeners:
            threading.Thread(target=listener.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, *_):
        self.stopping.set()
        for listener in self.listeners:
            listener.shutdown()
            listener.server_close()
