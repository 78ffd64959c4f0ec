"""What was asked, so that a test can count requests and look for tokens where none belong."""

import threading


class RequestLog:
    def __init__(self):
        self.all, self.lock = [], threading.Lock()

    def begin(self, request):
        """The token itself is left out; `auth` says whether one came."""
        headers = {name.lower(): value for name, value in request.headers.items() if name.lower() != "authorization"}
        entry = {"server": request.server, "method": request.method, "target": request.target,
                 "auth": "Authorization" in request.headers, "headers": headers, "received": len(request.body),
                 "status": None, "sent": 0, "fault": False}
        with self.lock:
            self.all.append(entry)
        return entry

    def entries(self):
        with self.lock:
            return [dict(entry) for entry in self.all]

    def clear(self):
        with self.lock:
            self.all = []
