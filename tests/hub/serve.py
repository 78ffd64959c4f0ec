"""Serves a test hub until its input ends, so that none outlives the test that started it.

    python3 tests/hub/serve.py --root FOLDER [--port N]

The first line of output is {"url": ..., "cdn_url": ...}. Tokens are in testhub/access.py, what a test may tell the
server in testhub/control.py, faults in testhub/faults.py. Needs only Python.
"""

import argparse
import json
import sys

from testhub import TestHub


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--root", required=True, help="where repos are kept")
    parser.add_argument("--port", type=int, default=0, help="0: any free one")
    arguments = parser.parse_args()
    with TestHub(arguments.root, arguments.port) as hub:
        print(json.dumps({"url": hub.url, "cdn_url": hub.cdn_url}), flush=True)
        try:
            sys.stdin.buffer.read()
        except KeyboardInterrupt:
            pass


if __name__ == "__main__":
    main()
