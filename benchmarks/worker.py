"""The life of one worker, for benchmarks/memory.py; imports nothing that a worker does not.

python -m benchmarks.worker CATALOGUE CHANGED ADDRESSES    prints megabytes as JSON
"""

import json
import sys
from pathlib import Path

_REQUESTS = 200


def lived(catalogue: Path, changed: Path, addresses: list[str]) -> dict[str, float]:
    """Megabytes after each step."""
    found = {"python alone": _status("VmRSS")}
    from app import create_app

    app = create_app({"CATALOGUE": str(catalogue), "INSTANCE": str(catalogue.parent)})
    client = app.test_client()
    found["application made"] = _status("VmRSS")
    client.get("/")
    found["first page served"] = _status("VmRSS")
    for number in range(_REQUESTS):
        client.get(addresses[number % len(addresses)])
    found[f"after {_REQUESTS} mixed requests"] = _status("VmRSS")
    changed.replace(catalogue)
    client.get("/")
    found["after taking in a changed place"] = _status("VmRSS")
    found["most at any time"] = _status("VmHWM")
    return found


def _status(name: str) -> float:
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(name)) / 1000


if __name__ == "__main__":
    _catalogue, _changed, _addresses = map(Path, sys.argv[1:])
    _asked = json.loads(_addresses.read_text(encoding="utf-8"))
    print(json.dumps(lived(_catalogue, _changed, _asked)))
