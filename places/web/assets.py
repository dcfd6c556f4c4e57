"""Files a browser needs: ours from `static/`, Leaflet's from its packages.

Nothing is loaded from another host.  Every address carries a piece of the file's hash, so that a
browser may keep the file for a year and still sees a new one at once.
"""

import hashlib
from functools import cache
from importlib.metadata import distribution
from pathlib import Path
from typing import Any

from flask import Blueprint, Flask, Response, abort, current_app, request, send_file

blueprint = Blueprint("assets", __name__)

_LEAFLET = "XStatic-Leaflet", "xstatic/pkg/leaflet/data"
_CLUSTERS = "XStatic-Leaflet-MarkerCluster", "xstatic/pkg/leaflet_markercluster/data"
# Just these: a folder of a package holds more than a browser should be given.
VENDORED = {
    "leaflet.js": _LEAFLET,
    "leaflet.css": _LEAFLET,
    "leaflet.markercluster.js": _CLUSTERS,
    "MarkerCluster.css": _CLUSTERS,
}
_YEAR = 31_536_000  # seconds


@blueprint.get("/leaflet/<name>")
def vendor(name: str) -> Response:
    """One of Leaflet's own files; 404 for any other."""
    if name not in VENDORED:
        abort(404)
    return send_file(_vendored(name), conditional=True)


def init_app(app: Flask) -> None:
    """Puts hashes into the addresses and lets browsers keep what they have fetched by them."""
    app.url_defaults(_with_version)
    app.after_request(_keep)


def _with_version(endpoint: str, values: dict[str, Any]) -> None:
    if endpoint == "static" and "v" not in values:
        folder = Path(str(current_app.static_folder))
        path = folder / values["filename"]
        if path.is_file():
            values["v"] = _version(path, path.stat().st_mtime_ns)
    elif endpoint == "assets.vendor" and values.get("name") in VENDORED:
        values["v"] = _version(_vendored(values["name"]), 0)


@cache
def _version(path: Path, _mtime_ns: int) -> str:
    return hashlib.blake2b(path.read_bytes(), digest_size=6).hexdigest()


@cache
def _vendored(name: str) -> Path:
    # Found without importing: these packages come from the time of shared namespaces.
    package, folder = VENDORED[name]
    return Path(str(distribution(package).locate_file(folder))) / name


def _keep(response: Response) -> Response:
    if request.endpoint in ("static", "assets.vendor") and response.status_code in (200, 304):
        # Read here, because Flask-Compress would stream the file and never close it.
        response.direct_passthrough = False
        response.make_sequence()
        response.cache_control.no_cache = None
        response.cache_control.public = True
        if "v" in request.args:
            response.cache_control.max_age = _YEAR
            response.cache_control.immutable = True
        else:
            response.cache_control.max_age = 3600
    return response
