"""Faults: what goes wrong, for which requests, how often.

A rule is a JSON object; POST it, or a list of them, to /_hub/faults:

    {"path": REGEX, "method": "GET", "server": "hub"|"cdn", "times": 1, "skip": 0, ACTION...}

`path` is searched in the request's target (with the query). `times` requests after the first `skip` matching ones are
hit; 0: all. Actions, which combine:

    "status": 503, "headers": {"Retry-After": "1"}, "body": "..."   answers that instead; a header of null is left out
    "set_headers": {"ETag": "..."}    changes headers of the real answer (null: leaves one out); its body is sent
    "redirect": URL                   302 there
    "drop": true | "reset"            closes (or resets) the connection without an answer
    "drop_after": N, "reset_after": N the same after N bytes of the body
    "stall": SECONDS                  waits before the answer
    "stall_after": N                  sends N bytes of the body and then nothing for `stall` (default 60) seconds
    "bytes_per_s": N                  sends the body slowly
    "corrupt": N                      flips byte N of the body
    "truncate": N                     a whole answer of N bytes, with the Content-Length to match
    "append": "text"                  a whole answer, longer than the file
    "gzip": true                      compresses the body, as a proxy might
    "ignore_range": true              200 with everything where a range was asked for
    "wrong_range": true               206 whose Content-Range lies by one
    "after": true                     does what was asked first and then fails: a lost answer
"""

import gzip
import re
import threading

CHANGES_OF_BODY = ("truncate", "append", "corrupt", "gzip")


class Faults:
    def __init__(self):
        self.rules, self.lock = [], threading.Lock()

    def add(self, rules):
        with self.lock:
            self.rules += [dict(rule, seen=0) for rule in (rules if isinstance(rules, list) else [rules])]

    def clear(self):
        with self.lock:
            self.rules = []

    def take(self, request):
        """The rule that hits this request, or {}."""
        hit = {}
        with self.lock:
            for rule in self.rules:
                if not concerns(rule, request):
                    continue
                rule["seen"] += 1
                hits, times = rule["seen"] - rule.get("skip", 0), rule.get("times", 1)
                if not hit and hits > 0 and (times == 0 or hits <= times):
                    hit = rule
        return hit


def concerns(rule, request):
    return (rule.get("method", request.method) == request.method
            and rule.get("server", request.server) == request.server
            and re.search(rule.get("path", ""), request.target) is not None)


def set_headers(response, headers):
    for name, value in headers.items():
        for known in [key for key in response.headers if key.lower() == name.lower()]:
            del response.headers[known]
        if value is not None:
            response.headers[name] = str(value)


def lie_about_range(response):
    unit, _, rest = response.headers["Content-Range"].partition(" ")
    first, _, last = rest.partition("-")
    response.headers["Content-Range"] = f"{unit} {int(first) + 1}-{last}"


def distort(rule, response):
    """The answer as this rule wants it."""
    if any(action in rule for action in CHANGES_OF_BODY):
        body = bytearray(response.body)
        if response.file:
            with open(response.file, "rb") as file:
                file.seek(response.begin)
                body = bytearray(file.read(response.length))
        if "corrupt" in rule and rule["corrupt"] < len(body):
            body[rule["corrupt"]] ^= 0xFF
        body = body[:rule.get("truncate", len(body))] + rule.get("append", "").encode()
        if "gzip" in rule:
            body = gzip.compress(body)
            response.headers["Content-Encoding"] = "gzip"
        response.file, response.body = None, bytes(body)
    if "wrong_range" in rule and "Content-Range" in response.headers:
        lie_about_range(response)
    set_headers(response, rule.get("set_headers", {}))
    return response
