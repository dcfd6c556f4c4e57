"""Borders from the state's register (PRG), as GUGiK gives them out: counted, then page by page.

The pages stay in `instance/coverage/downloads` until the whole level is read, so that a fetch that
was cut goes on where it stopped, on the same day.  What was loaded before stays in use until all of
a level is there and right.  The service's shape: GeoJSON with `teryt` and `nazwa`.
"""

import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from places import download, teryt
from places.coverage import borders, kept, own_file
from places.coverage.borders import Found, Terms
from places.coverage.kept import About
from places.errors import Fault, Invalid, shortened
from places.teryt import Level

URL = "https://mapy.geoportal.gov.pl/wss/ims/maps/PRG_gugik_wyszukiwarka/FeatureServer"
LAYERS: Mapping[Level, int] = {"voivodeship": 2, "powiat": 1, "gmina": 0}
LICENCE = "do dowolnego użytku (art. 40a ust. 2 pkt 1 Prawa geodezyjnego i kartograficznego)"
PAGE = 1000
"""Areas asked for at once; the service may give fewer."""
_MOST_BYTES = 400_000_000
_SMALL = 100_000  # bytes; whatever says only how many, or what went wrong


@dataclass(frozen=True, slots=True)
class Service:
    """Where to ask, who asks, and on which day."""

    instance: Path
    today: date
    url: str = URL
    agent: str = ""
    watch: download.Watch = lambda step, share: None


def fetch(service: Service, level: Level) -> Found:
    """All areas of a level.

    Raises Invalid: the level is named, and where it went wrong.
    """
    home = kept.folder(service.instance) / "downloads"
    where = f"{service.url}/{LAYERS[level]}/query"
    name = f"prg-{level}-{sha256(where.encode()).hexdigest()[:8]}"
    pages = home / f"{name}-{service.today.isoformat()}"
    for old in home.glob(f"{name}-*"):
        if old != pages:  # Of another day: the borders may have changed in between.
            shutil.rmtree(old, ignore_errors=True)
    pages.mkdir(parents=True, exist_ok=True)
    try:
        count = _count(service, where, pages / "count.json")
        found = _read(service, where, pages, count, level)
    except Invalid as error:
        raise Invalid([one.at(f"{level} {one.where}".strip()) for one in error.faults]) from None
    shutil.rmtree(pages, ignore_errors=True)
    return found


def about(service: Service, found: Found) -> About:
    """What was fetched, for people."""
    return About(
        title="Państwowy Rejestr Granic (PRG)",
        source=f"{service.url}/{LAYERS[found.layer.level]}",
        owner="Główny Urząd Geodezji i Kartografii",
        licence=LICENCE,
        date=service.today.isoformat(),
        retrieved=service.today.isoformat(),
        rows=len(found.layer),
        more={"level": found.layer.level},
    )


def _count(service: Service, where: str, path: Path) -> int:
    asked = {"where": "1=1", "returnCountOnly": "true", "f": "json"}
    path.unlink(missing_ok=True)  # Always asked anew.
    _get(service, where, asked, path, _SMALL)
    said = _small(path)
    count = said.get("count") if isinstance(said, dict) else None
    if not isinstance(count, int) or count < 1:
        raise Invalid([Fault("url", "prg_no_count", shortened(said))])
    return count


def _read(service: Service, where: str, pages: Path, count: int, level: Level) -> Found:
    import pandas

    frames: list[Any] = []
    done = 0
    while done < count:
        path = pages / f"{done:05}-of-{count}.geojson"
        frame = _page(service, where, path, done)
        frames.append(frame)
        done += len(frame)
        service.watch(level, done / count)
    if done != count:
        raise Invalid([Fault("url", "prg_wrong_count", str(done), str(count))])
    if count < teryt.WHOLE[level]:
        raise Invalid([Fault("url", "prg_too_few", str(count), str(teryt.WHOLE[level]))])
    whole = pandas.concat(frames, ignore_index=True)
    return borders.of_frame(whole, Terms(level, {"code": "teryt", "name": "nazwa"}))


def _page(service: Service, where: str, path: Path, begin: int) -> Any:
    """One page, from the disk if it is there and whole."""
    asked = {
        "where": "1=1", "outFields": "id,teryt,nazwa", "returnGeometry": "true", "outSR": "4326",
        "f": "geojson", "resultOffset": str(begin), "resultRecordCount": str(PAGE),
    }  # fmt: skip
    if not path.exists():
        _get(service, where, asked, path, _MOST_BYTES)
    try:
        if path.stat().st_size < _SMALL:
            _refuse_error(_small(path))
        return own_file.read_frame(path)
    except Invalid as error:
        path.unlink(missing_ok=True)  # Not to be found broken again.
        raise Invalid([one.at(f"· {begin}") for one in error.faults]) from None


def _get(
    service: Service, where: str, asked: Mapping[str, str], path: Path, most_bytes: int
) -> None:
    download.fetch_file(
        f"{where}?{urlencode(asked)}",
        path,
        headers={"User-Agent": service.agent} if service.agent else None,
        most_bytes=most_bytes,
    )


def _small(path: Path) -> Any:
    try:
        return json.loads(path.read_bytes())
    except (ValueError, RecursionError) as error:
        raise Invalid([Fault("url", "not_json", shortened(error))]) from None


def _refuse_error(said: Any) -> None:
    """The service tells of an error with status 200; a page without areas ends nothing well."""
    features = said.get("features") if isinstance(said, dict) else None
    if not isinstance(features, list):
        raise Invalid([Fault("url", "prg_error", shortened(said))])
    if not features:
        raise Invalid([Fault("url", "prg_empty_page")])
