"""What the fixture writers share."""

import base64
import json
import zlib


def pack(blob):
    """Short files in hex, long ones compressed."""
    if len(blob) <= 256:
        return {"hex": blob.hex()}
    return {"zlib": base64.b64encode(zlib.compress(blob, 9)).decode(), "size": len(blob)}


def write_groups(path, groups):
    """One row a line, so that changes can be read."""
    with open(path, "w") as f:
        parts = [f'"{name}":[\n' + ",\n".join(json.dumps(row) for row in rows) + "\n]" for name, rows in groups.items()]
        f.write("{" + ",".join(parts) + "}\n")
