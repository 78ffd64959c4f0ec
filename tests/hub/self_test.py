"""Shows that each fault of the test hub is the fault it says, with Python's own client."""

import gzip
import http.client
import json
import tempfile
import time
import unittest
import urllib.parse

from testhub import TestHub

CONTENT = bytes(range(256)) * 400


class FaultTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.hub = self.enterContext(TestHub(folder.name))
        entry = {"path": f"{folder.name}/content", "lfs": True}
        with open(entry["path"], "wb") as file:
            file.write(CONTENT)
        self.control("POST", "repos", {"id": "a/b", "files": {"model.pt": entry, "../evil": "x"}})

    def ask(self, method, url, body=None, **headers):
        """(status, headers, body) of one request; redirects are not followed."""
        parts = urllib.parse.urlsplit(url)
        connection = http.client.HTTPConnection(parts.netloc, timeout=5)
        self.addCleanup(connection.close)
        target = parts.path + (f"?{parts.query}" if parts.query else "")
        connection.request(method, target, body, {name.replace("_", "-"): value for name, value in headers.items()})
        response = connection.getresponse()
        return response.status, response.headers, response.read()

    def control(self, method, what, value=None):
        status, _, body = self.ask(method, f"{self.hub.url}/_hub/{what}", json.dumps(value))
        self.assertEqual(status, 200, body)
        return json.loads(body)

    def get(self, **headers):
        """The content, from the content server."""
        _, found, _ = self.ask("GET", f"{self.hub.url}/a/b/resolve/main/model.pt")
        return self.ask("GET", found["Location"], **headers)

    def test_without_fault(self):
        status, headers, body = self.get()
        self.assertEqual((status, body), (200, CONTENT))
        status, headers, body = self.get(Range="bytes=100-")
        self.assertEqual((status, body), (206, CONTENT[100:]))
        self.assertEqual(headers["Content-Range"], f"bytes 100-{len(CONTENT) - 1}/{len(CONTENT)}")
        status, headers, _ = self.get(Range=f"bytes={len(CONTENT)}-")
        self.assertEqual((status, headers["Content-Range"]), (416, f"bytes */{len(CONTENT)}"))
        self.assertEqual(self.get(Authorization="Bearer hf_testtoken")[0], 400)

    def test_status_as_often_as_asked(self):
        rule = {"server": "cdn", "status": 503, "headers": {"Retry-After": "2"}, "skip": 1, "times": 2}
        self.control("POST", "faults", rule)
        self.assertEqual([self.get()[0] for _ in range(4)], [200, 503, 503, 200])
        self.control("POST", "faults", {"path": "/resolve/", "redirect": "http://other.invalid/"})
        headers = self.ask("GET", f"{self.hub.url}/a/b/resolve/main/model.pt")[1]
        self.assertEqual(headers["Location"], "http://other.invalid/")

    def test_cut_bodies(self):
        for action in ("drop_after", "reset_after"):
            self.control("POST", "faults", {"server": "cdn", action: 1000})
            self.assertRaises((http.client.IncompleteRead, ConnectionResetError), self.get)
        for how in (True, "reset"):
            self.control("POST", "faults", {"server": "cdn", "drop": how})
            self.assertRaises((http.client.RemoteDisconnected, ConnectionResetError), self.get)
        self.assertEqual(self.control("GET", "log")[1]["sent"], 1000)

    def test_other_bodies(self):
        for rule, expected in (({"truncate": 10}, CONTENT[:10]), ({"append": "more"}, CONTENT + b"more"),
                               ({"corrupt": 3}, CONTENT[:3] + b"\xfc" + CONTENT[4:])):
            self.control("POST", "faults", {"server": "cdn", **rule})
            status, headers, body = self.get()
            self.assertEqual((status, body, int(headers["Content-Length"])), (200, expected, len(expected)))
        self.control("POST", "faults", {"server": "cdn", "gzip": True})
        status, headers, body = self.get()
        self.assertEqual((headers["Content-Encoding"], gzip.decompress(body)), ("gzip", CONTENT))

    def test_ranges(self):
        self.control("POST", "faults", {"server": "cdn", "ignore_range": True})
        self.assertEqual(self.get(Range="bytes=100-")[::2], (200, CONTENT))
        self.control("POST", "faults", {"server": "cdn", "wrong_range": True})
        self.assertIn("bytes 101-", self.get(Range="bytes=100-")[1]["Content-Range"])

    def test_headers(self):
        changes = {"X-Repo-Commit": None, "X-Linked-Etag": "x"}
        self.control("POST", "faults", {"path": "/resolve/", "set_headers": changes})
        headers = self.ask("HEAD", f"{self.hub.url}/a/b/resolve/main/model.pt")[1]
        self.assertEqual((headers["X-Repo-Commit"], headers["X-Linked-Etag"]), (None, "x"))

    def test_slowness(self):
        begin = time.monotonic()
        self.control("POST", "faults", {"server": "cdn", "stall": 0.3})
        self.get()
        self.control("POST", "faults", {"server": "cdn", "bytes_per_s": len(CONTENT) * 3})
        self.get()
        self.assertGreater(time.monotonic() - begin, 0.5)

    def test_lost_answer(self):
        """What was asked happens, and the client does not hear of it."""
        self.control("POST", "faults", {"path": "/create", "drop": True, "after": True})
        body, token = json.dumps({"name": "new"}), "Bearer hf_testtoken"
        create = f"{self.hub.url}/api/repos/create"
        self.assertRaises(http.client.RemoteDisconnected, self.ask, "POST", create, body, Authorization=token)
        self.assertEqual(self.ask("POST", create, body, Authorization=token)[0], 409)

    def test_any_file_name(self):
        body = self.ask("GET", f"{self.hub.url}/api/models/a/b/tree/main?recursive=True")[2]
        self.assertIn("../evil", [entry["path"] for entry in json.loads(body)])


if __name__ == "__main__":
    unittest.main()
