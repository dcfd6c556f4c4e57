"""OpenStreetMap by voivodeship, as Geofabrik cuts it out of the whole every day.

Beside each file stands its MD5, by which a file that came whole is told from one that did not, and
yesterday's from today's: what is here already is not fetched again.  Where a fetch was cut the next
one goes on (places/download.py).
"""

import hashlib
import re
from pathlib import Path

from places import download, text
from places.coverage import kept
from places.download import Watch
from places.errors import Fault, Invalid, shortened

BASE = "https://download.geofabrik.de/europe/poland"
VOIVODESHIPS = (
    "dolnośląskie", "kujawsko-pomorskie", "lubelskie", "lubuskie", "łódzkie", "małopolskie",
    "mazowieckie", "opolskie", "podkarpackie", "podlaskie", "pomorskie", "śląskie",
    "świętokrzyskie", "warmińsko-mazurskie", "wielkopolskie", "zachodniopomorskie",
)  # fmt: skip
_SLUGS = {text.slug(one) for one in VOIVODESHIPS}
_MD5 = re.compile(r"[0-9a-f]{32}")


def slug(voivodeship: str) -> str:
    """Its name as Geofabrik writes it: "dolnoslaskie".

    Raises Invalid when there is no such voivodeship.
    """
    found = text.slug(voivodeship)
    if found not in _SLUGS:
        known = ", ".join(VOIVODESHIPS)
        raise Invalid([Fault("voivodeship", "not_in_list", shortened(voivodeship), known)])
    return found


def address(voivodeship: str, base: str = BASE) -> str:
    """Where its file is.  Raises Invalid."""
    return f"{base.rstrip('/')}/{slug(voivodeship)}-latest.osm.pbf"


def fetch(
    instance: Path,
    voivodeship: str,
    base: str = BASE,
    watch: Watch = lambda step, share: None,
) -> Path:
    """Today's file of the voivodeship, on disk and whole.

    Raises Invalid; what was here before is left then.
    """
    url = address(voivodeship, base)
    home = kept.folder(instance) / "downloads"
    home.mkdir(parents=True, exist_ok=True)
    told, file = home / (url.rpartition("/")[2] + ".md5"), home / url.rpartition("/")[2]
    download.fetch_file(f"{url}.md5", told, most_bytes=1_000)
    found = _MD5.match(told.read_text(encoding="ascii", errors="replace").strip().lower())
    if found is None:
        raise Invalid([Fault("url", "no_checksum", shortened(f"{url}.md5"))])
    if file.is_file() and _md5(file) == found[0]:
        return file
    fresh = file.with_name(file.name + ".fresh")
    download.fetch_file(url, fresh, watch=watch)
    got = _md5(fresh)
    if got != found[0]:
        fresh.unlink()
        raise Invalid([Fault("url", "download_checksum", got, found[0])])
    fresh.replace(file)
    return file


def _md5(path: Path) -> str:
    with path.open("rb") as file:
        # Against a cut line, not against anybody: that is what https is for.
        return hashlib.file_digest(file, lambda: hashlib.md5(usedforsecurity=False)).hexdigest()
